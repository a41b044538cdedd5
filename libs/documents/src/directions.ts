import { bodiesIn } from './bodies.js';
import { DATE, isoDate, lastDayOf } from './dates.js';
import { passage, type Doc } from './doc.js';
import { pattern } from './normalise.js';
import type { PlacedItem } from './sections.js';
import type { Direction, Due } from './types.js';

const DAY = pattern(
  String.raw`(?<before>trước|xong trước)(?: khi hết)? (?:ngày )?(?:${DATE}|(?<dayMonth>\d{1,2}\/\d{1,2})(?![\/\d]))|` +
    String.raw`(?<by>chậm nhất(?: là)?(?: đến)?|muộn nhất(?: là)?|hạn (?:cuối|chót)?(?: là)?|đến hết|xong)(?: vào)? (?:ngày )(?:${DATE}|(?<dayMonth2>\d{1,2}\/\d{1,2})(?![\/\d]))`,
  'u',
);
const PERIOD = pattern(
  String.raw`trong (?:(?<month>tháng) (?<m>\d{1,2})(?:\/| năm )|(?<quarter>quý) (?<q>iv|iii|ii|i|[1-4])(?:\/| năm ))(?<year>\d{4})`,
  'u',
);
const WITHIN = pattern(
  String.raw`(?:trong (?:thời hạn |thời gian |vòng )?|chậm nhất (?:là )?|sau )\(?(?<n>\d{1,3})\)? (?:\([^()]{1,30}\) )?(?<unit>ngày làm việc|ngày|tuần|tháng)(?:,? (?:kể )?từ (?<anchor>[^.,;]{1,80}))?`,
  'u',
);
const UNITS = { 'ngày làm việc': 'wd', ngày: 'cd', tuần: 'weeks', tháng: 'months' } as const;
const QUARTERS: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };

/** The first due named between two places, in the paper's own words. */
export function dueIn(doc: Doc, from: number, to: number): Due | undefined {
  const low = doc.low.slice(from, to);
  const readers = [readDay, readPeriod, readWithin];
  const [first] = readers.flatMap((read) => read(low) ?? []).sort((a, b) => a.index - b.index);
  return first && { ...passage(doc, from + first.index, from + first.index + first.length), ...first.due };
}

type Found = { readonly index: number; readonly length: number; readonly due: Omit<Due, 'text' | 'span'> };

function readDay(low: string): Found | undefined {
  const match = DAY.exec(low);
  if (!match) return undefined;
  const before = match.groups?.['before'] !== undefined;
  const [day, month, year] = (before ? match.slice(2, 5) : match.slice(7, 10)).map(Number);
  const date = isoDate(year ?? 0, month ?? 0, day ?? 0);
  return {
    index: match.index,
    length: match[0].length,
    due: { kind: before ? 'before' : 'by', ...(date && { date }) },
  };
}

function readPeriod(low: string): Found | undefined {
  const match = PERIOD.exec(low);
  if (!match?.groups) return undefined;
  const { m, q = '', year } = match.groups;
  const month = m ? Number(m) : 3 * (QUARTERS[q] ?? Number(q));
  const date = lastDayOf(Number(year), month);
  return { index: match.index, length: match[0].length, due: { kind: 'by', ...(date && { date }) } };
}

function readWithin(low: string): Found | undefined {
  const match = WITHIN.exec(low);
  if (!match?.groups) return undefined;
  const { n, unit = '', anchor = '' } = match.groups;
  const from = anchor.includes('nhận') ? 'receipt' : /ban hành|ký/.test(anchor) ? 'issue' : undefined;
  const words = Object.entries(UNITS).find(([name]) => pattern(name, 'u').source === unit);
  return {
    index: match.index,
    length: match[0].length,
    due: { kind: 'within', amount: Number(n), unit: words?.[1] ?? 'cd', ...(from && { anchor: from }) },
  };
}

const PLAN = /(?:xay dung|ban hanh|lap|de ra)[^.;]{0,80}ke hoach|ke hoach (?:khac phuc|thuc hien)/;

/** Directions with their dues; the duty to make (and report) a remediation plan is recognised, the rest a person judges. */
export function readDirections(doc: Doc, items: readonly PlacedItem[]): Direction[] {
  return items.map(({ from, to, ...item }) => {
    const bare = doc.bare.slice(from, to);
    const due = dueIn(doc, from, to);
    const isDuty = bare.includes('khac phuc') && PLAN.test(bare);
    return { ...item, ...(due && { due }), ...(isDuty && { duty: readDuty(doc, from, to) }) };
  });
}

function readDuty(doc: Doc, from: number, to: number): NonNullable<Direction['duty']> {
  const bare = doc.bare.slice(from, to);
  const report = bare.search(/(?<![a-z])(?:bao cao|gui)(?![a-z])/);
  if (report < 0) return { kind: 'remediation-plan', reports: false };
  const body = bodiesIn(doc, from + report, to)[0]?.body;
  return { kind: 'remediation-plan', reports: true, ...(body && { to: body }) };
}
