import { bodiesIn } from './bodies.js';
import { DATE, dateRead } from './dates.js';
import { inZone, passage, type Doc, type Paragraph } from './doc.js';
import { pattern } from './normalise.js';
import type { DateRead, Notice, Passage } from './types.js';

const HEADING = /^dang cong san viet nam$/;
const NUMBER =
  /^Số ?(?<colon>:)? ?(?<number>\d{1,5})? ?[-–]? ?(?<rest>(?<kind>\p{Lu}\p{L}{0,4})?\/\p{Lu}[\p{L}\p{N}-]{0,12})?(?<trail>.*)$/u;
const PLACE_DATE = pattern(String.raw`^(?<place>\p{Lu}[^,]{1,40}), ?ngày (?<date>.*)$`, 'u');
const ISSUER_LINE =
  /^(?:tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo|ban thuong vu|ban chap hanh|uy ban kiem tra|ban |chi bo|van phong)/;

export interface Head {
  readonly heading?: Passage;
  readonly number?: Notice['number'];
  readonly place?: Passage;
  readonly date?: DateRead;
  readonly issuerBlock: readonly Passage[];
  /** Present but without a figure: "Số    -TB/TU", "ngày   tháng 9 năm 2023". */
  readonly blankNumber?: Passage;
  readonly blankDate?: Passage;
  /** The number is of another kind than TB. */
  readonly foreignKind?: string;
  readonly colon?: Passage;
}

/** What stands above the word THÔNG BÁO: heading, issuer, number, place and date, in any order. */
export function readHead(doc: Doc): Head {
  const issuerBlock: Passage[] = [];
  let head: Omit<Head, 'issuerBlock'> = {};
  for (const p of inZone(doc, 'head')) {
    const found = readLine(doc, p);
    if (found) head = { ...found, ...head };
    else if (ISSUER_LINE.test(doc.bare.slice(p.from, p.end)) || bodiesIn(doc, p.from, p.end)[0]?.from === p.from)
      issuerBlock.push(passage(doc, p.from, p.end));
  }
  return { ...head, issuerBlock };
}

function readLine(doc: Doc, { from, end }: Paragraph): Omit<Head, 'issuerBlock'> | undefined {
  const whole = passage(doc, from, end);
  if (HEADING.test(doc.bare.slice(from, end))) return { heading: whole };
  const key = doc.key.slice(from, end);
  const number = NUMBER.exec(key);
  if (number) return readNumber(doc, from, end, number);
  const place = PLACE_DATE.exec(key);
  return place ? readPlaceDate(doc, from, end, place) : undefined;
}

function readNumber(doc: Doc, from: number, end: number, match: RegExpExecArray): Omit<Head, 'issuerBlock'> {
  const { number, rest, kind, colon } = match.groups ?? {};
  const whole = passage(doc, from, end);
  const style = colon ? { colon: whole } : {};
  if (!number || !rest) return { blankNumber: whole, ...style };
  const foreign = kind && kind !== 'TB' ? { foreignKind: kind } : {};
  return { number: { ...whole, number, symbol: `${number}-${rest}` }, ...foreign, ...style };
}

function readPlaceDate(doc: Doc, from: number, end: number, match: RegExpExecArray): Omit<Head, 'issuerBlock'> {
  const { place = '', date = '' } = match.groups ?? {};
  const start = end - date.length;
  const groups = new RegExp(`^${DATE}`, 'u').exec(doc.low.slice(start, end));
  const read = groups ? dateRead(doc, start, start + groups[0].length, groups.slice(1)) : undefined;
  return {
    place: passage(doc, from, from + place.length),
    ...(read ? { date: read } : { blankDate: passage(doc, from, end) }),
  };
}
