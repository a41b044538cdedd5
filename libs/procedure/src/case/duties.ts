import type { OfficeId, PartyId, StepId } from '../definition/definition.js';
import type { StepKey, UnitId } from './commands.js';
import { owedBy, REST, standingIn } from './owing.js';
import { isEntered, type Progress, type StepProgress } from './progress.js';

/** The supervised party, in every procedure. */
export const SUBJECT_PARTY: PartyId = 'unit';

const isSubjects = ({ step }: StepProgress): boolean => step.actor === SUBJECT_PARTY;

/** What the supervised units owe: their open steps, and measures that are not done though their report is not due yet. */
export function openDuties(progress: Progress): StepProgress[] {
  if (progress.state.ended) return [];
  return [...progress.steps.values()].filter(
    (entry) =>
      isSubjects(entry) && entry.turn !== 'nobody' && (entry.step.per === 'measure' || isEntered(progress, entry)),
  );
}

/** The duty a step belongs to: itself, the report on the same measure, or what an extension is asked for. */
export function dutyOf(progress: Progress, entry: StepProgress): StepProgress | undefined {
  if (isSubjects(entry)) return entry;
  if (entry.step.per === 'extension') {
    const target = progress.steps.get(progress.extensions.get(entry.item ?? '')?.step ?? '');
    return target && dutyOf(progress, target);
  }
  return entry.step.per === 'measure' ? dutyOfMeasure(progress, entry.item ?? '') : undefined;
}

export function dutyOfMeasure(progress: Progress, measure: string): StepProgress | undefined {
  return [...progress.steps.values()].find(
    (entry) => isSubjects(entry) && entry.step.per === 'measure' && entry.item === measure,
  );
}

/** Of the supervised units, those that owe this step; none where it is not theirs to do. */
export const owersOf = (progress: Progress, entry: StepProgress): UnitId[] =>
  isSubjects(entry) ? owedBy(progress.owing, entry.key) : [];

/** While several units stand in a case, the offices of each count for its own duties only. */
export function boundTo(
  progress: Progress,
  entry: StepProgress,
  offices: OfficeId[],
): { offices: OfficeId[]; units: UnitId[] } | undefined {
  const own = offices.filter((office) => progress.state.procedure.offices[office] === SUBJECT_PARTY);
  const isShared = own.length > 0 && standingIn(progress.owing).length > 1;
  return isShared ? { offices: own, units: owedBy(progress.owing, entry.key) } : undefined;
}

/** Offices of the supervised party that each of several units has to be told in, since they share the duty. */
export function toldEach(
  progress: Progress,
  entry: StepProgress,
  to: OfficeId[],
): Record<OfficeId, UnitId[]> | undefined {
  const bound = boundTo(progress, entry, to);
  return bound && bound.units.length > 1
    ? Object.fromEntries(bound.offices.map((office) => [office, bound.units]))
    : undefined;
}

/**
 * Whether one of several units reads of a step: what it owes itself, what that follows from, and what the others do towards
 * them all. What another unit owes is not its business.
 */
export function isReadBy(progress: Progress, entry: StepProgress, units: UnitId[]): boolean {
  const duty = dutyOf(progress, entry);
  if (!duty || isOwedBy(progress, duty, units)) return true;
  return entry.item === undefined && leadingTo(progress, units).has(entry.step.id);
}

const isOwedBy = (progress: Progress, { key }: StepProgress, units: UnitId[]): boolean =>
  owedBy(progress.owing, key).some((unit) => units.includes(unit));

/** Steps that the duties of these units wait for, however far back. */
function leadingTo(progress: Progress, units: UnitId[]): Set<StepId> {
  const { steps } = progress.state.procedure;
  const found = new Set<StepId>();
  const walk = (id: StepId): void => {
    for (const { step } of steps.find((each) => each.id === id)?.entry ?? []) {
      if (found.has(step)) continue;
      found.add(step);
      walk(step);
    }
  };
  for (const entry of progress.steps.values())
    if (isSubjects(entry) && isOwedBy(progress, entry, units)) walk(entry.step.id);
  return found;
}

/** For the board row: every open duty and all else, who owes it and who has been asked to. */
export function dutiesOf(progress: Progress): Record<StepKey, { owes: UnitId[]; offered?: UnitId[] }> {
  const { owing } = progress;
  if (progress.state.ended) return {};
  const keys = [...openDuties(progress).map(({ key }) => key), REST];
  return Object.fromEntries(
    keys.map((key) => {
      const offered = owing.offers.flatMap(({ from, shares, accepted }) => {
        const share = owedBy(owing, key).includes(from) ? (shares.get(key) ?? shares.get(REST) ?? []) : [];
        return share.filter((unit) => !accepted.has(unit));
      });
      return [key, { owes: owedBy(owing, key), ...(offered.length > 0 && { offered }) }];
    }),
  );
}
