import type { Span, Step, StepId } from '../definition/definition.js';
import type { ActDates, Paper, PaperDate, StepKey, When } from './commands.js';
import { effectiveFacts } from './corrections.js';
import type { CaseEvent, EventOf } from './events.js';
import { acceptShare, offerShares, owedBySubject, type Owing } from './owing.js';
import type { CaseState } from './state.js';

/** An act as the deadlines see it: which entry, its dates, its paper. */
export interface Act {
  seq: number;
  dates: ActDates;
  paper?: Paper;
  outcome?: string;
}

/**
 * What the debtor owes from one opening to the next: the first time, then each time it was given back or another round
 * began. Each term has its own due, and its own act to be judged by it.
 */
export interface Term {
  began: (Act & { how: 'returned' | 'continued' }) | null;
  done: Act | null;
}

/** What has happened to one step (or one item of it), by the effective facts. */
export interface StepProgress {
  key: StepKey;
  step: Step;
  item?: string;
  submissions: Act[];
  returns: Act[];
  /** outcomes that keep it open for another round (a yearly report) */
  rounds: Act[];
  terms: Term[];
  met: Act | null;
  /** ended unmet: a succession closed it */
  closed: Act | null;
  /** last thing that happened */
  turn: 'debtor' | 'reviewer' | 'nobody';
  /** the step this one last gave back: what it counts from is what came again after that */
  gaveBack?: { step: StepId; seq: number };
}

export interface Extension {
  request: string;
  step: StepKey;
  asked: Act;
  /** as asked, then as granted */
  span: Span | null;
  decided: (Act & { granted: boolean }) | null;
}

export interface Progress {
  state: CaseState;
  facts: CaseEvent[];
  steps: Map<StepKey, StepProgress>;
  planDates: Record<StepId, PaperDate>;
  /** dates given by the notice of conclusion */
  conclusionDates: Record<StepId, PaperDate>;
  measures: Map<string, EventOf<'measureRecorded'>>;
  extensions: Map<string, Extension>;
  pauses: { from: When; to: When | null }[];
  owing: Owing;
}

const act = (event: CaseEvent, outcome?: string): Act => ({
  seq: event.seq,
  dates: event.dates,
  paper: event.paper,
  outcome,
});

export const stepKey = (step: StepId, item?: string): StepKey => (item === undefined ? step : `${step}/${item}`);

/** The day on which an act took effect for pauses and decisions: its own date, else the day it reached somebody. */
export const effectiveOn = (dates: ActDates): When | undefined => dates.document ?? dates.sent ?? dates.received;

/**
 * Plays the effective facts through the steps. Facts were legal when entered, so nothing is judged here. What the facts
 * alone decide is kept as long as they are the same: recorded consequences leave them alone.
 */
export function progressOf(state: CaseState): Progress {
  const known = played.get(state.facts);
  if (known) return known.state === state ? known : { ...known, state };
  const facts = effectiveFacts(state.facts);
  const progress: Progress = {
    state,
    facts,
    steps: new Map(),
    planDates: { ...state.opening.planDates },
    conclusionDates: {},
    measures: new Map(),
    extensions: new Map(),
    pauses: [],
    owing: owedBySubject(state.opening.subject?.unit),
  };
  for (const step of state.procedure.steps) addStep(progress, step);
  for (const fact of facts) play(progress, fact);
  played.set(state.facts, progress);
  return progress;
}
const played = new WeakMap<CaseEvent[], Progress>();

function addStep(progress: Progress, step: Step): void {
  const { opening } = progress.state;
  const done = opening.scope === 'case' ? opening.mandate[step.id] : undefined;
  if (step.scope === opening.scope && step.per === undefined) open(progress, step);
  else if (done) {
    const entry = open(progress, step);
    entry.met = { seq: 1, dates: done.dates, paper: done.paper, outcome: done.outcome };
    entry.terms[0]!.done = entry.met;
    entry.turn = 'nobody';
  }
}

function open(progress: Progress, step: Step, item?: string): StepProgress {
  const key = stepKey(step.id, item);
  const terms: Term[] = [{ began: null, done: null }];
  const acts = { submissions: [], returns: [], rounds: [], terms, met: null, closed: null };
  const entry: StepProgress = { key, step, item, ...acts, turn: 'debtor' };
  progress.steps.set(key, entry);
  return entry;
}

function openItems(progress: Progress, per: 'measure' | 'extension', item: string): void {
  for (const step of progress.state.procedure.steps) if (step.per === per) open(progress, step, item);
}

function play(progress: Progress, fact: CaseEvent): void {
  switch (fact.type) {
    case 'stepSubmitted': {
      const entry = progress.steps.get(fact.data.step);
      if (!entry) return;
      entry.submissions.push(act(fact));
      entry.terms.at(-1)!.done = act(fact);
      entry.turn = 'reviewer';
      return;
    }
    case 'stepCompleted':
      if (fact.data.papers) Object.assign(progress.conclusionDates, fact.data.papers);
      return settle(progress, fact.data.step, fact, fact.data.outcome);
    case 'stepReturned':
      return settle(progress, fact.data.step, fact, fact.data.outcome);
    case 'measureJudged':
      for (const entry of itemsOf(progress, 'measure', fact.data.measure))
        settle(progress, entry.key, fact, fact.data.outcome);
      return;
    case 'measureRecorded':
      progress.measures.set(fact.data.measure, fact);
      if (fact.data.nature !== 'none') openItems(progress, 'measure', fact.data.measure);
      return;
    case 'extensionRequested':
      progress.extensions.set(fact.data.request, {
        request: fact.data.request,
        step: fact.data.step,
        asked: act(fact),
        span: fact.data.span ?? null,
        decided: null,
      });
      openItems(progress, 'extension', fact.data.request);
      return;
    case 'extensionDecided':
      return decideExtension(progress, fact);
    case 'suspended':
      progress.pauses.push({ from: effectiveOn(fact.dates) ?? fact.at, to: null });
      return;
    case 'resumed': {
      const last = progress.pauses.at(-1);
      if (last) last.to = effectiveOn(fact.dates) ?? fact.at;
      return;
    }
    case 'planAmended':
      Object.assign(progress.planDates, fact.data.dates);
      return;
    case 'deliveryRecalled':
      return recall(progress, fact);
    case 'unitTransferred':
      for (const key of offerShares(progress.owing, fact)) close(progress.steps.get(key), act(fact));
      return;
    case 'transferAccepted':
      return acceptShare(progress.owing, fact.data.unit);
    default:
      return;
  }
}

function itemsOf(progress: Progress, per: 'measure' | 'extension', item: string): StepProgress[] {
  return [...progress.steps.values()].filter((entry) => entry.step.per === per && entry.item === item);
}

/** An outcome moves its own step, or gives another one back to its debtor. */
function settle(progress: Progress, key: StepKey, fact: CaseEvent, outcomeId: string): void {
  const entry = progress.steps.get(key);
  const outcome = entry?.step.outcomes[outcomeId];
  if (!entry || !outcome) return;
  switch (outcome.effect) {
    case 'notes':
      return;
    case 'continues':
      return goOn(entry, act(fact, outcomeId));
    case 'returns': {
      const back = outcome.step ?? entry.step.id;
      const targets = [...progress.steps.values()].filter(
        (other) => other.step.id === back && other.item === entry.item,
      );
      const all = targets.length > 0 ? targets : [...progress.steps.values()].filter((other) => other.step.id === back);
      for (const target of all) giveBack(target, act(fact, outcomeId));
      if (back !== entry.step.id) {
        entry.met = null;
        entry.turn = 'debtor';
        entry.returns = [];
        entry.terms = [{ began: null, done: null }];
        entry.gaveBack = { step: back, seq: fact.seq };
      }
      return;
    }
    case 'meets':
    case 'opens':
    case 'ends': {
      if (isStanding(progress, entry)) return goOn(entry, act(fact, outcomeId));
      entry.met = act(fact, outcomeId);
      entry.terms.at(-1)!.done ??= entry.met;
      entry.turn = 'nobody';
    }
  }
}

function giveBack(target: StepProgress, by: Act): void {
  target.returns.push(by);
  target.terms.push({ began: { ...by, how: 'returned' }, done: null });
  target.met = null;
  target.closed = null;
  target.turn = 'debtor';
}

function close(entry: StepProgress | undefined, by: Act): void {
  if (!entry) return;
  entry.closed = by;
  entry.turn = 'nobody';
}

function goOn(entry: StepProgress, by: Act): void {
  entry.rounds.push(by);
  entry.terms.push({ began: { ...by, how: 'continued' }, done: null });
  entry.turn = 'debtor';
}

/** A standing task is reported every year as long as the case lasts: that this year's report is good does not end it. */
function isStanding(progress: Progress, { step, item }: StepProgress): boolean {
  const nature = step.per === 'measure' ? progress.measures.get(item ?? '')?.data.nature : undefined;
  return nature === 'standing' && Object.values(step.outcomes).some(({ effect }) => effect === 'continues');
}

function decideExtension(progress: Progress, fact: EventOf<'extensionDecided'>): void {
  const extension = progress.extensions.get(fact.data.request);
  if (!extension) return;
  if (fact.data.span) extension.span = fact.data.span;
  extension.decided = { ...act(fact), granted: fact.data.granted };
  for (const entry of itemsOf(progress, 'extension', fact.data.request)) {
    entry.met = act(fact, fact.data.granted ? 'granted' : 'refused');
    entry.terms.at(-1)!.done = entry.met;
    entry.turn = 'nobody';
  }
}

/**
 * A recalled delivery never happened for the unit: whatever counted from it has no anchor until the next one. It is given
 * back to whoever owes it, with the same days as when a wrong recipient is found out at once.
 */
function recall(progress: Progress, fact: EventOf<'deliveryRecalled'>): void {
  for (const entry of progress.steps.values()) {
    if (entry.met?.seq !== fact.data.entry) continue;
    const own = Object.entries(entry.step.outcomes).find(
      ([, { effect, step }]) => effect === 'returns' && (step ?? entry.step.id) === entry.step.id,
    );
    giveBack(entry, act(fact, own?.[0]));
  }
}

/** Entered when everything it waits for has happened. */
export function isEntered(progress: Progress, entry: StepProgress): boolean {
  if (entry.met || entry.submissions.length > 0 || entry.returns.length > 0) return true;
  return entry.step.entry.every((condition) => {
    const others = [...progress.steps.values()].filter((other) => other.step.id === condition.step);
    return others.some((other) => hasHappened(other, condition));
  });
}

/** The unit was to receive it, and nobody can prove that it did: what opened by it has no anchor (design §4.5). */
export function isUnproven(progress: Progress, entry: StepProgress): boolean {
  return entry.step.entry.some((condition) =>
    [...progress.steps.values()].some(
      ({ step, met }) =>
        step.id === condition.step &&
        met !== null &&
        met.dates.received === undefined &&
        (step.timely === 'received' || step.outcomes[met.outcome ?? '']?.waivesNotice === true),
    ),
  );
}

function hasHappened(entry: StepProgress, condition: Step['entry'][number]): boolean {
  if (condition.at === 'submitted' && entry.submissions.length > 0) return true;
  if (!entry.met) return false;
  return condition.outcomes === undefined || condition.outcomes.includes(entry.met.outcome ?? '');
}
