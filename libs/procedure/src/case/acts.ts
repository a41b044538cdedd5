import type { OfficeId, OutcomeId, Step } from '../definition/definition.js';
import type { CommandType, StepKey, UnitId } from './commands.js';
import { boundTo } from './duties.js';
import { deadlineOf, isSuspended } from './deadline.js';
import type { CaseEvent } from './events.js';
import { pastLateness } from './lateness.js';
import { offeredTo } from './owing.js';
import { isEntered, progressOf, type Progress, type StepProgress } from './progress.js';
import type { CaseState } from './state.js';

/** In which of these offices he may do it; `units` absent = he is not bound to any. */
export function capacitiesIn(
  { offices, bound }: PossibleAct,
  held: OfficeId[],
  units: UnitId[] | undefined,
): OfficeId[] {
  const isForeign = bound && units && !bound.units.some((unit) => units.includes(unit));
  return offices.filter((office) => held.includes(office) && !(isForeign && bound.offices.includes(office)));
}

/** Something that can be done now, and by which offices. The one list behind buttons, rights and refusals. */
export interface PossibleAct {
  type: CommandType;
  step?: StepKey;
  outcomes?: OutcomeId[];
  offices: OfficeId[];
  /** of these offices only those held in these units: others stand in the case beside them */
  bound?: { offices: OfficeId[]; units: UnitId[] };
}

/** What may still be entered after a case has ended: the record stays open to truth, not to new acts. */
const AFTER_END: CommandType[] = [
  'correctEntry',
  'recordPaper',
  'contest',
  'answerContest',
  'recordInspection',
  'issueInspection',
];
const CAMPAIGN_ONLY: CommandType[] = [
  'addSubject',
  'withdrawSubject',
  'launchWave',
  'completeLaunch',
  'withdrawWave',
  'closeCampaign',
];
/** Acts of the campaign that the engine hands on to its cases. */
export const FANNED_OUT: CommandType[] = ['changeTeam', 'amendPlan', 'applyCalendar', 'applyProcedure', 'cancel'];
const BOTH: CommandType[] = [...FANNED_OUT, 'recordPaper', 'correctEntry', 'suspend', 'resume'];

/** What can be done now, by whomever. */
export const actsOf = (state: CaseState): PossibleAct[] => possibleActs(progressOf(state));

export const possibleActs = (progress: Progress): PossibleAct[] => [
  ...[...progress.steps.values()].flatMap((entry) => actsOn(progress, entry)),
  ...globalActs(progress),
];

/** Those of a command's own type, looked for nowhere else. */
export function actsLike(progress: Progress, { type, step }: { type: CommandType; step?: StepKey }): PossibleAct[] {
  const isLike = (act: PossibleAct): boolean => act.type === type;
  if (!OF_A_STEP.includes(type)) return globalActs(progress).filter(isLike);
  const entries = step === undefined ? [...progress.steps.values()] : [progress.steps.get(step)];
  return entries.flatMap((entry) => (entry ? actsOn(progress, entry) : [])).filter(isLike);
}

function actsOn(progress: Progress, entry: StepProgress): PossibleAct[] {
  if (entry.step.scope !== progress.state.opening.scope) return [];
  const acts = progress.state.ended ? [] : stepActs(progress, entry);
  return [...acts, ...delayActs(progress, entry)].map((act) => {
    const bound = boundTo(progress, entry, act.offices);
    return bound ? { ...act, bound } : act;
  });
}

function globalActs(progress: Progress): PossibleAct[] {
  const { state } = progress;
  const { procedure, opening } = state;
  const suspended = isSuspended(progress);
  return Object.entries(procedure.acts).flatMap(([name, offices]) => {
    const type = name as CommandType;
    if (TIED_TO_STEP.includes(type)) return [];
    if (state.ended && !AFTER_END.includes(type)) return [];
    if (opening.scope === 'case' ? CAMPAIGN_ONLY.includes(type) : !CAMPAIGN_ONLY.includes(type) && !BOTH.includes(type))
      return [];
    if (type === 'suspend' && suspended) return [];
    if (type === 'resume' && !suspended) return [];
    return (ONLY_WHEN[type]?.(progress) ?? true) ? [{ type, offices }] : [];
  });
}

const has = ({ facts }: Progress, isIt: (fact: CaseEvent) => boolean): boolean => facts.some(isIt);

/** Answers need a question, so that nobody is offered what can only be refused. */
const ONLY_WHEN: Partial<Record<CommandType, (progress: Progress) => boolean>> = {
  acceptTransfer: (progress) => offeredTo(progress.owing).length > 0,
  answerContest: (progress) => has(progress, ({ type }) => type === 'contested'),
  answerWrongRecipient: (progress) =>
    has(
      progress,
      ({ type, data }) =>
        (type === 'stepReturned' && data.outcome === WRONG_RECIPIENT) ||
        (type === 'paperRecorded' && data.blocks !== undefined),
    ),
  recordInspection: isInspectionFounded,
  issueInspection: (progress) => has(progress, ({ type }) => type === 'inspectionRecorded'),
};
export const WRONG_RECIPIENT = 'wrong-recipient';

/** An inspection follows from an act that found signs of violation, or a check that asks for one; never from a rung. */
export function isInspectionFounded({ facts, steps }: Progress): boolean {
  return facts.some(
    (fact) =>
      fact.type === 'stepCompleted' && steps.get(fact.data.step)?.step.outcomes[fact.data.outcome]?.effect === 'opens',
  );
}
const TIED_TO_STEP: CommandType[] = ['requestExtension', 'decideExtension', 'explainDelay', 'judgeMeasure'];
const OF_A_STEP: CommandType[] = [...TIED_TO_STEP, 'submitStep', 'completeStep', 'returnStep'];

function stepActs(progress: Progress, entry: StepProgress): PossibleAct[] {
  if (entry.turn === 'nobody' || !isEntered(progress, entry)) return [];
  const { procedure } = progress.state;
  const perform = [...new Set([...entry.step.perform, ...procedure.paperEntry])];
  if (entry.step.per === 'extension') {
    const target = progress.steps.get(progress.extensions.get(entry.item ?? '')?.step ?? '');
    const offices = target?.step.extension?.by ?? [];
    return [{ type: 'decideExtension', step: entry.key, offices: [...new Set([...offices, ...procedure.paperEntry])] }];
  }
  if (entry.turn === 'reviewer') return outcomeActs(progress, entry, officesOf(progress, entry.step.review?.by ?? ''));
  const own: PossibleAct[] = entry.step.review
    ? [{ type: 'submitStep', step: entry.key, offices: perform }]
    : outcomeActs(progress, entry, entry.step.perform);
  return [...own, ...extensionActs(progress, entry, perform)];
}

export const officesOf = (progress: Progress, party: string): OfficeId[] =>
  Object.entries(progress.state.procedure.offices).flatMap(([office, of]) => (of === party ? [office] : []));

/** Outcomes by verb and by who may decide them: completing, giving back, judging a measure. */
function outcomeActs(progress: Progress, entry: StepProgress, offices: OfficeId[]): PossibleAct[] {
  const { paperEntry } = progress.state.procedure;
  const groups = new Map<string, PossibleAct>();
  for (const [id, outcome] of Object.entries(entry.step.outcomes)) {
    const type = verbOf(entry.step, outcome.effect === 'returns');
    const by = [...new Set([...(outcome.by?.length ? outcome.by : offices), ...paperEntry])];
    const key = `${type} ${by.join()}`;
    const group = groups.get(key) ?? { type, step: entry.key, outcomes: [], offices: by };
    group.outcomes!.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export const verbOf = (step: Step, isReturn: boolean): CommandType =>
  step.per === 'measure' ? 'judgeMeasure' : isReturn ? 'returnStep' : 'completeStep';

function extensionActs(progress: Progress, entry: StepProgress, offices: OfficeId[]): PossibleAct[] {
  const possible = entry.step.extension && deadlineOf(progress, entry).due !== null;
  const used = [...progress.extensions.values()].filter(
    ({ step, decided }) => step === entry.key && (!decided || decided.granted),
  ).length;
  return possible && used < entry.step.extension!.times ? [{ type: 'requestExtension', step: entry.key, offices }] : [];
}

/** Beside any lateness stands what the debtor has to say about it, as long as the record is open (design §4.9). */
function delayActs(progress: Progress, entry: StepProgress): PossibleAct[] {
  const { procedure } = progress.state;
  const offices = (procedure.acts.explainDelay ?? []).filter(
    (office) => procedure.offices[office] === entry.step.actor,
  );
  return offices.length > 0 && isLate(progress, entry) ? [{ type: 'explainDelay', step: entry.key, offices }] : [];
}

/** Late by its acts, or past a due of which the record says so. */
export function isLate(progress: Progress, entry: StepProgress): boolean {
  if (pastLateness(progress, entry).length > 0) return true;
  const begun = progress.state.overdue[entry.key];
  return entry.turn === 'debtor' && begun !== undefined && begun === deadlineOf(progress, entry).due;
}
