import type { OfficeId, PartyId, StepId } from '../definition/definition.js';
import type { StepKey, UnitId } from './commands.js';
import { once, owedBy, REST, standingIn } from './owing.js';
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

/** Units that owe this step: the one its measure was laid on, or those of the supervised; none where it is not theirs to do. */
export function owersOf(progress: Progress, entry: StepProgress): UnitId[] {
  if (!isSubjects(entry)) return [];
  const laidOn = laidOnUnit(progress, entry);
  return laidOn === undefined ? owedBy(progress.owing, entry.key) : [laidOn];
}

/** A unit that does not stand in the case, and owes one measure of it. */
function laidOnUnit({ measures, owing }: Progress, { item }: StepProgress): UnitId | undefined {
  const unit = measures.get(item ?? '')?.data.owes;
  return unit === undefined || standingIn(owing).includes(unit) ? undefined : unit;
}

/** While several units have duties in a case, the offices of each count for its own only. */
export function boundTo(
  progress: Progress,
  entry: StepProgress,
  offices: OfficeId[],
): { offices: OfficeId[]; units: UnitId[] } | undefined {
  const own = offices.filter((office) => progress.state.procedure.offices[office] === SUBJECT_PARTY);
  return own.length > 0 && haveSeveral(progress) ? { offices: own, units: boundUnits(progress, entry) } : undefined;
}

function haveSeveral({ owing, measures }: Progress): boolean {
  const laidOn = [...measures.values()].flatMap(({ data }) => data.owes ?? []);
  return once([...standingIn(owing), ...laidOn]).length > 1;
}

/** Of a step that is not the units' own to do, all that stand. */
const boundUnits = (progress: Progress, entry: StepProgress): UnitId[] =>
  isSubjects(entry) ? owersOf(progress, entry) : owedBy(progress.owing, entry.key);

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
  if (!isForeignDuty(progress, entry, units)) return true;
  return entry.item === undefined && leadingTo(progress, units).has(entry.step.id);
}

/** A duty of others, or what they ask for it. */
export function isForeignDuty(progress: Progress, entry: StepProgress, units: UnitId[]): boolean {
  const duty = dutyOf(progress, entry);
  return duty !== undefined && !isOwedBy(progress, duty, units);
}

/** What was laid on another unit is the subject's to read, too. */
const isOwedBy = (progress: Progress, entry: StepProgress, units: UnitId[]): boolean =>
  [...owedBy(progress.owing, entry.key), ...owersOf(progress, entry)].some((unit) => units.includes(unit));

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

/** For the board row: of what is no open duty any more, what was not owed by whoever owes all else. A letter may still follow. */
export function pastDutiesOf(progress: Progress): Record<StepKey, UnitId[]> {
  if (!haveSeveral(progress)) return {};
  const { owing, steps, state } = progress;
  const open = new Set(openDuties(progress));
  const rest = owedBy(owing, REST);
  const past = [...steps.values()]
    .filter((entry) => isSubjects(entry) && !open.has(entry))
    .map((entry): [StepKey, UnitId[]] => [entry.key, owersOf(progress, entry)])
    .filter(([, owes]) => owes.join() !== rest.join());
  return Object.fromEntries(state.ended ? [...past, [REST, rest]] : past);
}

/** For the board row: every open duty and all else, who owes it and who has been asked to. */
export function dutiesOf(progress: Progress): Record<StepKey, { owes: UnitId[]; offered?: UnitId[] }> {
  const { owing } = progress;
  if (progress.state.ended) return {};
  const open = openDuties(progress).map((entry): [StepKey, UnitId[]] => [entry.key, owersOf(progress, entry)]);
  return Object.fromEntries(
    [...open, [REST, owedBy(owing, REST)] as const].map(([key, owes]) => {
      const offered = owing.offers.flatMap(({ from, shares, accepted }) => {
        const share = owes.includes(from) ? (shares.get(key) ?? shares.get(REST) ?? []) : [];
        return share.filter((unit) => !accepted.has(unit));
      });
      return [key, { owes, ...(offered.length > 0 && { offered }) }];
    }),
  );
}
