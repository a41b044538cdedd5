import type { CompiledCalendar } from '../calendar/calendar.js';
import { count, countBack, type Pause } from '../calendar/counting.js';
import { civilDateAt, instantAt, type Instant } from '../civil/instant.js';
import type { Rung } from '../definition/definition.js';
import type { When } from './commands.js';
import { deadlineOf, isExtensionPending, isSuspended } from './deadline.js';
import type { RungKey } from './events.js';
import { isEntered, type Progress, type StepProgress } from './progress.js';
import type { Deadline, RungRecord } from './state.js';
import { addSeconds, dayOf, endOf, isMoment, nextMorning } from './when.js';

/** A rung that has not fired yet, and when it will. `held`: its moment came without proof of the rung before. */
export interface PlannedRung {
  key: RungKey;
  entry: StepProgress;
  rung: Rung;
  to: string[];
  due: When;
  at: Instant;
  /** natural: by the ladder; late-entry: its moment lay before the due was known; proof: the ladder waited for proof */
  cause: 'planned' | 'late-entry' | 'proof';
  fires: 'notice' | 'hold';
  waitsFor?: RungKey;
}

export const rungKey = (entry: StepProgress, due: When, rung: Rung): RungKey => `${entry.key}/${due}/${rung.id}`;

/** True while the debtor has to act: the clock of reminders and ladders runs only then. */
export const isRunning = (progress: Progress, entry: StepProgress): boolean =>
  entry.turn === 'debtor' && !progress.state.ended && isEntered(progress, entry);

/** Every rung still to come for a step, by its recorded due. Rungs before the case was entered are never sent (§4.5). */
export function plannedRungs(progress: Progress, entry: StepProgress): PlannedRung[] {
  const { state } = progress;
  const record = state.dues[entry.key];
  if (!record?.due || state.opening.historical || !isRunning(progress, entry) || isSuspended(progress)) return [];
  const deadline = deadlineOf(progress, entry);
  if (deadline.due !== record.due) return [];
  return [...plannedReminders(progress, entry, deadline), ...plannedLadder(progress, entry, deadline)];
}

/** The ladder of a step under this deadline: a policy due climbs no higher than the debtor and the area officer (§4.1). */
export function ladderOf(progress: Progress, entry: StepProgress, deadline: Deadline): Rung[] {
  const { procedure } = progress.state;
  const rungs = procedure.ladders[entry.step.ladder ?? ''] ?? [];
  if (deadline.force === 'binding') return rungs;
  const contact = procedure.contact[entry.step.actor];
  const told = new Set<string>();
  return rungs.flatMap((rung) => {
    const to = rung.to.filter(
      (office) =>
        office === procedure.areaOffice || office === contact || procedure.offices[office] === entry.step.actor,
    );
    if (to.every((office) => told.has(office))) return [];
    for (const office of to) told.add(office);
    return [{ ...rung, to }];
  });
}

function remindersOf(progress: Progress, entry: StepProgress): Rung[] {
  const { procedure } = progress.state;
  const contact = procedure.contact[entry.step.actor];
  const rungs = procedure.reminders[entry.step.remind ?? ''] ?? [];
  return contact === undefined ? [] : rungs.map((rung) => ({ ...rung, to: [contact] }));
}

/** The moment a rung stands at when nothing delays it: 08:00 of a working day, or seconds from the due. */
export function naturalMoment(progress: Progress, due: When, { offset }: Rung): Instant | null {
  const cal = progress.state.calendar;
  if (progress.pauses.length > 0) return momentOf(cal, due, offset, pausesOf(progress));
  const known = moments.get(cal) ?? new Map<string, Instant | null>();
  moments.set(cal, known);
  const key = `${due}${offset.n}${offset.unit}`;
  const moment = known.get(key) ?? momentOf(cal, due, offset, []);
  known.set(key, moment);
  return moment;
}
// The same few days are counted from in every act of a case, and a calendar never changes.
const moments = new WeakMap<CompiledCalendar, Map<string, Instant | null>>();

function momentOf(cal: CompiledCalendar, due: When, { n, unit }: Rung['offset'], pauses: Pause[]): Instant | null {
  if (isMoment(due) || unit === 's') return addSeconds(endOf(cal, due), n);
  if (n <= 0) return instantAt(countBack(cal, { n: -n, unit: 'wd' }, due), cal.workdayStart, cal.zone);
  const day = count(cal, { n, unit }, due, pauses).due;
  return day === null ? null : instantAt(day, cal.workdayStart, cal.zone);
}

const pausesOf = (progress: Progress) =>
  progress.pauses.map(({ from, to }) => ({
    from: dayOf(progress.state.calendar, from),
    to: to === null ? null : dayOf(progress.state.calendar, to),
  }));

function plannedReminders(progress: Progress, entry: StepProgress, { due }: Deadline): PlannedRung[] {
  const { state } = progress;
  const set = state.dues[entry.key]!.at;
  const planned: PlannedRung[] = [];
  let lateCandidate: PlannedRung | null = null;
  for (const rung of remindersOf(progress, entry).toSorted((a, b) => a.offset.n - b.offset.n)) {
    const at = naturalMoment(progress, due!, rung);
    const key = rungKey(entry, due!, rung);
    // What was missed before one that has gone out is over: only the highest goes.
    if (state.rungs[key]) lateCandidate = null;
    if (at === null || state.rungs[key] || at < state.openedAt) continue;
    const base = { key, entry, rung, to: rung.to, due: due!, fires: 'notice' as const };
    if (at >= set) planned.push({ ...base, at, cause: 'planned' });
    else lateCandidate = { ...base, at: lateMoment(progress, set, due!), cause: 'late-entry' };
  }
  // Only the highest of the moments that had passed before the due was known, and only while it still reminds.
  if (lateCandidate && lateCandidate.at < endOf(state.calendar, due!)) planned.push(lateCandidate);
  return planned;
}

const lateMoment = (progress: Progress, set: Instant, due: When): Instant =>
  isMoment(due) ? set : nextMorning(progress.state.calendar, set);

/** Only the next rung of a ladder is planned: each waits for proof that the one before reached its first addressee. */
function plannedLadder(progress: Progress, entry: StepProgress, deadline: Deadline): PlannedRung[] {
  if (isExtensionPending(progress, entry)) return [];
  const due = deadline.due!;
  let before: { key: RungKey; rung: Rung; record: RungRecord } | null = null;
  for (const rung of ladderOf(progress, entry, deadline)) {
    const key = rungKey(entry, due, rung);
    const record = progress.state.rungs[key];
    if (record && record.state !== 'held') {
      before = { key, rung, record };
      continue;
    }
    const at = naturalMoment(progress, due, rung);
    if (at === null) return [];
    const base = { key, entry, rung, to: rung.to, due };
    return before ? afterProof(progress, base, at, before, record) : first(progress, base, at);
  }
  return [];
}

type Base = Pick<PlannedRung, 'key' | 'entry' | 'rung' | 'to' | 'due'>;

function first(progress: Progress, base: Base, at: Instant): PlannedRung[] {
  const set = progress.state.dues[base.entry.key]!.at;
  if (at < progress.state.openedAt) return [];
  if (at >= set) return [{ ...base, at, cause: 'planned', fires: 'notice' }];
  return [{ ...base, at: lateMoment(progress, set, base.due), cause: 'late-entry', fires: 'notice' }];
}

function afterProof(
  progress: Progress,
  base: Base,
  at: Instant,
  before: { key: RungKey; rung: Rung; record: RungRecord },
  record: RungRecord | undefined,
): PlannedRung[] {
  const proof = proofOf(before.record);
  if (!proof) return record ? [] : [{ ...base, at, cause: 'planned', fires: 'hold', waitsFor: before.key }];
  const cal = progress.state.calendar;
  const gap = base.rung.offset.n - before.rung.offset.n;
  const natural = naturalMoment(progress, base.due, before.rung)!;
  const isOnTime =
    isMoment(base.due) || base.rung.offset.unit === 's'
      ? proof <= addSeconds(natural, gap)
      : civilDateAt(proof, cal.zone) <= civilDateAt(natural, cal.zone);
  if (isOnTime) return [{ ...base, at, cause: record ? 'proof' : 'planned', fires: 'notice' }];
  // The ladder resumes counted from the first notice that got out (§4.6).
  const resumed = naturalMoment(progress, isMoment(base.due) ? proof : civilDateAt(proof, cal.zone), {
    ...base.rung,
    offset: { ...base.rung.offset, n: gap },
  });
  return resumed === null ? [] : [{ ...base, at: resumed, cause: 'proof', fires: 'notice' }];
}

/** When the first addressee was reached; an office without a holder is climbed over and said so. */
export function proofOf(record: RungRecord): Instant | null {
  if (record.state === 'unfounded' || record.state === 'passed') return record.at;
  const end = record.ends[record.to[0] ?? ''];
  return end && end.end !== 'failed' ? end.at : null;
}
