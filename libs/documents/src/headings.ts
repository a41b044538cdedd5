import type { Marker } from './doc.js';

export type SectionKind = 'strengths' | 'limitations' | 'causes' | 'directions';

const MARKER =
  /^(?:(?<dash>[-–—])[  ]?(?=[\p{L}\p{N}"“'(])|(?<bullet>[+•·●○▪►✓])[  ]?(?=\S)|(?<star>\*) (?=\S)|(?<roman>[IVX]{1,5})(?:[.)/] ?| ?[-–:] ?)(?=\p{L})|(?<deep>\d{1,2}(?:\.\d{1,2}){1,2})[.)]? (?=\p{Lu}|["“])|(?<num>\d{1,2})[.)/] ?(?=\p{L}|["“])|(?<capital>[A-HĐ])[.)] ?(?=\p{Lu})|(?<letter>[a-zđ])\) ?(?=\S))/u;

/** The bullet or number at the start of a line that went through `toneKey`, with its length. */
export function readMarker(line: string): (Marker & { readonly length: number }) | undefined {
  const match = MARKER.exec(line.slice(0, 16));
  if (!match?.groups) return undefined;
  const { dash, bullet, star, roman, deep, num, capital, letter } = match.groups;
  const numbered = roman ? 'I' : deep ? '1.1' : num ? '1' : capital ? 'A' : 'a';
  const style = dash ? '-' : (bullet ?? star ?? numbered);
  return { style, label: roman ?? deep ?? num ?? capital ?? letter ?? '', length: match[0].length };
}

const WORDS: readonly (readonly [SectionKind, string])[] = [
  [
    'strengths',
    'uu diem|ket qua dat duoc|ket qua da dat duoc|nhung viec lam duoc|viec lam duoc|mat lam duoc|mat dat duoc|mat manh',
  ],
  ['limitations', 'han che|khuyet diem|ton tai|thieu sot|mat chua duoc|viec chua lam duoc'],
  ['causes', 'nguyen nhan'],
  [
    'directions',
    'phuong huong|yeu cau|kien nghi|de nghi|nhiem vu|giai phap|bien phap|noi dung can|mot so noi dung can',
  ],
];
/** Only whole headings in capitals may use these: in a sentence they mean nothing. */
const CAPITAL_WORDS: readonly (readonly [SectionKind, string])[] = [
  ...WORDS,
  ['strengths', 'ket qua'],
  ['directions', 'ket luan|chi dao|to chuc thuc hien|thoi gian toi'],
];

const LEAD = '(?:(?:ve|nhung|mot so|cac|danh gia|phan|mat) )*';
const anywhere = CAPITAL_WORDS.map(([kind, words]) => [kind, new RegExp(`(?<![a-z])(?:${words})(?![a-z])`)] as const);
const atStart = WORDS.map(([kind, words]) => [kind, new RegExp(`^${LEAD}(?:${words})(?![a-z])`)] as const);

export interface Heading {
  readonly section: SectionKind;
  /** Where the text after a run-in head ("Nguyên nhân: do ...") begins; nothing for a head on its own line. */
  readonly textFrom?: number;
}

/**
 * Whether a line (its marker cut off; `key` = tones in one placement, `bare` = without diacritics, so that a misspelt
 * "NGUYỄN NHÂN" is still found) is the head of a section. `marked`: it had a bullet or number.
 */
export function headingOf(key: string, bare: string, marked: boolean, afterGap: boolean): Heading | undefined {
  if (key.length > 160) return runIn(key, bare);
  if (/\p{Lu}/u.test(key) && !/\p{Ll}/u.test(key)) {
    const found = anywhere
      .map(([section, words]) => ({ section, index: bare.search(words) }))
      .filter(({ index }) => index >= 0)
      .sort((a, b) => a.index - b.index)[0];
    return found && { section: found.section };
  }
  const section = atStart.find(([, words]) => words.test(bare))?.[0];
  if (section === undefined || !/^["“(]?\p{Lu}/u.test(key)) return undefined;
  if (/:$/.test(key)) return { section };
  const short = key.length <= 80 && !/[.;,!?…]$/.test(key);
  return short && (marked || afterGap) ? { section } : runIn(key, bare);
}

function runIn(key: string, bare: string): Heading | undefined {
  const colon = key.slice(0, 60).indexOf(': ');
  if (colon < 0 || !/^\p{Lu}/u.test(key)) return undefined;
  const head = bare.slice(0, colon);
  const section = atStart.find(([, words]) => words.test(head))?.[0];
  // Only heads that name the whole section: "Yêu cầu: ..." inside a strength is a sentence.
  return section === 'limitations' || section === 'causes' ? { section, textFrom: colon + 2 } : undefined;
}
