import { type CampaignDocument, documentMistake, type Mistake } from '@giamsat/contracts/http';
import type { CompiledProcedure, DueRule } from '@giamsat/procedure';
import type { ProcedureLibrary } from '@giamsat/procedure/source';

/** Papers of a plan by the campaign step each of them does; the decision comes later, when the team is formed. */
export const STEP_OF_PAPER = { programme: 'programme-approved', plan: 'plan-issued' } as const;
export type PlanPaper = keyof typeof STEP_OF_PAPER;

/** What the document says against what its procedure and calendar know. */
export function procedureMistakes(document: CampaignDocument, library: ProcedureLibrary): Mistake[] {
  const found = library.getProcedure(document.procedure)?.compiled;
  if (!found) return [documentMistake('procedure', 'PROCEDURE_UNKNOWN', { known: library.known.procedures })];
  return [
    ...calendarMistakes(document, found, library),
    ...levelMistakes(document, found),
    ...paperMistakes(document, found),
    ...planMistakes(document, found),
    ...document.offices.flatMap(({ office }, i) =>
      office in found.offices ? [] : [documentMistake(`offices.${i}.office`, 'OFFICE_UNKNOWN')],
    ),
    ...(Object.values(found.offices).includes('team') ? teamsNeeded(document) : []),
  ];
}

function calendarMistakes(
  { calendar }: CampaignDocument,
  procedure: CompiledProcedure,
  library: ProcedureLibrary,
): Mistake[] {
  if (library.getCalendar(calendar ?? procedure.calendar)) return [];
  return [documentMistake('calendar', 'CALENDAR_UNKNOWN', { known: library.known.calendars })];
}

function levelMistakes({ level }: CampaignDocument, { levels }: CompiledProcedure): Mistake[] {
  return levels.includes(level) ? [] : [documentMistake('level', 'LEVEL_UNKNOWN', { known: levels.join(', ') })];
}

function paperMistakes(document: CampaignDocument, { steps }: CompiledProcedure): Mistake[] {
  return (Object.entries(STEP_OF_PAPER) as [PlanPaper, string][]).flatMap(([paper, step]) =>
    document[paper] === undefined && steps.some(({ id }) => id === step)
      ? [documentMistake(paper, 'PAPER_NEEDED')]
      : [],
  );
}

function planMistakes({ plan }: CampaignDocument, { steps, offices }: CompiledProcedure): Mistake[] {
  const takesDate = (rule: DueRule): boolean =>
    rule.kind === 'earliest' ? rule.of.some(takesDate) : rule.kind === 'paper-date' && rule.paper === 'plan';
  const parties = new Set(Object.values(offices));
  return [
    ...Object.keys(plan.dates).flatMap((id) => {
      const step = steps.find((each) => each.id === id);
      if (!step) return [documentMistake(`plan.dates.${id}`, 'STEP_UNKNOWN')];
      return step.due.some(takesDate) ? [] : [documentMistake(`plan.dates.${id}`, 'STEP_TAKES_NO_DATE')];
    }),
    ...Object.keys(plan.sessions).flatMap((party) =>
      parties.has(party) ? [] : [documentMistake(`plan.sessions.${party}`, 'PARTY_UNKNOWN')],
    ),
  ];
}

function teamsNeeded({ subjects }: CampaignDocument): Mistake[] {
  return subjects.flatMap(({ team }, i) =>
    team === undefined ? [documentMistake(`subjects.${i}.team`, 'TEAM_NEEDED')] : [],
  );
}

/** What the document says against itself. */
export function structureMistakes({ teams, waves, subjects }: CampaignDocument): Mistake[] {
  return [
    ...twice(teams.map(({ id }) => id)).map((i) => documentMistake(`teams.${i}.id`, 'TEAM_TWICE')),
    ...twice(waves.map(({ wave }) => wave)).map((i) => documentMistake(`waves.${i}.wave`, 'WAVE_TWICE')),
    ...teams.flatMap(({ head, secretary, deputies, members }, i) =>
      twice([head, secretary, ...deputies, ...members]).length > 0
        ? [documentMistake(`teams.${i}`, 'PERSON_TWICE')]
        : [],
    ),
    ...(subjects.length === 0 ? [documentMistake('subjects', 'SUBJECTS_NEEDED')] : []),
    ...subjects.flatMap((subject, i) => [
      ...(subject.team !== undefined && !teams.some(({ id }) => id === subject.team)
        ? [documentMistake(`subjects.${i}.team`, 'TEAM_UNKNOWN')]
        : []),
      ...(waves.length > 0 && !waves.some(({ wave }) => wave === subject.wave)
        ? [documentMistake(`subjects.${i}.wave`, 'WAVE_UNKNOWN')]
        : []),
      ...(subject.kind === 'member' && subject.member === undefined
        ? [documentMistake(`subjects.${i}.member`, 'MEMBER_NEEDED')]
        : []),
    ]),
    ...subjectsTwice(subjects),
  ];
}

const twice = (values: unknown[]): number[] => values.flatMap((value, i) => (values.indexOf(value) < i ? [i] : []));

function subjectsTwice(subjects: CampaignDocument['subjects']): Mistake[] {
  const first = new Map<string, number>();
  return subjects.flatMap(({ unit, member }, i) => {
    const key = `${unit} ${member ?? ''}`;
    const before = first.get(key);
    if (before !== undefined)
      return [documentMistake(`subjects.${i}`, 'SUBJECT_TWICE', { first: `subjects.${before}` })];
    first.set(key, i);
    return [];
  });
}

/** Papers are dated in their order, none in the future; what the plan sets does not lie before it. */
export function datesMistakes({ programme, plan, decision }: CampaignDocument, today: string): Mistake[] {
  const day = (when: string): string => when.slice(0, 10);
  const papers = Object.entries({ programme, plan, decision }).flatMap(([name, paper]) =>
    paper ? [{ name, ...paper }] : [],
  );
  return [
    ...papers.flatMap(({ name, date }) =>
      day(date) > today ? [documentMistake(`${name}.date`, 'DATE_IN_FUTURE')] : [],
    ),
    ...papers.flatMap(({ name, date }, i) => {
      const before = papers[i - 1];
      return before && before.date > date
        ? [documentMistake(`${name}.date`, 'DATE_ORDER', { before: before.date, of: before.name })]
        : [];
    }),
    ...Object.entries(plan.dates).flatMap(([step, { on }]) =>
      day(on) < day(plan.date) ? [documentMistake(`plan.dates.${step}`, 'DATE_BEFORE_PLAN')] : [],
    ),
  ];
}
