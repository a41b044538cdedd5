import { bodiesIn, sameBody, sameRank } from '../bodies.js';
import { inZone, spanOf, type Doc } from '../doc.js';
import type { Facts } from '../facts.js';
import { pattern } from '../normalise.js';
import { finding } from '../reading.js';
import type { BodyName, Finding, Recipient } from '../types.js';

/** Is the notice going to whom it is about, and does it speak of one unit and one team throughout? */
export function recipientFindings(facts: Facts): Finding[] {
  return [...unitFindings(facts), ...teamFindings(facts)];
}

function unitFindings({ doc, notice, sections }: Facts): Finding[] {
  if (!notice.unit) return [finding('UNIT_MISSING', 'blocks')];
  const units = [notice.unit, ...notice.otherUnits].flatMap(({ body }) => body ?? []);
  if (units.length === 0) return [];
  const elsewhere = otherNames(doc, units, [...sections.preamble, ...inZone(doc, 'closing')]);
  const conflict =
    elsewhere.length > 0
      ? [finding('UNIT_NAME_CONFLICT', 'blocks', { spans: elsewhere, suggestions: [notice.unit.text] })]
      : [];
  return [...conflict, ...listed(notice.recipients, units, notice.unit.text)];
}

function listed(recipients: readonly Recipient[], units: readonly BodyName[], unit: string): Finding[] {
  const isUnit = (r: Recipient): boolean =>
    /^như (?:trên|điều)/i.test(r.text) || units.some((u) => r.body !== undefined && sameBody(r.body, u));
  const strangers = recipients.filter((r) => isStranger(r.body, units));
  const spans = strangers.map(({ span }) => span);
  if (recipients.some(isUnit))
    return strangers.map(({ span }) => finding('RECIPIENT_OTHER_UNIT', 'warns', { spans: [span] }));
  if (spans.length > 0) return [finding('RECIPIENT_UNIT_MISMATCH', 'blocks', { spans, suggestions: [unit] })];
  return [
    finding('RECIPIENT_UNIT_MISSING', 'warns', { spans: recipients.map(({ span }) => span), suggestions: [unit] }),
  ];
}

/** A named body that could stand beside the unit under one superior, and is another. */
function isStranger(body: BodyName | undefined, units: readonly BodyName[]): boolean {
  return body?.name !== undefined && units.every((unit) => sameRank(body, unit) && !sameBody(body, unit));
}

const ABOUT = pattern('đối với $', 'u');

/** Other units named after "đối với" where the notice speaks of its own: text reused from a sister case. */
function otherNames(
  doc: Doc,
  units: readonly BodyName[],
  paragraphs: readonly { from: number; end: number }[],
): Finding['spans'] {
  return paragraphs
    .flatMap(({ from, end }) => bodiesIn(doc, from, end))
    .filter(({ body, from }) => ABOUT.test(doc.low.slice(Math.max(0, from - 8), from)) && isStranger(body, units))
    .map(({ body }) => body.span);
}

const TEAMS = {
  supervision: pattern('đoàn kiểm tra(?!,? giám sát)', 'gu'),
  inspection: pattern('đoàn giám sát', 'gu'),
};

/** "Đoàn kiểm tra" in a notice of a supervision. The sections may speak of other teams, so they are left alone. */
function teamFindings({ doc, notice, sections, tail }: Facts): Finding[] {
  const listedFrom = tail.recipientsFrom ?? Infinity;
  const places = [
    ...sections.preamble,
    ...inZone(doc, 'closing'),
    ...inZone(doc, 'tail').filter((p) => p.from >= listedFrom),
  ];
  const words = TEAMS[notice.procedure];
  const spans = places.flatMap(({ from, end }) =>
    [...doc.low.slice(from, end).matchAll(words)].map((m) => spanOf(doc, from + m.index, from + m.index + m[0].length)),
  );
  if (spans.length === 0) return [];
  const suggestions = [notice.procedure === 'supervision' ? 'đoàn giám sát' : 'đoàn kiểm tra'];
  return [finding('TEAM_KIND_MISMATCH', 'warns', { spans, suggestions })];
}
