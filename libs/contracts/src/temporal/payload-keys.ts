export interface PayloadKey {
  id: string;
  key: Buffer;
}

const SHAPE = /^[\w-]+$/;

/**
 * Reads `id:base64[,id:base64…]`, each key 32 bytes: the first encrypts, all decrypt, so that a key is changed by putting
 * the new one in front. Throws RangeError that names the place, never the key.
 */
export function parsePayloadKeys(text: string): PayloadKey[] {
  const keys = text.split(',').map((entry, index) => {
    const [id = '', encoded = ''] = entry.trim().split(':');
    const key = Buffer.from(encoded, 'base64');
    if (!SHAPE.test(id) || key.length !== 32) throw new RangeError(`key ${index + 1} is not <id>:<32 bytes in base64>`);
    return { id, key };
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new RangeError('two keys have the same id');
  return keys;
}
