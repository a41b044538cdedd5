import { addDays } from '../civil/civil-date.js';
import type { Anchor, Authority, DueRule, Span } from '../definition/definition.js';
import { extend, extensionFor } from './extension-time.js';
import type { Act, Progress, StepProgress } from './progress.js';
import type { Deadline } from './state.js';
import { before, countFrom, finish, fromCount, fromPaper, none, outcomeThatReturned, paperDate } from './terms.js';
import { endOf, isAfterDue, laterOf } from './when.js';

/**
 * The deadline of a step as the facts stand, with everything needed to explain it. `due: null` comes with a reason.
 * Order: what gave the step back, then the first rule that resolves; then extension, the decider's delay, the cap.
 */
export function deadlineOf(progress: Progress, entry: StepProgress): Deadline {
  const known = cacheOf(progress).get(entry.key);
  if (known) return known;
  const deadline = limitByCap(progress, entry, extend(progress, entry, baseOf(progress, entry)));
  cacheOf(progress).set(entry.key, deadline);
  return deadline;
}

// By the steps as the facts left them: no deadline depends on what was recorded of earlier ones.
const caches = new WeakMap<Progress['steps'], Map<string, Deadline>>();
function cacheOf(progress: Progress): Map<string, Deadline> {
  const cache = caches.get(progress.steps) ?? new Map<string, Deadline>();
  caches.set(progress.steps, cache);
  return cache;
}

/** The due the first sending is judged by, whatever was given back since. */
export function firstDeadlineOf(progress: Progress, entry: StepProgress): Deadline {
  if (entry.returns.length === 0 && entry.rounds.length === 0) return deadlineOf(progress, entry);
  const untouched = { ...entry, returns: [], rounds: [] };
  return limitByCap(progress, entry, extend(progress, untouched, baseOf(progress, untouched)));
}

function baseOf(progress: Progress, entry: StepProgress): Deadline {
  const back = entry.returns.at(-1);
  const supplement = back && reentry(progress, entry, back);
  if (supplement) return supplement;
  if (entry.rounds.length > 0) return nextRound(progress, entry);
  let unanchored: Deadline | null = null;
  for (const rule of entry.step.due) {
    const resolved = resolve(progress, entry, rule);
    if (resolved && (resolved.due !== null || resolved.reason === 'suspended')) return resolved;
    unanchored ??= resolved;
  }
  return unanchored ?? none('no-rule');
}

/** A paper given back counts from its receipt; where only the letter's own date is known, from that. None = as before. */
function reentry(progress: Progress, entry: StepProgress, back: Act): Deadline | null {
  const given = outcomeThatReturned(progress, entry, back);
  const from = back.dates.received ?? back.dates.sent ?? back.dates.document;
  if (!given) return null;
  if (from === undefined) return none('no-anchor', given.authority);
  const anchor = { step: entry.step.id, date: 'received', on: from, seq: back.seq, paper: back.paper?.number };
  return fromCount(progress, given.span, anchor, given.authority, 're-entry');
}

/** First, then every n: each further due is counted from the due before, so a late report does not shift the year. */
function nextRound(progress: Progress, entry: StepProgress): Deadline {
  let deadline = baseOf(progress, { ...entry, rounds: [] });
  for (const round of entry.rounds) {
    const next = entry.step.outcomes[round.outcome ?? '']?.due;
    if (!next || deadline.due === null) return none('no-rule', next?.authority);
    const anchor = { step: entry.step.id, date: 'due', on: deadline.due, seq: round.seq };
    deadline = fromCount(progress, next.span, anchor, next.authority, 'round');
  }
  return deadline;
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
        anchor: { step: rule.step, date: 'due', on: other.due, seq: 0 },
      };
    }
    case 'within': {
      const other = siblingDeadline(progress, entry, rule.step);
      return other && { ...other, ...rule.authority, rule: rule.kind };
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
        latest.anchor && (opening.sessions[rule.body] ?? []).toSorted().find((day) => day > latest.anchor!.on);
      if (!session || latest.due === null || isAfterDue(progress.state.calendar, session, latest.due)) return latest;
      return { ...latest, due: session, rule: 'session', skipped: [], rolledFrom: undefined };
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

/** The clock of a step starts with the first sending; a supplement does not start it anew. */
export function anchorAct(progress: Progress, entry: StepProgress, anchor: Anchor): Act | undefined {
  if (entry.step.per === 'extension' && entry.item !== undefined && anchor.step === entry.step.id)
    return progress.extensions.get(entry.item)?.asked;
  const other = progress.steps.get(`${anchor.step}/${entry.item}`) ?? progress.steps.get(anchor.step);
  return anchor.at === 'submitted' ? (other?.submissions[0] ?? other?.met ?? undefined) : (other?.met ?? undefined);
}

function limitByCap(progress: Progress, entry: StepProgress, deadline: Deadline): Deadline {
  const cap = entry.step.cap === undefined ? undefined : progress.state.procedure.caps[entry.step.cap];
  const span = cap?.spans[progress.state.opening.level];
  if (!cap || !span || deadline.due === null || entry.returns.length > 0) return deadline;
  const act = anchorAct(progress, entry, cap.anchor);
  const on = act?.dates[cap.anchor.date];
  if (!act || on === undefined) return deadline;
  const granted = [...progress.extensions.values()].find(
    (each) => each.decided?.granted && progress.steps.get(each.step)?.step.cap === entry.step.cap,
  );
  const end = countFrom(progress, { ...span, n: span.n + (granted?.n ?? 0) }, on);
  if (end.due === null || endOf(progress.state.calendar, end.due) >= endOf(progress.state.calendar, deadline.due))
    return deadline;
  const anchor = { step: cap.anchor.step, date: cap.anchor.date, on, seq: act.seq, paper: act.paper?.number };
  const limited = finish(progress, { ...deadline, ...cap.authority, rule: 'cap', anchor }, end);
  return { ...limited, cap: { id: entry.step.cap!, due: end.due } };
}

/** Whether a request that was made in time still waits for its answer. */
export function isExtensionPending(progress: Progress, entry: StepProgress): boolean {
  const extension = extensionFor(progress, entry);
  if (!extension || extension.decided) return false;
  const asked = extension.asked.dates.sent ?? extension.asked.dates.received;
  const due = deadlineOf(progress, entry).due;
  return asked !== undefined && due !== null && !isAfterDue(progress.state.calendar, asked, due);
}

export function isSuspended(progress: Progress): boolean {
  return progress.pauses.at(-1)?.to === null;
}
