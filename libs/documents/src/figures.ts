import { passage, type Doc } from './doc.js';
import { pattern } from './normalise.js';
import type { Figure, FigureKind } from './types.js';

const NOUNS: readonly (readonly [FigureKind, string])[] = [
  ['supervisions', 'cuộc giám sát'],
  ['inspections', 'cuộc kiểm tra'],
  ['organisations', 'tổ chức đảng|tổ chức cơ sở đảng|đảng bộ|chi bộ|chi, đảng bộ'],
  ['committee-members', 'cấp ủy viên|đồng chí cấp ủy viên'],
  ['party-members', 'đảng viên|đồng chí đảng viên'],
  ['communes', 'xã|phường|thị trấn|đặc khu'],
  [
    'other',
    'cuộc|đồng chí|đơn vị|trường hợp|lượt|hội nghị|lớp|văn bản|vụ|mô hình|hộ|đơn|buổi|điểm|cơ quan|thôn|ấp|khu phố|công trình|thủ tục',
  ],
];

const FIGURE = pattern(
  String.raw`(?<![\p{L}\p{N}/.,-])(?:(?<qualifier>trên|dưới|hơn|gần|khoảng) )?(?<value>\d{1,3}(?:\.\d{3})+|\d{1,6}(?:,\d{1,2})?)(?: ?(?<percent>%)| (?<noun>${NOUNS.map(
    ([, words]) => words,
  )
    .join('|')
    .split('|')
    .sort((a, b) => b.length - a.length)
    .join('|')})(?![\p{L}]))`,
  'gu',
);

/** Counts and percentages in the sections; 1.234 and 97,5 as Vietnamese writes them. */
export function figuresIn(doc: Doc, from: number, to: number): Figure[] {
  return [...doc.low.slice(from, to).matchAll(FIGURE)].map((match) => {
    const { qualifier, value = '', percent, noun = '' } = match.groups ?? {};
    const kind = percent
      ? 'percent'
      : NOUNS.find(([, words]) => words.split('|').some((w) => pattern(w, 'u').source === noun))?.[0];
    return {
      ...passage(doc, from + match.index, from + match.index + match[0].length),
      kind: kind ?? 'other',
      value: Number(value.replace(/\.(?=\d{3})/g, '').replace(',', '.')),
      ...(qualifier && { qualifier }),
    };
  });
}
