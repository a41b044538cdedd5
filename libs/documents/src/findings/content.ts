import { dueIn } from '../directions.js';
import { inZone } from '../doc.js';
import type { Facts } from '../facts.js';
import { finding } from '../reading.js';
import { regionOf } from '../subject.js';
import type { Direction, Finding } from '../types.js';

/** What the notice ought to say and does not, or says so that a person must look. */
export function contentFindings(facts: Facts): Finding[] {
  const { notice, sections } = facts;
  const empty = (['strengths', 'limitations', 'causes', 'directions'] as const)
    .filter((section) => notice[section].length === 0)
    .map((section) => finding('EMPTY_SECTION', 'warns', { params: { section } }));
  const mandate = [
    !notice.plan && finding('MISSING_PLAN', 'warns'),
    !notice.decision && finding('MISSING_DECISION', 'warns'),
    sections.merged.length > 0 && finding('MERGED_CAUSES', 'warns', { spans: sections.merged }),
  ].filter((found) => found !== false);
  return [...empty, ...mandate, ...dueFindings(facts), ...yearFindings(facts)];
}

function dueFindings({ doc, notice }: Facts): Finding[] {
  const duties = notice.directions.filter(({ duty }) => duty);
  if (duties.length === 0) return notice.directions.length > 0 ? [finding('NO_REMEDIATION_DUTY', 'notes')] : [];
  const closing = regionOf(inZone(doc, 'closing'));
  const saidAtTheEnd =
    dueIn(doc, closing.from, closing.to) !== undefined &&
    doc.bare.slice(closing.from, closing.to).includes('khac phuc');
  const incomplete = notice.directions.filter(({ due }) => due && due.kind !== 'within' && !due.date);
  return [
    ...(saidAtTheEnd ? [] : duties.filter(({ due }) => !due).map(noDueDate)),
    ...incomplete.map(({ label, due }) =>
      finding('DUE_INCOMPLETE', 'warns', { spans: due ? [due.span] : [], params: { item: label } }),
    ),
  ];
}

const noDueDate = ({ label, span }: Direction): Finding =>
  finding('NO_DUE_DATE', 'warns', { spans: [span], params: { item: label } });

function yearFindings({ notice: { year, programme } }: Facts): Finding[] {
  if (!year || programme?.year === undefined || year.value === programme.year) return [];
  const params = { title: year.value, programme: programme.year };
  return [finding('YEAR_MISMATCH', 'warns', { spans: [year.span, programme.span], params })];
}
