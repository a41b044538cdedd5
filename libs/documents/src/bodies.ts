import { passage, type Doc } from './doc.js';
import { bare, lower, nameKey, pattern } from './normalise.js';
import type { BodyName, Passage, Tier } from './types.js';

const ORGANS: readonly (readonly [string, string])[] = [
  ['BTV', 'ban thường vụ|btv'],
  ['BCH', 'ban chấp hành|bch'],
  ['TT', 'thường trực|tt'],
  ['UBKT', 'ủy ban kiểm tra|ubkt'],
  ['BTC', 'ban tổ chức'],
  ['BTG', 'ban tuyên giáo và dân vận|ban tuyên giáo|btgdv'],
  ['BDV', 'ban dân vận'],
  ['BNC', 'ban nội chính'],
  ['VP', 'văn phòng'],
  ['UBND', 'ủy ban nhân dân|ubnd'],
  ['HĐND', 'hội đồng nhân dân|hđnd'],
];

const AREAS: readonly (readonly [Tier, string])[] = [
  ['tinh', 'tỉnh'],
  ['thanh', 'thành phố|tp'],
  ['quan', 'quận'],
  ['huyen', 'huyện'],
  ['thi', 'thị xã'],
  ['xa', 'xã'],
  ['phuong', 'phường'],
  ['thi-tran', 'thị trấn'],
  ['dac-khu', 'đặc khu'],
];

/** Committees whose own name says their rank; abbreviations only in capitals ("tu" is also a word). */
const COMMITTEES: readonly (readonly [Tier, string])[] = [
  ['tinh', 'tỉnh ủy|tu'],
  ['thanh', 'thành ủy'],
  ['quan', 'quận ủy'],
  ['huyen', 'huyện ủy|hu'],
  ['thi', 'thị ủy'],
];

const CENTRAL =
  'bộ chính trị|ban bí thư(?: trung ương(?: đảng)?)?|ban chấp hành trung ương(?: đảng)?|ủy ban kiểm tra trung ương|' +
  'trung ương đảng|quốc hội|ủy ban thường vụ quốc hội|thủ tướng chính phủ|chính phủ';
const PARTY_BODIES = 'đảng ủy|đảng bộ|chi ủy chi bộ|chi bộ|chi ủy|đảng đoàn|ban cán sự đảng|đu';
const AGENCIES =
  'các cơ quan|cơ quan|khối|công an|quân sự|bộ chỉ huy|ban chỉ huy|bộ đội biên phòng|biên phòng|sở|trường|bệnh viện|công ty|ban quản lý|ấp|thôn|khu phố|tổ dân phố|khu dân cư|ủy ban nhân dân|ubnd';

const alternatives = (table: readonly (readonly [string, string])[]): string =>
  table.map(([, words]) => words).join('|');

const BODY = pattern(
  String.raw`(?<![\p{L}])(?:(?<central>${CENTRAL})|(?:(?<organ>${alternatives(ORGANS)}) )?` +
    String.raw`(?:(?<committee>${alternatives(COMMITTEES)})|(?<party>${PARTY_BODIES})(?: (?:(?<area>${alternatives(AREAS)})|(?<agency>${AGENCIES})))?)` +
    String.raw`|(?<stateOrgan>ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|huyện|thị xã|xã|phường|thị trấn|đặc khu)(?: (?<stateArea>${alternatives(AREAS)}))?)(?![\p{L}])`,
  'giu',
);

const NAME = /(?: - | )(?:\p{Lu}[\p{L}'’-]*|\d{1,3})(?![\p{L}])/uy;
// After a name in running text, or in a title set in capitals, these begin the next phrase.
const NAME_ENDS = new Set(
  'về trong và việc năm theo của tại do đã được thực kết các từ ngày là với cho tiếp kế quy quyết chỉ nghị công thông'.split(
    ' ',
  ),
);
const MAX_NAME_WORDS = 5;

function readName(key: string, from: number): number {
  let end = from;
  for (let words = 0; words < MAX_NAME_WORDS; words++) {
    NAME.lastIndex = end;
    const match = NAME.exec(key);
    if (!match || NAME_ENDS.has(lower(match[0].replace(/^[ -]+/, '')))) break;
    end += match[0].length;
  }
  return end;
}

const tierOf = (table: readonly (readonly [Tier, string])[], words: string | undefined): Tier | undefined => {
  if (!words) return undefined;
  return table.find(([, names]) => names.split('|').some((name) => bare(name) === bare(words)))?.[0];
};

export interface PlacedBody {
  readonly body: BodyName;
  readonly from: number;
  readonly to: number;
}

/** Bodies named between two places of the document's text. */
export function bodiesIn(doc: Doc, start: number, end: number): PlacedBody[] {
  const found: PlacedBody[] = [];
  // A recipient may run over two lines.
  const text = doc.key.slice(start, end).replaceAll('\n', ' ');
  let covered = 0;
  for (const match of text.matchAll(BODY)) {
    if (match.index < covered) continue;
    const groups = match.groups ?? {};
    if (isLowerAbbreviation(groups)) continue;
    const wordsEnd = match.index + match[0].length;
    const to = groups['central'] ? wordsEnd : readName(text, wordsEnd);
    if (groups['stateOrgan'] && to === wordsEnd) continue;
    covered = to;
    const from = start + match.index;
    found.push({ body: describe(doc, groups, from, start + wordsEnd, start + to), from, to: start + to });
  }
  return found;
}

function isLowerAbbreviation(groups: Record<string, string | undefined>): boolean {
  return ['committee', 'party', 'organ'].some((group) => /^(?:tu|hu|đu|tt)$/.test(groups[group] ?? ''));
}

function describe(
  doc: Doc,
  groups: Record<string, string | undefined>,
  from: number,
  wordsEnd: number,
  to: number,
): BodyName {
  const organWords = groups['organ'] ?? groups['stateOrgan'];
  const organ = ORGANS.find(([, names]) => names.split('|').some((name) => bare(name) === bare(organWords ?? '')))?.[0];
  const tier =
    (groups['central'] && 'central') ||
    tierOf(COMMITTEES, groups['committee']) ||
    tierOf(AREAS, groups['area'] ?? groups['stateArea'] ?? groups['stateOrgan']) ||
    'other';
  const agency = groups['agency'] ? `${groups['agency']} ` : '';
  const name = (agency + doc.text.slice(wordsEnd, to).trim()).trim();
  return { ...passage(doc, from, to), ...(organ && { organ }), tier, ...(name && { name }) };
}

/**
 * The name of an agency or cell ("Đảng ủy Sở Nông nghiệp và Môi trường") has small letters in it, so only the end of the
 * line or clause tells where it ends. Other bodies stay as they are.
 */
export function withNameTo(doc: Doc, placed: PlacedBody, end: number): PlacedBody {
  const comma = doc.text.slice(placed.to, end).search(/[,;.]/);
  const to = comma < 0 ? end : placed.to + comma;
  const more = doc.text.slice(placed.to, to).trimEnd();
  if (placed.body.tier !== 'other' || !placed.body.name || !more) return placed;
  const stop = placed.to + more.length;
  const name = `${placed.body.name}${more.replaceAll('\n', ' ')}`;
  return { from: placed.from, to: stop, body: { ...placed.body, ...passage(doc, placed.from, stop), name } };
}

/** Places named after a word of rank (`tỉnh`, `thành phố`), for an issuer that prints no name of its own. */
export function placesIn(doc: Doc, word: string): Passage[] {
  return [...doc.low.matchAll(pattern(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'gu'))].flatMap((match) => {
    const end = match.index + match[0].length;
    const to = readName(doc.key, end);
    return to > end ? passage(doc, match.index, to) : [];
  });
}

const RANKS: Readonly<Record<Tier, readonly string[]>> = {
  central: ['central'],
  tinh: ['province'],
  thanh: ['province', 'district'],
  quan: ['district'],
  huyen: ['district'],
  thi: ['district'],
  xa: ['commune'],
  phuong: ['commune'],
  'thi-tran': ['commune'],
  'dac-khu': ['commune'],
  other: ['other', 'commune'],
};

/** Could the two stand beside each other under one superior? Only then is a different name suspicious. */
export function sameRank(a: BodyName, b: BodyName): boolean {
  return RANKS[a.tier].some((rank) => RANKS[b.tier].includes(rank));
}

/** The same committee, whichever of its organs is named. A body whose rank or place is not printed matches any. */
export function sameBody(a: BodyName, b: BodyName): boolean {
  if (a.tier !== b.tier && a.tier !== 'other' && b.tier !== 'other') return false;
  return nameKey(a.name ?? '') === nameKey(b.name ?? '');
}
