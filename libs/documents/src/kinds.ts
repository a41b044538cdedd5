import { lower, toneKey } from './normalise.js';

/** Kinds of documents and their symbols (399-QĐ/TW with the older QĐi, QyĐ, QĐNS; the state's on the last line). */
const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ['NQ', ['nghị quyết']],
  ['CT', ['chỉ thị']],
  ['KL', ['kết luận']],
  ['QC', ['quy chế']],
  ['QĐNS', ['quyết định']],
  ['QĐi', ['quy định']],
  ['QyĐ', ['quy định']],
  ['QĐ', ['quyết định', 'quy định']],
  ['HD', ['hướng dẫn']],
  ['TB', ['thông báo']],
  ['BC', ['báo cáo']],
  ['KH', ['kế hoạch']],
  ['CTr', ['chương trình']],
  ['CTHĐ', ['chương trình hành động']],
  ['TTr', ['tờ trình']],
  ['CV', ['công văn']],
  ['BB', ['biên bản']],
  ['ĐA', ['đề án']],
  ['QT', ['quy trình']],
  ...([
    ['NĐ', ['nghị định']],
    ['TT', ['thông tư']],
    ['QH', ['luật', 'nghị quyết']],
  ] as const),
];

/** Alternatives of a pattern, longest first. */
export const kindCodes = KINDS.map(([code]) => code)
  .sort((a, b) => b.length - a.length)
  .join('|');

const words = [...new Set(KINDS.flatMap(([, names]) => names))].sort((a, b) => b.length - a.length);
/** Kind words as printed: first letter or all letters in capitals, or none. */
export const KIND_WORDS = words
  .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()])
  .map(toneKey)
  .join('|');

/** The words a symbol may stand for, folded; empty for a symbol of the state not listed. */
export function wordsFor(code: string): readonly string[] {
  return (KINDS.find(([known]) => known === code)?.[1] ?? []).map((word) => lower(toneKey(word)));
}
