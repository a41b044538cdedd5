import { refuse } from './reading.js';
import type { NoticeRefusal, SourceFormat } from './types.js';

export function formatOf(fileName: string): SourceFormat | undefined {
  const ending = /\.(txt|md|docx)$/i.exec(fileName)?.[1]?.toLowerCase();
  return ending as SourceFormat | undefined;
}

const CONTROL = /[\u0000-\u0008\u000E-\u001F\uFFFD]/;

/** UTF-8, or UTF-16 with its byte order mark. Anything else would be guessed at, so it is refused. */
export function decodeText(bytes: Uint8Array): string | NoticeRefusal {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return CONTROL.test(text) ? refuse('UNREADABLE_FILE') : text;
  } catch {
    return refuse('UNREADABLE_FILE');
  }
}
