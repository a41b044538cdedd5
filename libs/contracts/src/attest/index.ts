import { createHmac } from 'node:crypto';
import type { Command } from '@giamsat/procedure';
import canonicalize from 'canonicalize';
import { parsePayloadKeys, type PayloadKey } from '../temporal/payload-keys.js';

/** Answer of a commit that nobody we know has asked for. It is kept from people: to them nothing has been answered. */
export const NOT_ATTESTED = 'NOT_ATTESTED';

export interface StreamOf {
  scope: 'case' | 'campaign';
  id: string;
}

/** What is attested: this command, whole, for this stream. Canonical JSON (RFC 8785), the same on both sides of Temporal. */
export const attestedText = ({ scope, id }: StreamOf, command: Command): string =>
  canonicalize({ scope, id, command }) ?? '';

/**
 * Whoever reaches Temporal can send an Update; only whoever holds this key can have it committed. HMAC-SHA256 (RFC 2104), as
 * `<key id>:<base64>`; the database checks it inside the commit.
 */
export class Attester {
  private readonly key: PayloadKey | undefined;

  /** `keys` as `parsePayloadKeys` reads them, the first signs; without any nothing is attested. */
  constructor(keys?: string) {
    this.key = keys ? parsePayloadKeys(keys)[0] : undefined;
  }

  sign(stream: StreamOf, command: Command): string | undefined {
    if (!this.key) return undefined;
    const mac = createHmac('sha256', this.key.key).update(attestedText(stream, command)).digest('base64');
    return `${this.key.id}:${mac}`;
  }
}

const BLOCK_BYTES = 64;

/** Keys as the database keeps them: already padded for the inner and the outer hash, so that SQL needs only sha256. */
export function paddedKeys(keys: string): { id: string; inner: Buffer; outer: Buffer }[] {
  return parsePayloadKeys(keys).map(({ id, key }) => {
    const padded = (by: number): Uint8Array =>
      Buffer.concat([key, Buffer.alloc(BLOCK_BYTES - key.length)]).map((byte) => byte ^ by);
    return { id, inner: Buffer.from(padded(0x36)), outer: Buffer.from(padded(0x5c)) };
  });
}
