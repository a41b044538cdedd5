/**
 * Letters made comparable without moving them: every fold here keeps the length, so a place found in a folded text is
 * the same place in the original.
 */

/** The decoded text as spans count it: no byte order mark, NFC, `\n` line ends. */
export function normaliseSource(raw: string): string {
  return raw
    .replace(/^\uFEFF/, '')
    .normalize('NFC')
    .replace(/\r\n?/g, '\n');
}

// The old style puts the tone on the first vowel (hóa, thủy), the new one on the second (hoá, thuỷ): one paper mixes both.
const TWO_STYLES = /[ÒÓỎÕỌòóỏõọ][aeAE]|[ÙÚỦŨỤùúủũụ][yY]/g;

function moveTone(pair: string): string {
  const [first = '', tone = ''] = pair.charAt(0).normalize('NFD');
  return first + (pair.charAt(1) + tone).normalize('NFC');
}

/** One placement of tones, plain spaces, one letter Đ; same length as `text` (which must be NFC). */
export function toneKey(text: string): string {
  return text
    .replace(/[\u00D0]/g, 'Đ')
    .replace(/[\u00A0\u2007\u202F\t]/g, ' ')
    .replace(TWO_STYLES, moveTone);
}

/** Lower case, same length: a letter whose lower case is longer stays as it is. */
export function lower(text: string): string {
  const all = text.toLowerCase();
  if (all.length === text.length) return all;
  return Array.from({ length: text.length }, (_, i) => {
    const small = text.charAt(i).toLowerCase();
    return small.length === 1 ? small : text.charAt(i);
  }).join('');
}

const bareLetters = new Map<string, string>([
  ['đ', 'd'],
  ['ð', 'd'],
]);

function bareLetter(letter: string): string {
  let bare = bareLetters.get(letter);
  if (bare === undefined) {
    bare = letter.normalize('NFD').charAt(0);
    bareLetters.set(letter, bare);
  }
  return bare;
}

/** Lower case without any diacritic (`PHƯƠNG HƯỚNG` → `phuong huong`), same length. */
export function bare(text: string): string {
  return lower(text).replace(/[\u00C0-\u024F\u1E00-\u1EFF]/g, bareLetter);
}

/** The key under which two names are the same name: tones kept, their placement, case and spacing not. */
export function nameKey(text: string): string {
  return lower(toneKey(text.normalize('NFC')))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A pattern written in Vietnamese, made to match a text that went through `toneKey`. */
export function pattern(source: string, flags: string): RegExp {
  return new RegExp(toneKey(source), flags);
}
