import type { CommandBody, CompiledProcedure, StepKey } from '@giamsat/procedure';
import { byDays, Life, type Stage } from './life.js';

const DAY = 24 * 60 * 60;

type Path = (stage: Stage) => Promise<Life>;

const complete = (life: Life, capacity: string, step: StepKey, outcome: string) =>
  life.do(capacity, { type: 'completeStep', step, outcome });
const submit = (life: Life, capacity: string, step: StepKey) => life.do(capacity, { type: 'submitStep', step });
const returned = (life: Life, capacity: string, step: StepKey, outcome: string) =>
  life.do(capacity, { type: 'returnStep', step, outcome });

async function unitOwesReport(stage: Stage, procedure?: CompiledProcedure): Promise<Life> {
  const life = await Life.begin(stage, { procedure });
  await complete(life, 'team-head', 'outline-prepared', 'ready');
  await complete(life, 'document-office', 'kick-off', 'by-letter');
  return life;
}

async function fieldWork(stage: Stage, procedure?: CompiledProcedure): Promise<Life> {
  const life = await unitOwesReport(stage, procedure);
  await submit(life, 'unit-head', 'self-report');
  await complete(life, 'team-head', 'self-report', 'accepted');
  return life;
}

async function concluded(stage: Stage, procedure?: CompiledProcedure): Promise<Life> {
  const life = await fieldWork(stage, procedure);
  await submit(life, 'team-secretary', 'draft-report');
  await complete(life, 'team-head', 'draft-report', 'to-conference');
  await complete(life, 'team-head', 'unit-conference', 'agreed');
  await complete(life, 'team-head', 'field-work', 'done');
  await submit(life, 'team-head', 'report-submitted');
  await complete(life, 'chief-of-office', 'report-submitted', 'submitted');
  await complete(life, 'standing-signer', 'report-reviewed', 'concluded');
  await life.do('team-secretary', { type: 'recordFinding', finding: 'f1', kind: 'limitation' });
  await life.do('team-head', { type: 'recordMeasure', measure: 'm1', findings: ['f1'], nature: 'duty' });
  await complete(life, 'standing-signer', 'conclusion-issued', 'issued');
  return life;
}

async function delivered(stage: Stage, procedure?: CompiledProcedure): Promise<Life> {
  const life = await concluded(stage, procedure);
  await complete(life, 'document-office', 'conclusion-delivered', 'delivered');
  return life;
}

async function toLastAct(life: Life): Promise<Life> {
  await submit(life, 'unit-head', 'remediation-plan');
  await complete(life, 'standing-signer', 'remediation-plan', 'accepted');
  await submit(life, 'team-secretary', 'dossier-filed.part-1');
  await complete(life, 'document-office', 'dossier-filed.part-1', 'filed');
  await submit(life, 'unit-head', 'remediation-progress/m1');
  await life.do('inspection-commission', { type: 'judgeMeasure', measure: 'm1', outcome: 'done' });
  await complete(life, 'inspection-commission', 'follow-up-check', 'closed');
  await submit(life, 'team-secretary', 'dossier-filed.part-2');
  return life;
}

async function toEnd(life: Life): Promise<Life> {
  await toLastAct(life);
  await complete(life, 'document-office', 'dossier-filed.part-2', 'filed');
  return life;
}

const extension: CommandBody = {
  type: 'requestExtension',
  step: 'self-report',
  request: 'x1',
  span: { n: 3, unit: 's' },
};

/** What can become of a case, each path by its name. */
export const CASE_PATHS: Record<string, Path> = {
  'on-time': async (stage) => toEnd(await delivered(stage)),

  'late-and-chased': async (stage) => {
    const life = await unitOwesReport(stage);
    await life.wait(14);
    await life.wait(6, 'failed');
    await life.wait(10, null);
    await life.do('unit-head', { type: 'explainDelay', step: 'self-report', text: 't' });
    await submit(life, 'unit-head', 'self-report');
    return life;
  },

  'extension-granted': async (stage) => {
    const life = await unitOwesReport(stage);
    await life.do('unit-head', extension);
    await life.do('standing-signer', {
      type: 'decideExtension',
      request: 'x1',
      granted: true,
      span: { n: 3, unit: 's' },
    });
    await life.wait(12);
    await submit(life, 'unit-head', 'self-report');
    return life;
  },

  'extension-refused': async (stage) => {
    const life = await unitOwesReport(stage);
    await life.do('unit-head', extension);
    await life.do('standing-signer', { type: 'decideExtension', request: 'x1', granted: false });
    await life.wait(12);
    return life;
  },

  /** Days, not seconds: the timer stands for a moment that has moved on, rings for nothing, and then for what it is for. */
  unhurried: async (stage) => {
    const life = await Life.begin(stage, { procedure: byDays });
    await complete(life, 'team-head', 'outline-prepared', 'ready');
    await complete(life, 'document-office', 'kick-off', 'by-letter');
    await submit(life, 'unit-head', 'self-report');
    await complete(life, 'team-head', 'self-report', 'accepted');
    await submit(life, 'team-secretary', 'draft-report');
    await complete(life, 'team-head', 'draft-report', 'to-conference');
    await life.wait(60 * DAY);
    return life;
  },

  /** Twice there is no next moment: the timer stands till it is needed again, and rings for nothing. */
  'nothing-planned': async (stage) => {
    const life = await toLastAct(await delivered(stage, byDays));
    await life.wait(60 * DAY);
    await complete(life, 'document-office', 'dossier-filed.part-2', 'filed');
    return life;
  },

  returned: async (stage) => {
    const life = await unitOwesReport(stage);
    await submit(life, 'unit-head', 'self-report');
    await returned(life, 'team-head', 'self-report', 'returned-incomplete');
    await life.wait(7);
    await submit(life, 'unit-head', 'self-report');
    await complete(life, 'team-head', 'self-report', 'accepted');
    return life;
  },

  suspended: async (stage) => {
    const life = await unitOwesReport(stage);
    await life.do('standing-signer', { type: 'suspend', reason: 'r' });
    await life.wait(60);
    await life.do('standing-signer', { type: 'resume' });
    await life.wait(15);
    return life;
  },

  transferred: async (stage) => {
    const life = await unitOwesReport(stage);
    const duties = [
      { duty: 'self-report', units: ['u2'] },
      { duty: '*', units: ['u3'] },
    ];
    await life.do('standing-signer', { type: 'transferUnit', to: ['u2', 'u3'], duties, instrument: { kind: 'NQ' } });
    for (const unit of ['u2', 'u3']) await life.do('unit-head', { type: 'acceptTransfer', unit });
    return life;
  },

  corrected: async (stage) => {
    const life = await unitOwesReport(stage);
    await life.wait(16);
    const entry = life.entry('stepCompleted');
    const seconded = { second: 'p-second', secondCapacity: 'chief-of-office' };
    await life.do('document-office', { type: 'correctEntry', entry, void: true, reason: 'r' }, seconded);
    await life.wait(5);
    return life;
  },

  'wrong-recipient': async (stage) => {
    const life = await concluded(stage);
    await complete(life, 'document-office', 'conclusion-delivered', 'delivered');
    await life.wait(9);
    const entry = life.entry('stepCompleted');
    await life.do('standing-signer', { type: 'recallDelivery', entry, reason: 'r' });
    await returned(life, 'document-office', 'conclusion-delivered', 'wrong-recipient');
    await life.do('standing-signer', { type: 'answerWrongRecipient', answer: 'corrected' });
    await complete(life, 'document-office', 'conclusion-delivered', 'delivered');
    return toEnd(life);
  },

  outage: async (stage) => {
    const life = await Life.begin(stage, { ago: 1_200 });
    await life.wait(1);
    await complete(life, 'team-head', 'outline-prepared', 'ready');
    return life;
  },

  inspection: async (stage) => {
    const life = await delivered(stage);
    await life.do('standing-signer', { type: 'recordInspection', number: '1-QĐ/X' });
    await life.do('standing-signer', { type: 'issueInspection' });
    return life;
  },

  contested: async (stage) => {
    const life = await fieldWork(stage);
    const entry = life.entry('stepSubmitted');
    await life.do('unit-head', { type: 'contest', entry, text: 't' });
    await life.do('team-head', { type: 'answerContest', entry, upheld: true });
    await life.do('team-secretary', { type: 'recordPaper' });
    return life;
  },

  'changed-from-above': async (stage) => {
    const life = await unitOwesReport(stage);
    const now = new Date(await stage.clock.now());
    const on = new Date(now.getTime() + 20_000).toISOString();
    const { calendar, procedure } = opened(life);
    await life.do('engine', { type: 'changeTeam', team: 't2' });
    await life.do('engine', { type: 'amendPlan', dates: { 'self-report': { on, kind: 'by' } } });
    await life.do('engine', { type: 'applyCalendar', calendar: { ...calendar, revision: calendar.revision + 1 } });
    await life.do('engine', { type: 'applyProcedure', procedure });
    await life.wait(25);
    return life;
  },

  cancelled: async (stage) => {
    const life = await unitOwesReport(stage);
    await life.try('unit-head', { type: 'cancel', reason: 'r' });
    await life.do('standing-signer', { type: 'cancel', reason: 'r' });
    return life;
  },

  'without-conclusion': async (stage) => {
    const life = await fieldWork(stage);
    await life.do('standing-signer', { type: 'closeWithoutConclusion', reason: 'r' });
    return life;
  },
};

function opened({ events: [first] }: Life) {
  if (first?.type !== 'opened') throw new Error('a life without its opening');
  return first.data;
}
