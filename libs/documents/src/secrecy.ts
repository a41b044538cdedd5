import { lower, toneKey } from './normalise.js';

const LEVELS = new Set(['mật', 'tốimật', 'tuyệtmật']);
// In capitals a mark may stand beside other words of the head; in "BÍ MẬT" or "MẬT ĐỘ" it is part of another word.
const STAMP =
  /(?<![\p{L}])(?<!(?:BÍ|BẢO|ẨN|CÂN) )(?:TUYỆT |TỐI )?MẬT(?! (?:ĐỘ|MÃ|VỤ|THIẾT|ONG)(?![\p{L}]))(?![\p{L}])/u;
const LABEL = /(?<![\p{L}])(?:độ|mức độ|dấu chỉ độ) mật ?: ?[*_"“([]{0,3}(?:tuyệt |tối )?mật(?![\p{L}])/u;
const CELLS = /[\n\f\t|]| {2,}|<[^<>\n]{0,80}>/;

/**
 * Does the text carry a mark of state secrecy (Mật, Tối mật, Tuyệt mật)? Looked for everywhere, letters apart or not:
 * a false refusal costs a question, a false reading a leak. Sentences about secrecy are no mark.
 */
export function isSecretMarked(text: string): boolean {
  const key = toneKey(text);
  if (STAMP.test(key) || LABEL.test(lower(key))) return true;
  return key.split(CELLS).some((cell) => cell.length <= 40 && LEVELS.has(lower(cell.replace(/[^\p{L}]/gu, ''))));
}
