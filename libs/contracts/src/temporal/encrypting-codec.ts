import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { METADATA_ENCODING_KEY } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { PayloadKey } from './payload-keys.js';

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const OWNER = 'encryption-owner';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PayloadMessage = proto.temporal.api.common.v1.Payload;

/**
 * AES-256-GCM over the whole payload, its metadata included: nonce | tag | ciphertext. The id of the workflow that owns the
 * payload is associated data, so that a payload cut out of one case and put into another does not open. Without a key
 * nothing is encrypted; payloads from before there was a key stay readable.
 */
export class EncryptingCodec implements PayloadCodec {
  constructor(private readonly keys: PayloadKey[]) {}

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const [key] = this.keys;
    return key ? payloads.map((payload) => encrypt(payload, key, owner(context))) : payloads;
  }

  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return payloads.map((payload) => (isEncrypted(payload) ? this.decrypt(payload, owner(context)) : payload));
  }

  private decrypt({ data, metadata }: Payload, associated: Buffer): Payload {
    const id = text(metadata?.[KEY_ID]);
    const key = this.keys.find((candidate) => candidate.id === id);
    if (!key || !data) throw new Error(`no key ${JSON.stringify(id)} to open this payload with`);
    const bytes = Buffer.from(data);
    const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(associated);
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return PayloadMessage.decode(opened);
  }
}

function encrypt(payload: Payload, { id, key }: PayloadKey, associated: Buffer): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(associated);
  const sealed = Buffer.concat([cipher.update(PayloadMessage.encode(payload).finish()), cipher.final()]);
  return {
    metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(id), [OWNER]: associated },
    data: Buffer.concat([nonce, cipher.getAuthTag(), sealed]),
  };
}

/** The workflow a payload says it belongs to, for whoever is shown a payload alone; a lie does not open. */
export const claimedOwner = ({ metadata }: Payload): string | undefined => text(metadata?.[OWNER]) || undefined;

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString();

const isEncrypted = ({ metadata }: Payload): boolean => text(metadata?.[METADATA_ENCODING_KEY]) === ENCODING;

/** Activities belong to the workflow that scheduled them. A history does not hold its workflow's id: a replay must be told it. */
function owner(context: SerializationContext | undefined): Buffer {
  if (!context?.workflowId) throw new Error('a payload without a workflow id cannot be sealed or opened');
  return Buffer.from(context.workflowId);
}
