import fc from 'fast-check';
import { addDays, civilDateAt, type Actor, type CommandBody, type Envelope, type StepView } from '../index.js';
import { allowed, project, redact } from '../index.js';
import type { Play } from './play.js';

/** What may happen to a case next. Numbers pick among what is possible then, so that a shrunk run stays meaningful. */
export type Move =
  | { kind: 'wait'; days: number; ends: 'sent' | 'failed' | 'nobody' | 'none' }
  | { kind: 'outage'; days: number }
  /** `goes`: only acts that move a step, so that runs get far */
  | { kind: 'act'; goes: boolean; pick: number; outcome: number; office: number; back: number; lag: number }
  | { kind: 'rubbish'; step: number; type: number; office: number }
  | { kind: 'correct'; pick: number; back: number; isVoid: boolean }
  | { kind: 'prove'; pick: number }
  /** the unit ends in the middle of it; its successors accept, or not yet */
  | { kind: 'succeed'; pick: number; accepts: boolean };

const small = (max: number) => fc.nat({ max });

export const moves = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        days: small(25),
        ends: fc.constantFrom('sent' as const, 'sent' as const, 'failed' as const, 'nobody' as const, 'none' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('outage' as const), days: small(12) }) },
    {
      weight: 14,
      arbitrary: fc.record({
        kind: fc.constant('act' as const),
        goes: fc.nat({ max: 3 }).map((n) => n > 0),
        pick: small(40),
        outcome: small(5),
        office: small(4),
        back: small(15),
        lag: small(4),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('rubbish' as const),
        step: small(25),
        type: small(40),
        office: small(15),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('correct' as const),
        pick: small(30),
        back: small(20),
        isVoid: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('prove' as const), pick: small(10) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('succeed' as const), pick: small(40), accepts: fc.boolean() }),
    },
  ),
  { minLength: 4, maxLength: 60 },
);

/** One move on the case; a refusal is a fine answer, an exception never is. */
export function move(p: Play, step: Move): void {
  switch (step.kind) {
    case 'wait':
      p.ends = () => (step.ends === 'none' ? undefined : step.ends);
      return p.until(p.at(later(p, step.days)));
    case 'outage':
      p.ends = () => 'sent';
      p.now = p.at(later(p, step.days), '11:00');
      return p.settle();
    case 'act':
      return act(p, step);
    case 'rubbish':
      return rubbish(p, step);
    case 'correct':
      return correct(p, step);
    case 'prove':
      return prove(p, step.pick);
    case 'succeed':
      return succeed(p, step);
  }
}

const today = (p: Play): string => civilDateAt(p.now, p.calendar.zone);
const later = (p: Play, days: number): string => addDays(today(p), days);
const at = <T>(list: readonly T[], n: number): T | undefined => (list.length === 0 ? undefined : list[n % list.length]);

const MOVES_STEP = ['submitStep', 'completeStep', 'returnStep', 'judgeMeasure', 'requestExtension', 'decideExtension'];

function act(p: Play, { goes, pick, outcome, office, back, lag }: Extract<Move, { kind: 'act' }>): void {
  const acts = p.view.acts.filter(({ type }) => !goes || MOVES_STEP.includes(type));
  const possible = at(acts, pick);
  if (!possible) return;
  const body = bodyOf(p, possible.type, possible.step, at(possible.outcomes ?? [], outcome), pick);
  if (!body) return;
  const capacity = at(possible.offices, office)!;
  p.try(p.now, capacity, body, { ...datesFor(p, capacity, back, lag), ...secondOf(p) });
}

/** Somebody else who may correct, for the acts that ask for one. */
const secondOf = ({ procedure }: Play): Partial<Envelope> => ({
  second: 'somebody-else',
  secondCapacity: at(procedure.acts.correctEntry ?? [], 0) ?? '',
});

/** Offices that keep the register date what they enter, sometimes long ago. */
function datesFor(p: Play, capacity: string, back: number, lag: number): Partial<Envelope> {
  if (!p.procedure.paperEntry.includes(capacity) || back === 0) return {};
  const document = addDays(today(p), -back - lag);
  const received = addDays(today(p), -back);
  return { dates: lag === 3 ? { document, sent: document } : { document, sent: document, received } };
}

function bodyOf(
  p: Play,
  type: string,
  step: string | undefined,
  outcome: string | undefined,
  n: number,
): CommandBody | null {
  const item = step?.split('/')[1] ?? '';
  switch (type) {
    case 'submitStep':
      return { type, step: step! };
    case 'completeStep':
    case 'returnStep':
      return { type, step: step!, outcome: outcome! };
    case 'judgeMeasure':
      return { type, measure: item, outcome: outcome! };
    case 'requestExtension':
      return { type, step: step!, request: `x${p.state.seq}`, span: { n: 1 + (n % 12), unit: 'wd' } };
    case 'decideExtension':
      return { type, request: item, granted: n % 2 === 0, span: { n: 1 + (n % 10), unit: 'wd' } };
    case 'suspend':
      return { type, reason: 'r' };
    case 'resume':
    case 'issueInspection':
      return { type };
    case 'recordFinding':
      return { type, finding: `f${n % 4}`, kind: 'limitation' };
    case 'recordMeasure':
      return {
        type,
        measure: `m${n % 3}`,
        findings: ['f0'],
        nature: n % 3 === 0 ? 'standing' : 'duty',
        ...(n % 2 ? { due: { on: later(p, 60), kind: 'by' as const } } : {}),
      };
    case 'recordPaper':
      return { type };
    case 'explainDelay':
      return { type, step: step!, text: 't' };
    case 'contest':
      return { type, entry: n, text: 't' };
    case 'answerContest':
      return { type, entry: n, upheld: n % 2 === 0 };
    case 'recallDelivery':
      return {
        type,
        entry: p.view.steps.findLast(({ step: id }) => id === 'conclusion-delivered')
          ? (p.of('stepCompleted').findLast(({ data }) => data.step === 'conclusion-delivered')?.seq ?? n)
          : n,
        reason: 'r',
      };
    case 'amendPlan':
      return { type, dates: { 'self-report': { on: later(p, 10 + n), kind: n % 2 ? 'by' : 'before' } } };
    case 'applyCalendar':
      return {
        type,
        calendar: {
          ...p.calendar,
          revision: p.calendar.revision + 1,
          days: { ...p.calendar.days, [later(p, n)]: 'own' },
        },
      };
    case 'applyProcedure':
      return { type, procedure: p.procedure };
    case 'transferUnit':
      return transferOf(p, n);
    case 'acceptTransfer':
      return { type, unit: at(p.row.offered ?? [], n) ?? 'u9' };
    case 'changeTeam':
      return { type, team: `t${n}` };
    case 'recordInspection':
      return { type, number: '1-QĐ/UBKT' };
    case 'answerWrongRecipient':
      return { type, answer: 'corrected' };
    // Ending the case by hand would cut most runs short; named tests do it.
    default:
      return null;
  }
}

/** From any of those who stand in the case, whole or split, with what is shared and what is closed among it. */
function transferOf(p: Play, n: number): CommandBody {
  const from = at(p.row.units, n)!;
  const to = n % 3 === 0 ? [`v${n}`] : [`v${n}`, `w${n}`];
  const open = Object.entries(p.row.duties).flatMap(([key, { owes }]) => (owes.includes(from) ? [key] : []));
  const closes = n % 4 === 0 ? open.filter((key) => key !== '*').slice(0, 1) : [];
  const duties = open
    .filter((key) => !closes.includes(key))
    .map((duty, i) =>
      (n + i) % 5 === 0 ? { duty, units: to, jointly: true as const } : { duty, units: [at(to, i)!] },
    );
  return { type: 'transferUnit', from, to, duties, closes, reason: 'r', instrument: { kind: 'QĐ' } };
}

function succeed(p: Play, { pick, accepts }: Extract<Move, { kind: 'succeed' }>): void {
  const by = (type: CommandBody['type']): string | undefined =>
    at(p.view.acts.find((act) => act.type === type)?.offices ?? [], pick);
  const capacity = by('transferUnit');
  if (!capacity) return;
  p.try(p.now, capacity, transferOf(p, pick));
  for (const unit of accepts ? (p.row.offered ?? []) : []) {
    const receiver = by('acceptTransfer');
    if (receiver) p.try(p.now, receiver, { type: 'acceptTransfer', unit });
  }
}

function rubbish(p: Play, { step, type, office }: Extract<Move, { kind: 'rubbish' }>): void {
  const types = [
    'submitStep',
    'completeStep',
    'returnStep',
    'judgeMeasure',
    'decideExtension',
    'resume',
    'launchWave',
    'closeCampaign',
    'contest',
    'nonsense',
  ];
  const key = at(p.procedure.steps, step)?.id ?? 'nowhere';
  const body = {
    type: at(types, type),
    step: type % 3 === 0 ? 'nowhere' : key,
    outcome: 'no-such',
    measure: 'm9',
    request: 'x9',
    entry: 999,
    text: '',
    wave: 1,
  };
  p.try(p.now, at(Object.keys(p.procedure.offices), office) ?? '', body as unknown as CommandBody, {
    dates: type % 4 === 0 ? { document: 'never' } : {},
  });
}

function correct(p: Play, { pick, back, isVoid }: Extract<Move, { kind: 'correct' }>): void {
  const fact = at(p.state.facts, pick);
  if (!fact) return;
  const day = addDays(today(p), -back);
  const change = isVoid ? { void: true as const } : { replace: { dates: { document: day, sent: day, received: day } } };
  p.try(p.now, 'document-office', { type: 'correctEntry', entry: fact.seq, reason: 'r', ...change }, secondOf(p));
}

function prove(p: Play, pick: number): void {
  const open = Object.entries(p.state.rungs).filter(
    ([, { state, to, ends }]) => state === 'due' && ends[to[0]!] === undefined,
  );
  const found = at(open, pick);
  if (found)
    p.do(p.now, 'engine', {
      type: 'endNotices',
      ends: found[1].to.map((office) => ({ rung: found[0], office, end: 'sent' as const, at: p.now })),
    });
}

/** A step whose clock runs has a date or says why not, and exactly one party is to act. */
export const isAccountedFor = ({ status, turn, deadline }: StepView): boolean =>
  status === 'open' || status === 'submitted'
    ? turn !== null && deadline !== null && (deadline.due !== null || deadline.reason !== undefined)
    : turn === null;

export function redactedAllows(p: Play, actor: Actor): { plain: unknown; redacted: unknown } {
  const view = project(p.state, p.events, p.now);
  return { plain: allowed(view, actor), redacted: allowed(redact(p.state, p.events, actor, p.now), actor) };
}
