import { gunzipSync, gzipSync } from 'node:zlib';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const ENCODING = 'binary/gzip';
/** Smaller ones gain nothing. */
const FROM_BYTES = 4096;
const PayloadMessage = proto.temporal.api.common.v1.Payload;

/**
 * Packs large payloads: the whole ledger of a case at its restore, a procedure that was never released and travels whole.
 * Stands before encryption, because what is encrypted cannot be packed.
 */
export class CompressingCodec implements PayloadCodec {
  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(
      payloads.map((payload) => ((payload.data?.length ?? 0) < FROM_BYTES ? payload : pack(payload))),
    );
  }

  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(
      payloads.map((payload) => (isPacked(payload) ? PayloadMessage.decode(gunzipSync(payload.data!)) : payload)),
    );
  }
}

const pack = (payload: Payload): Payload => ({
  metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING) },
  data: gzipSync(PayloadMessage.encode(payload).finish(), { level: 1 }),
});

const isPacked = ({ metadata }: Payload): boolean =>
  Buffer.from(metadata?.[METADATA_ENCODING_KEY] ?? []).toString() === ENCODING;
