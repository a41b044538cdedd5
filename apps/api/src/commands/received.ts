import { createHash } from 'node:crypto';
import { fromMs, instantMs } from '@giamsat/procedure';
import { v7 } from 'uuid';

/** A command's id carries the moment the server took it, so that a repeated one is still dated by its first receipt. */
export const newCommandId = (at: string): string => v7({ msecs: instantMs(at) });

/** The first 48 bits of a UUIDv7 are milliseconds since 1970 (RFC 9562). */
export const receivedAt = (commandId: string): string =>
  fromMs(Number.parseInt(commandId.replaceAll('-', '').slice(0, 12), 16));

/** sha256 of what was asked, its target included: the same key for anything else is another request. */
export const bodyHash = (request: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(request)))
    .digest('hex');

/** Field order is not part of a request. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
