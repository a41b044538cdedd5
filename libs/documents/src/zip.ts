import { inflateRawSync } from 'node:zlib';

/** The files of a zip by name, inflated; `too-large` past `most` bytes in all, `unreadable` when it is no sound zip. */
export type Unzipped = ReadonlyMap<string, Buffer> | 'too-large' | 'unreadable';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;

/** Inflate with a bound before any library sees the file: a few kilobytes may claim to be gigabytes. */
export function unzipWithin(bytes: Uint8Array, most: number): Unzipped {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readEntries(zip, most);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'unreadable';
  }
}

function readEntries(zip: Buffer, most: number): Unzipped {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || zip.length < end + END_SIZE || zip.readUInt32LE(end) !== END) return 'unreadable';
  const files = new Map<string, Buffer>();
  let left = most;
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    if (zip.readUInt32LE(at) !== ENTRY) return 'unreadable';
    const nameLength = zip.readUInt16LE(at + 28);
    const content = contentOf(zip, at, left);
    left -= content.length;
    if (left < 0) return 'too-large';
    files.set(zip.toString('utf8', at + 46, at + 46 + nameLength), content);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

function contentOf(zip: Buffer, at: number, most: number): Buffer {
  const size = zip.readUInt32LE(at + 20);
  const local = zip.readUInt32LE(at + 42);
  if (zip.readUInt32LE(local) !== LOCAL) throw new RangeError('no local header');
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const raw = zip.subarray(start, start + size);
  return zip.readUInt16LE(at + 10) === 0 ? raw : inflateRawSync(raw, { maxOutputLength: Math.max(1, most) });
}
