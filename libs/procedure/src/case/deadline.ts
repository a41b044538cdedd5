import { addDays } from '../civil/civil-date.js';
import type { Anchor, Authority, DueRule, Span } from '../definition/definition.js';
import { askedOn, extend, requestsFor } from './extension-time.js';
import { isUnproven, type Act, type Progress, type StepProgress } from './progress.js';
import type { Deadline } from './state.js';
import { before, fromCount, fromPaper, none, outcomeThatReturned, paperDate } from './terms.js';
import { endOf, isAfterDue, isBefore, laterOf } from './when.js';

/**
 * The deadline of a step as the facts stand, with everything needed to explain it: that of its last term. `due: null` comes
 * with a reason. Order: what gave the step back, else the first rule that resolves; then extension and the decider's delay,
 * then the cap.
 */
export function deadlineOf(progress: Progress, entry: StepProgress): Deadline {
  return termDeadline(progress, entry, entry.terms.length - 1);
}

/** The due of one term: a first sending is judged by the first, a supplement and each further round by its own. */
export function termDeadline(progress: Progress, entry: StepProgress, term: number): Deadline {
  const cache = caches.get(entry) ?? [];
  caches.set(entry, cache);
  return (cache[term] ??= computed(progress, entry, term));
}
// By the steps as the facts left them: no deadline depends on what was recorded of earlier ones.
const caches = new WeakMap<StepProgress, Deadline[]>();

function computed(progress: Progress, entry: StepProgress, term: number): Deadline {
  const first = originOf(progress, entry, term);
  const deadline = extend(progress, requestsFor(progress, entry, first, term), baseOf(progress, entry, first));
  return first === 0 ? limitByCap(progress, entry, deadline) : deadline;
}

/** What was given back with its due unchanged goes on in the term before. */
function originOf(progress: Progress, entry: StepProgress, term: number): number {
  const began = entry.terms[term]?.began;
  const isUnchanged = began?.how === 'returned' && !outcomeThatReturned(progress, entry, began);
  return isUnchanged ? originOf(progress, entry, term - 1) : term;
}

function baseOf(progress: Progress, entry: StepProgress, term: number): Deadline {
  const began = entry.terms[term]?.began;
  if (began) return began.how === 'continued' ? nextRound(progress, entry, term) : reentry(progress, entry, began);
  if (isUnproven(progress, entry)) return none('no-anchor', entry.step.due[0]?.authority);
  let unanchored: Deadline | null = null;
  for (const rule of entry.step.due) {
    const resolved = resolve(progress, entry, rule);
    if (resolved && (resolved.due !== null || resolved.reason === 'suspended')) return resolved;
    unanchored ??= resolved;
  }
  return unanchored ?? none('no-rule');
}

/** A paper given back counts from its receipt; where only the letter's own date is known, from that. */
function reentry(progress: Progress, entry: StepProgress, back: Act): Deadline {
  const given = outcomeThatReturned(progress, entry, back);
  const from = back.dates.received ?? back.dates.sent ?? back.dates.document;
  if (!given || from === undefined) return none('no-anchor', given?.authority);
  const anchor = { step: entry.step.id, date: 'received', on: from, seq: back.seq, paper: back.paper?.number };
  return fromCount(progress, given.span, anchor, given.authority, 're-entry');
}

/** First, then every n: each further due is counted from the due before, so a late report does not shift the year. */
function nextRound(progress: Progress, entry: StepProgress, term: number): Deadline {
  const { outcomes } = entry.step;
  const round = entry.terms[term]!.began!;
  const next =
    outcomes[round.outcome ?? '']?.due ?? Object.values(outcomes).find(({ effect }) => effect === 'continues')?.due;
  const former = baseOf(progress, entry, originOf(progress, entry, term - 1));
  if (!next) return none('no-rule');
  if (former.due === null) return none(former.reason ?? 'no-anchor', next.authority);
  const anchor = { step: entry.step.id, date: 'due', on: former.due, seq: round.seq };
  return fromCount(progress, next.span, anchor, next.authority, 'round');
}

function resolve(progress: Progress, entry: StepProgress, rule: DueRule): Deadline | null {
  const { opening } = progress.state;
  switch (rule.kind) {
    case 'count':
      return fromAnchor(progress, entry, rule.span, rule.anchor, rule.authority);
    case 'count-by-level': {
      const span = rule.spans[opening.level];
      return span ? fromAnchor(progress, entry, span, rule.anchor, rule.authority) : null;
    }
    case 'count-before': {
      const other = siblingDeadline(progress, entry, rule.step);
      if (!other) return null;
      if (other.due === null) return { ...none(other.reason ?? 'no-anchor', rule.authority), rule: rule.kind };
      const due = before(progress, rule.span, other.due);
      return {
        ...other,
        due,
        ...rule.authority,
        rule: rule.kind,
        span: undefined,
        anchor: { step: rule.step, date: 'due', on: other.due, seq: 0 },
      };
    }
    case 'within': {
      const other = siblingDeadline(progress, entry, rule.step);
      return other && { ...other, ...rule.authority, rule: rule.kind, span: undefined };
    }
    case 'paper-date': {
      const date = paperDate(progress, entry, rule.paper);
      return date ? fromPaper(progress, date, rule.authority) : null;
    }
    case 'date-of-year': {
      const on = `${opening.year}-${two(rule.month)}-${two(rule.day)}`;
      return fromPaper(progress, { on, kind: 'by' }, rule.authority);
    }
    case 'programme-quarter':
      if (opening.quarter === undefined) return null;
      return fromPaper(progress, { on: endOfQuarter(opening.year, opening.quarter), kind: 'by' }, rule.authority);
    case 'session': {
      const latest = fromAnchor(progress, entry, rule.atMost, rule.anchor, rule.authority);
      const session =
        latest.anchor &&
        (opening.sessions[rule.body] ?? [])
          .toSorted()
          .find((day) => isBefore(progress.state.calendar, latest.anchor!.on, day));
      if (!session || latest.due === null || isAfterDue(progress.state.calendar, session, latest.due)) return latest;
      return { ...latest, due: session, rule: 'session', span: undefined, skipped: [], rolledFrom: undefined };
    }
    case 'earliest': {
      const resolved = rule.of.map((each) => resolve(progress, entry, each)).filter((each) => each !== null);
      const dated = resolved.filter((each) => each.due !== null);
      if (dated.length === 0) return resolved[0] ?? null;
      return dated.reduce((a, b) => (laterOf(progress.state.calendar, a.due!, b.due!) === a.due ? b : a));
    }
  }
}

const two = (n: number): string => String(n).padStart(2, '0');
const endOfQuarter = (year: number, quarter: number): string =>
  quarter === 4 ? `${year}-12-31` : addDays(`${year}-${two(quarter * 3 + 1)}-01`, -1);

function siblingDeadline(progress: Progress, entry: StepProgress, step: string): Deadline | null {
  const other = progress.steps.get(`${step}/${entry.item}`) ?? progress.steps.get(step);
  return other && other.key !== entry.key ? deadlineOf(progress, other) : null;
}

function fromAnchor(
  progress: Progress,
  entry: StepProgress,
  span: Span,
  anchor: Anchor,
  authority: Authority,
): Deadline {
  const act = anchorAct(progress, entry, anchor);
  const on = act?.dates[anchor.date];
  if (!act || on === undefined) return { ...none('no-anchor', authority), rule: 'count' };
  return fromCount(
    progress,
    span,
    { step: anchor.step, date: anchor.date, on, seq: act.seq, paper: act.paper?.number },
    authority,
    'count',
  );
}

/**
 * The clock of a step starts with the first sending; a supplement does not start it anew. Only where this step itself gave
 * the other one back, what came again is what it has to look at.
 */
export function anchorAct(progress: Progress, entry: StepProgress, anchor: Anchor): Act | undefined {
  if (entry.step.per === 'extension' && entry.item !== undefined && anchor.step === entry.step.id)
    return progress.extensions.get(entry.item)?.asked;
  const other = progress.steps.get(`${anchor.step}/${entry.item}`) ?? progress.steps.get(anchor.step);
  if (!other || anchor.at === 'met') return other?.met ?? undefined;
  const { gaveBack } = entry;
  const again = gaveBack?.step === other.step.id ? other.submissions.find(({ seq }) => seq > gaveBack.seq) : undefined;
  return again ?? other.submissions[0] ?? other.met ?? undefined;
}

function limitByCap(progress: Progress, entry: StepProgress, deadline: Deadline): Deadline {
  const end = capOf(progress, entry);
  if (!end || end.due === null || deadline.due === null) return deadline;
  const cal = progress.state.calendar;
  if (endOf(cal, end.due) >= endOf(cal, deadline.due)) return deadline;
  return { ...end, kind: deadline.kind, cap: { id: entry.step.cap!, due: end.due } };
}

/** The end of the time that several steps share; longer when one of them was given more, or was kept waiting for an answer. */
function capOf(progress: Progress, entry: StepProgress): Deadline | null {
  const cap = entry.step.cap === undefined ? undefined : progress.state.procedure.caps[entry.step.cap];
  const span = cap?.spans[progress.state.opening.level];
  const act = cap && anchorAct(progress, entry, cap.anchor);
  const on = cap && act?.dates[cap.anchor.date];
  if (!cap || !span || !act || on === undefined) return null;
  const anchor = { step: cap.anchor.step, date: cap.anchor.date, on, seq: act.seq, paper: act.paper?.number };
  const requests = [...progress.extensions.values()].filter(
    ({ step }) => progress.steps.get(step)?.step.cap === entry.step.cap,
  );
  return extend(progress, requests, fromCount(progress, span, anchor, cap.authority, 'cap'));
}

/** Whether a request that was made in time still waits for its answer. */
export function isExtensionPending(progress: Progress, entry: StepProgress): boolean {
  const { due } = deadlineOf(progress, entry);
  const last = entry.terms.length - 1;
  return requestsFor(progress, entry, originOf(progress, entry, last), last).some((request) => {
    const asked = askedOn(request);
    return !request.decided && asked !== undefined && due !== null && !isAfterDue(progress.state.calendar, asked, due);
  });
}

export function isSuspended(progress: Progress): boolean {
  return progress.pauses.at(-1)?.to === null;
}
