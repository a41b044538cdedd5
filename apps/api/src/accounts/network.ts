import { isIPv6 } from 'node:net';
import { hashOf } from './sessions.js';

/**
 * Where a request came from, as a hash: one IPv4 address, or the /64 that a household or office has of IPv6. Behind a
 * proxy it is what the proxy says, when the settings trust it.
 */
export function networkOf({ ip = '' }: { ip?: string | undefined }): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  return hashOf(`network:${mapped ?? (isIPv6(ip) ? prefix64(ip) : ip)}`);
}

function prefix64(ip: string): string {
  const [before = '', after] = ip.split('%')[0]!.split('::');
  const head = before.split(':').filter(Boolean);
  const tail = after?.split(':').filter(Boolean) ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return [...head, ...zeros, ...tail]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
