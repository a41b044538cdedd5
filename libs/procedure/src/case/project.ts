import type { Instant } from '../civil/instant.js';
import { possibleActs } from './acts.js';
import { deadlineOf, isSuspended } from './deadline.js';
import { isCorrectedAlone } from './corrections.js';
import { dutiesOf, owersOf, pastDutiesOf, SUBJECT_PARTY } from './duties.js';
import { isSameHand } from './hands.js';
import { latenessOf } from './lateness.js';
import { nextMoment } from './moments.js';
import { offeredTo, standingIn } from './owing.js';
import { isEntered, progressOf, type Progress, type StepProgress } from './progress.js';
import type { CaseRow, CaseState, CaseView, MeasureView, StepView } from './state.js';

/** It has not ended: it runs, or stands still for a while. */
export const isOpen = ({ status }: Pick<CaseRow, 'status'>): boolean => status === 'running' || status === 'suspended';

/**
 * Everything a screen needs of a case, derived from its facts. `events` is the record to show (a fold keeps facts only);
 * `now` decides how late an open step is, and nothing else.
 */
export function project(state: CaseState, events: CaseView['events'], now: Instant): CaseView {
  const progress = progressOf(state);
  const steps = [...progress.steps.values()].map((entry) => stepView(progress, entry, now));
  return {
    seq: state.seq,
    scope: state.opening.scope,
    opening: state.opening,
    status: statusOf(progress),
    stage: stageOf(steps),
    steps,
    measures: measuresOf(progress),
    findings: progress.facts.flatMap((fact) =>
      fact.type === 'findingRecorded'
        ? [{ finding: fact.data.finding, kind: fact.data.kind, code: fact.data.code, seq: fact.seq }]
        : [],
    ),
    team: teamOf(progress),
    units: standingIn(progress.owing),
    contests: contestsOf(progress),
    transfers: progress.owing.offers.map(({ from, shares, accepted }) => ({
      from,
      shares: Object.fromEntries([...shares].filter(([, units]) => units.length > 0)),
      accepted: [...accepted],
    })),
    inspection: inspectionOf(progress),
    rungs: Object.entries(state.rungs).map(([rung, record]) => ({ rung, ...record })),
    events,
    nextMoment: nextMoment(state),
    acts: possibleActs(progress),
  };
}

/** The board row. No clock in it: a day that passes changes no row. */
export function rowOf(state: CaseState): CaseRow {
  const progress = progressOf(state);
  const open = [...progress.steps.values()].filter((entry) => isOpenStep(progress, entry));
  const stages = [...progress.steps.values()].map((entry) => ({
    stage: entry.step.stage,
    status: statusOfStep(progress, entry),
  }));
  return {
    seq: state.seq,
    status: statusOf(progress),
    stage: stageOf(stages),
    open: open.map((entry) => ({
      key: entry.key,
      step: entry.step.id,
      status: statusOfStep(progress, entry),
      turn: turnOf(progress, entry),
      round: entry.returns.length + entry.rounds.length,
    })),
    dues: open.flatMap((entry) => {
      const record = state.dues[entry.key];
      return entry.turn === 'debtor' && record
        ? [{ key: entry.key, due: record.due, force: record.force, provisional: record.provisional }]
        : [];
    }),
    findings: progress.facts.filter((fact) => fact.type === 'findingRecorded').length,
    measures: progress.measures.size,
    units: standingIn(progress.owing),
    duties: dutiesOf(progress),
    ...offeredIn(progress),
    ...pastIn(progress),
    team: teamOf(progress),
    nextMoment: nextMoment(state),
  };
}

/** Units that have been asked to take something over and have not answered. */
function offeredIn(progress: Progress): Pick<CaseRow, 'offered'> {
  const offered = offeredTo(progress.owing);
  return offered.length > 0 ? { offered } : {};
}

function pastIn(progress: Progress): Pick<CaseRow, 'past'> {
  const past = pastDutiesOf(progress);
  return Object.keys(past).length > 0 ? { past } : {};
}

const isOpenStep = (progress: Progress, entry: StepProgress): boolean =>
  ['open', 'submitted'].includes(statusOfStep(progress, entry));

function statusOfStep(progress: Progress, entry: StepProgress): StepView['status'] {
  if (entry.met) return 'met';
  if (progress.state.ended || entry.closed) return 'ended';
  if (!isEntered(progress, entry)) return 'waiting';
  return entry.turn === 'reviewer' ? 'submitted' : 'open';
}

/** Exactly one party, or nobody when the step is not open. A waiting request puts the turn to its decider elsewhere. */
function turnOf(progress: Progress, entry: StepProgress): string | null {
  const status = statusOfStep(progress, entry);
  if (status === 'submitted') return entry.step.review?.by ?? null;
  return status === 'open' ? entry.step.actor : null;
}

function stepView(progress: Progress, entry: StepProgress, now: Instant): StepView {
  const status = statusOfStep(progress, entry);
  // A step of the campaign appears in every case's history; it is judged in the campaign alone.
  const isOwn = entry.step.scope === progress.state.opening.scope;
  const isJudged = isOwn && status !== 'waiting' && (status !== 'ended' || isEntered(progress, entry));
  const deadline = isJudged ? deadlineOf(progress, entry) : null;
  const judged = entry.submissions[0] ?? entry.met;
  const request = [...progress.extensions.values()].findLast(({ step }) => step === entry.key);
  return {
    key: entry.key,
    step: entry.step.id,
    ...(entry.item === undefined ? {} : { item: entry.item }),
    stage: entry.step.stage,
    status,
    turn: turnOf(progress, entry),
    deadline: status === 'submitted' && deadline ? { ...deadline, reason: 'awaiting-review' } : deadline,
    metOn: judged?.dates[entry.step.timely] ?? null,
    outcome: entry.met?.outcome ?? null,
    sameHand: isOneHand(progress, entry),
    round: entry.returns.length + entry.rounds.length,
    submittedSeq: entry.submissions.at(-1)?.seq ?? null,
    extension: request
      ? {
          request: request.request,
          state: request.decided ? (request.decided.granted ? 'granted' : 'refused') : 'pending',
        }
      : null,
    lateness: isJudged ? latenessOf(progress, entry, now) : null,
    ...(entry.step.actor === SUBJECT_PARTY && { owes: owersOf(progress, entry) }),
    readers: entry.step.readers,
  };
}

function isOneHand(progress: Progress, { met, submissions }: StepProgress): boolean {
  return (
    progress.facts.some((fact) => fact.seq === met?.seq && isSameHand(progress, fact)) ||
    [...submissions, ...(met ? [met] : [])].some(({ seq }) => isCorrectedAlone(seq, progress.state.facts))
  );
}

function statusOf(progress: Progress): CaseView['status'] {
  return progress.state.ended ?? (isSuspended(progress) ? 'suspended' : 'running');
}

/** The stage of the first step that is not done; of the last one when all are. */
export function stageOf(steps: { stage: string; status: string }[]): string | null {
  return (
    (
      steps.find(({ status }) => status === 'open' || status === 'submitted') ??
      steps.findLast(({ status }) => status === 'met')
    )?.stage ?? null
  );
}

function measuresOf(progress: Progress): MeasureView[] {
  return [...progress.measures.values()].map(({ data: { measure, findings, nature } }) => {
    const entry = [...progress.steps.values()].find((each) => each.step.per === 'measure' && each.item === measure);
    const judged = entry?.met?.outcome ?? entry?.rounds.at(-1)?.outcome;
    const state =
      nature === 'none'
        ? 'no-duty'
        : entry?.closed
          ? 'closed'
          : entry?.turn === 'reviewer'
            ? 'reported'
            : ((judged ?? 'open') as MeasureView['state']);
    return { measure, findings, nature, state };
  });
}

function teamOf(progress: Progress): string | null {
  const changed = progress.facts.findLast((fact) => fact.type === 'teamChanged');
  return changed?.type === 'teamChanged' ? changed.data.team : (progress.state.opening.team ?? null);
}

function contestsOf(progress: Progress): CaseView['contests'] {
  const answered = progress.facts.filter((fact) => fact.type === 'contestAnswered');
  return progress.facts.flatMap((fact) =>
    fact.type === 'contested'
      ? [
          {
            entry: fact.data.entry,
            seq: fact.seq,
            answered: answered.some(
              (answer) =>
                answer.type === 'contestAnswered' && answer.data.entry === fact.data.entry && answer.seq > fact.seq,
            ),
          },
        ]
      : [],
  );
}

function inspectionOf(progress: Progress): CaseView['inspection'] {
  const record = progress.facts.findLast((fact) => fact.type === 'inspectionRecorded');
  if (record?.type !== 'inspectionRecorded') return null;
  return { ...record.data, issued: progress.facts.some((fact) => fact.type === 'inspectionIssued') };
}
