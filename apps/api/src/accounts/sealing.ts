import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { PayloadKey } from '@giamsat/contracts/temporal';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM as `<key id>.<nonce | tag | ciphertext>`; what is sealed for one owner does not open for another. */
export function seal(keys: PayloadKey[], text: string, owner: string): string {
  const [{ id, key }] = keys as [PayloadKey];
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  return `${id}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** @throws Error when no key of that id is there, or it was sealed for somebody else, or changed */
export function open(keys: PayloadKey[], sealed: string, owner: string): string {
  const [id, body = ''] = sealed.split('.');
  const key = keys.find((candidate) => candidate.id === id);
  if (!key) throw new Error('The key this was sealed with is not in GIAMSAT_ACCOUNT_KEY.');
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
}
