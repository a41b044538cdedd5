import type { Payload } from '@temporalio/common';
import { dataConverter } from './data-converter.js';
import { claimedOwner } from './encrypting-codec.js';

/** A payload as Temporal's remote codec protocol carries it: bytes in base64. */
export interface RemotePayload {
  metadata?: Record<string, string> | undefined;
  data?: string | undefined;
}

export interface OpenedPayload {
  payload: RemotePayload;
  /** of the workflow it belongs to; undefined when it was not sealed */
  owner: string | undefined;
}

/**
 * Opens payloads for a person who looks at Temporal's own pages. Each says which workflow it belongs to, and opens for that one
 * only.
 * @throws Error for one that does not open
 */
export async function openRemotely(keys: string | undefined, payloads: RemotePayload[]): Promise<OpenedPayload[]> {
  const codecs = (dataConverter(keys).payloadCodecs ?? []).toReversed();
  return Promise.all(
    payloads.map(async (remote) => {
      let payload = read(remote);
      const owner = claimedOwner(payload);
      const context = { type: 'workflow' as const, namespace: '', workflowId: owner ?? '' };
      for (const codec of codecs) payload = (await codec.decode([payload], context))[0] ?? payload;
      return { payload: written(payload), owner };
    }),
  );
}

const read = ({ metadata = {}, data = '' }: RemotePayload): Payload => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, Buffer.from(value, 'base64')])),
  data: Buffer.from(data, 'base64'),
});

const written = ({ metadata, data }: Payload): RemotePayload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});
