import { count, countBack, fixedDue, workingDaysBetween, type Counted } from '../calendar/counting.js';
import { addDays } from '../civil/civil-date.js';
import { instantMs } from '../civil/instant.js';
import type { Anchor, Authority, DueRule, Span } from '../definition/definition.js';
import type { PaperDate, When } from './commands.js';
import { effectiveOn, type Act, type Extension, type Progress, type StepProgress } from './progress.js';
import type { Deadline } from './state.js';
import { addSeconds, dayOf, endOf, isAfterDue, isMoment, laterOf, startOf } from './when.js';

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

const caches = new WeakMap<Progress, Map<string, Deadline>>();
function cacheOf(progress: Progress): Map<string, Deadline> {
  const cache = caches.get(progress) ?? new Map<string, Deadline>();
  caches.set(progress, cache);
  return cache;
}

/** The due the first sending is judged by, whatever was given back since. */
export function firstDeadlineOf(progress: Progress, entry: StepProgress): Deadline {
  if (entry.returns.length === 0 && entry.rounds.length === 0) return deadlineOf(progress, entry);
  const untouched = { ...entry, returns: [], rounds: [] };
  return limitByCap(progress, entry, extend(progress, untouched, baseOf(progress, untouched)));
}

const none = (reason: NonNullable<Deadline['reason']>, authority?: Authority): Deadline => ({
  due: null,
  reason,
  force: authority?.force ?? 'policy',
  provisional: false,
  rule: 'none',
  basis: authority?.basis ?? '',
  evidence: authority?.evidence ?? '',
  kind: 'by',
  skipped: [],
  pauses: [],
});

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

function outcomeThatReturned(progress: Progress, entry: StepProgress, back: Act) {
  for (const step of progress.state.procedure.steps) {
    const outcome = step.outcomes[back.outcome ?? ''];
    if (outcome?.effect === 'returns' && (outcome.step ?? step.id) === entry.step.id) return outcome.due;
  }
  return undefined;
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

function paperDate(
  progress: Progress,
  entry: StepProgress,
  paper: 'plan' | 'conclusion' | 'measure',
): PaperDate | undefined {
  if (paper === 'plan') return progress.planDates[entry.step.id];
  if (paper === 'conclusion') return progress.conclusionDates[entry.step.id];
  return entry.item === undefined ? undefined : progress.measures.get(entry.item)?.data.due;
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

function fromCount(
  progress: Progress,
  span: Span,
  anchor: NonNullable<Deadline['anchor']>,
  authority: Authority,
  rule: string,
): Deadline {
  const counted = countFrom(progress, span, anchor.on);
  return finish(progress, { ...none('suspended', authority), rule, anchor }, counted);
}

function finish(progress: Progress, deadline: Deadline, counted: Counted): Deadline {
  const { due, provisional, skipped, rolledFrom } = counted;
  const pauses = progress.pauses;
  if (due === null) return { ...deadline, reason: 'suspended', skipped, pauses };
  return { ...deadline, due, reason: undefined, provisional, skipped, rolledFrom, pauses };
}

function countFrom(progress: Progress, span: Span, after: When): Counted {
  const cal = progress.state.calendar;
  if (span.unit === 's') return countSeconds(progress, span.n, startOf(cal, after));
  const pauses = progress.pauses.map(({ from, to }) => ({
    from: dayOf(cal, from),
    to: to === null ? null : dayOf(cal, to),
  }));
  return count(cal, span, dayOf(cal, after), pauses);
}

function countSeconds(progress: Progress, n: number, after: string): Counted {
  const cal = progress.state.calendar;
  let due = addSeconds(after, n);
  for (const pause of progress.pauses) {
    const from = startOf(cal, pause.from) > after ? startOf(cal, pause.from) : after;
    if (from >= due) continue;
    if (pause.to === null) return { due: null, provisional: false, skipped: [] };
    const stood = instantMs(startOf(cal, pause.to)) - instantMs(from);
    if (stood > 0) due = addSeconds(due, stood / 1000);
  }
  return { due, provisional: false, skipped: [] };
}

function before(progress: Progress, span: Span, due: When): When {
  const cal = progress.state.calendar;
  if (isMoment(due)) return addSeconds(due, -span.n);
  return span.unit === 'wd' ? countBack(cal, { n: span.n, unit: 'wd' }, due) : addDays(due, -span.n);
}

function fromPaper(progress: Progress, date: PaperDate, authority: Authority): Deadline {
  const cal = progress.state.calendar;
  const base = { ...none('suspended', authority), rule: 'paper-date', kind: date.kind };
  if (isMoment(date.on)) return finish(progress, base, { due: date.on, provisional: false, skipped: [] });
  const pauses = progress.pauses.map(({ from, to }) => ({
    from: dayOf(cal, from),
    to: to === null ? null : dayOf(cal, to),
  }));
  return finish(progress, base, fixedDue(cal, date.on, date.kind, pauses));
}

/** One request at most is granted per step, or per cap the step lies in (design §4.8). */
function extensionFor(progress: Progress, entry: StepProgress): Extension | undefined {
  const asked = [...progress.extensions.values()].filter((extension) => sharesLimit(progress, extension.step, entry));
  return asked.findLast((extension) => extension.decided?.granted) ?? asked.at(-1);
}

function sharesLimit(progress: Progress, key: string, entry: StepProgress): boolean {
  if (key === entry.key) return true;
  const other = progress.steps.get(key);
  return (
    entry.step.cap !== undefined &&
    other?.step.cap === entry.step.cap &&
    isCapCount(progress, entry) &&
    isCapCount(progress, other)
  );
}

/** A step whose own count is the cap itself (field-work) moves with it. */
function isCapCount(progress: Progress, entry: StepProgress): boolean {
  return entry.step.cap !== undefined && entry.step.due.some((rule) => rule.kind === 'count-by-level');
}

function extend(progress: Progress, entry: StepProgress, deadline: Deadline): Deadline {
  const extension = extensionFor(progress, entry);
  if (!extension?.decided || deadline.due === null) return deadline;
  const recounted = extension.decided.granted ? recount(progress, entry, deadline, extension.n) : deadline;
  const waited = chargeToDecider(progress, extension, deadline);
  if (recounted.due === null || waited === null) return recounted;
  const due = laterOf(progress.state.calendar, recounted.due, waited);
  return {
    ...recounted,
    due,
    ...(extension.decided.granted ? { extension: { request: extension.request, by: extension.n } } : {}),
  };
}

/** n + extension from the same anchor (design §3.18); a fixed date moves by the extension itself. */
function recount(progress: Progress, entry: StepProgress, deadline: Deadline, by: number): Deadline {
  const span = spanOf(progress, entry);
  if (deadline.due !== null && (!span || !deadline.anchor || deadline.rule === 'paper-date')) {
    const unit = isMoment(deadline.due) ? 's' : (span?.unit ?? 'wd');
    return finish(
      progress,
      deadline,
      countFrom(progress, { n: by, unit: unit === 'months' ? 'cd' : unit }, deadline.due),
    );
  }
  if (!span || !deadline.anchor) return deadline;
  return finish(progress, deadline, countFrom(progress, { ...span, n: span.n + by }, deadline.anchor.on));
}

/** The counted span a step's deadline rests on, if it rests on one. */
export function spanOf(progress: Progress, entry: StepProgress): Span | undefined {
  const back = entry.returns.at(-1);
  const supplement = back && outcomeThatReturned(progress, entry, back)?.span;
  if (supplement) return supplement;
  for (const rule of entry.step.due) {
    if (rule.kind === 'paper-date' && paperDate(progress, entry, rule.paper)) return undefined;
    if (rule.kind === 'count') return rule.span;
    if (rule.kind === 'count-by-level') return rule.spans[progress.state.opening.level];
  }
  return undefined;
}

/** Asked in time and left waiting: the days that were left when it was asked are left when it is answered. */
function chargeToDecider(progress: Progress, extension: Extension, deadline: Deadline): When | null {
  const cal = progress.state.calendar;
  const asked = extension.asked.dates.sent ?? extension.asked.dates.received;
  const decided = extension.decided && effectiveOn(extension.decided.dates);
  if (!asked || !decided || deadline.due === null || isAfterDue(cal, asked, deadline.due)) return null;
  if (isMoment(deadline.due)) {
    const left = instantMs(deadline.due) - instantMs(startOf(cal, asked));
    return addSeconds(startOf(cal, decided), left / 1000);
  }
  const left = workingDaysBetween(cal, dayOf(cal, asked), deadline.due);
  return countFrom(progress, { n: left, unit: 'wd' }, dayOf(cal, decided)).due;
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
