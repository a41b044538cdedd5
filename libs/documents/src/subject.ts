import { bodiesIn, placesIn, withNameTo, type PlacedBody } from './bodies.js';
import { passage, spanOf, type Doc, type Paragraph } from './doc.js';
import type { Head } from './head.js';
import { nameKey, pattern } from './normalise.js';
import type { Citation } from './references.js';
import type { BodyName, Notice, Passage, Programme, Reference, Subject } from './types.js';

/** Places in the document's text. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

export function regionOf(paragraphs: readonly Paragraph[]): Region {
  return { from: paragraphs[0]?.from ?? 0, to: paragraphs.at(-1)?.end ?? 0 };
}

const ABOUT = pattern('(?<![\\p{L}])đối với ', 'gu');
const CLAUSE_END = pattern(' (?:về|trong việc|trong thực hiện|theo|năm \\d)(?![\\p{L}])|\\n|;', 'u');
const MEMBER = pattern('^(?:các )?(?:đồng chí|đ\\/c) (?=\\p{Lu})', 'u');

/** Whom the notice concerns: the first clause "đối với ..." of the title, else of the opening paragraphs. */
export function readUnits(doc: Doc, title: Region, preamble: Region): Subject[] {
  const named = [title, preamble].map((region) => unitsIn(doc, region)).find((units) => units.length > 0);
  return named ?? [];
}

function unitsIn(doc: Doc, { from, to }: Region): Subject[] {
  for (const match of doc.low.slice(from, to).matchAll(ABOUT)) {
    const start = from + match.index + match[0].length;
    const ahead = doc.low.slice(start, Math.min(to, start + 300));
    const clause = CLAUSE_END.exec(ahead)?.index ?? ahead.length;
    if (MEMBER.test(doc.key.slice(start, start + clause).replace(/^Đ/, 'đ')))
      return [member(doc, start, start + clause)];
    const bodies = bodiesIn(doc, start, start + clause).map((found, i, all) =>
      withNameTo(doc, found, i < all.length - 1 ? found.to : start + clause),
    );
    if (bodies[0]?.from === start)
      return bodies.map(({ body }) => ({ text: body.text, span: body.span, kind: 'body', body }));
  }
  return [];
}

function member(doc: Doc, start: number, end: number): Subject {
  const comma = doc.text.slice(start, end).indexOf(',');
  return { ...passage(doc, start, comma < 0 ? end : start + comma), kind: 'member' };
}

const CONCLUDES = pattern('^,? (?:thông báo kết luận|kết luận|thông báo)(?![\\p{L}])', 'u');
const NOTICE_OF = pattern('thông báo (?:này |kết luận )?(?:giám sát |kiểm tra )?của $', 'u');

/** The body that concludes, as the text names it; else the block at the top left. */
export function readIssuer(doc: Doc, regions: readonly Region[], head: Head): BodyName | undefined {
  const bodies = regions.flatMap(({ from, to }) => bodiesIn(doc, from, to));
  const concluding =
    bodies.find(({ to }) => CONCLUDES.test(doc.low.slice(to, to + 24))) ??
    bodies.find(({ from }) => NOTICE_OF.test(doc.low.slice(Math.max(0, from - 40), from)));
  return concluding?.body ?? blockBodies(doc, head).at(-1)?.body;
}

function blockBodies(doc: Doc, head: Head): PlacedBody[] {
  const starts = new Set(head.issuerBlock.map(({ span }) => span.start));
  return doc.paragraphs
    .filter((p) => p.zone === 'head' && starts.has(spanOf(doc, p.from, p.end).start))
    .flatMap((p) => bodiesIn(doc, p.from, p.end));
}

/** Where the issuer is, when its own name does not say: from the block at the top, else the one place the text names. */
export function readLocality(doc: Doc, issuer: BodyName | undefined, head: Head): Passage | undefined {
  if (!issuer || issuer.name) return undefined;
  const block = blockBodies(doc, head).find(({ body }) => body.name && body.tier === issuer.tier)?.body;
  if (block) return { text: block.text, span: block.span };
  const word = issuer.tier === 'tinh' ? 'tỉnh' : issuer.tier === 'thanh' ? 'thành phố' : undefined;
  const places = word ? placesIn(doc, word) : [];
  return new Set(places.map(({ text }) => nameKey(text))).size === 1 ? places[0] : undefined;
}

// A year that closes a date in words ("ngày 3 tháng 4 năm 2022") is not the year supervised.
const YEAR = pattern('(?<!tháng \\d{1,2} )(?<![\\p{L}])năm (\\d{4})(?!\\d)', 'gu');

/** The year of the supervision: the last "năm ..." of the title, else the programme's. */
export function readYear(doc: Doc, title: Region, programme: Programme | undefined): Notice['year'] {
  const match = [...doc.low.slice(title.from, title.to).matchAll(YEAR)].at(-1);
  if (match) {
    const end = title.from + match.index + match[0].length;
    return { value: Number(match[1]), span: spanOf(doc, end - 4, end) };
  }
  return programme?.year === undefined ? undefined : { value: programme.year, span: programme.span };
}

const PROGRAMME = pattern(
  '(?:chương trình|kế hoạch) (?:công tác )?(?:kiểm tra, giám sát|giám sát|kiểm tra)[^,.;\\n]{0,120}?năm (\\d{4})[^,.;\\n]{0,120}',
  'u',
);

export function readProgramme(doc: Doc, { from, to }: Region): Programme | undefined {
  const match = PROGRAMME.exec(doc.low.slice(from, to));
  if (!match) return undefined;
  return {
    ...passage(doc, from + match.index, from + match.index + match[0].trimEnd().length),
    year: Number(match[1]),
  };
}

export interface Mandate {
  readonly plan?: Reference;
  readonly decision?: Reference;
  readonly subjectTexts: readonly Reference[];
}

/**
 * The texts whose carrying out was supervised (cited in the title), and the plan and decision of the supervision itself
 * (the first KH and QĐ of the opening paragraphs that the title does not cite).
 */
export function readMandate(
  citations: readonly Citation[],
  list: readonly Reference[],
  title: Region,
  preamble: Region,
): Mandate {
  const within = ({ from, to }: Region): Citation[] => citations.filter(({ at }) => at >= from && at < to);
  const byPlace = new Map(list.flatMap((r) => r.spans.map(({ start }) => [start, r] as const)));
  const referenceOf = (c: Citation | undefined): Reference | undefined => c && byPlace.get(c.span.start);
  const subjectTexts = [...new Set(within(title).flatMap((c) => referenceOf(c) ?? []))];
  const subjects = new Set(subjectTexts.map(({ symbol }) => symbol));
  const opening = within(preamble).filter(({ symbol }) => !subjects.has(symbol));
  const plan = referenceOf(opening.find((c) => c.kindCode === 'KH'));
  const isDecision = (c: Citation): boolean => /^QĐ(?:NS)?$/.test(c.kindCode) && !/^quy định$/i.test(c.kind ?? '');
  const decision = referenceOf(opening.find(isDecision));
  return { ...(plan && { plan }), ...(decision && { decision }), subjectTexts };
}
