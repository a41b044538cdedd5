import type { CommandBody, Envelope } from '../index.js';
import { Play, opening, partyProcedure, play, vietnam } from '../testing/play.js';
import { conclusionDelivered, fieldWorkRuns, refusalOf, reportConcluded, unitOwesReport } from '../testing/stages.js';
import { OF_THE_DOORS, REFUSAL_CODES, type RefusalCode } from './refusals.js';

type Given = [p: Play, on: string, capacity: string, body: CommandBody, extra?: Partial<Envelope>];

const complete = (step: string, outcome: string) => ({ type: 'completeStep' as const, step, outcome });
const give = (step: string, outcome: string) => ({ type: 'returnStep' as const, step, outcome });
const submit = (step: string) => ({ type: 'submitStep' as const, step });
const ask = (request: string, n: number, step = 'field-work') => ({
  type: 'requestExtension' as const,
  step,
  request,
  span: { n, unit: 'wd' as const },
});
const correct = (entry: number, change: object = { void: true }) => ({
  type: 'correctEntry' as const,
  entry,
  reason: 'r',
  ...change,
});
const finding = { type: 'recordFinding' as const, finding: 'f1', kind: 'cause' as const };
const measure = (findings: string[]) => ({
  type: 'recordMeasure' as const,
  measure: 'm9',
  findings,
  nature: 'duty' as const,
});
const second = { second: 'another', secondCapacity: 'chief-of-office' };

function campaign(...acts: [string, string][]): Play {
  const p = new Play(partyProcedure(), vietnam(), opening({ scope: 'campaign', mandate: {} }), '2023-01-03');
  for (const [step, outcome] of acts) p.do('2023-07-11', 'standing-signer', complete(step, outcome));
  return p;
}
const FORMED: [string, string][] = [
  ['programme-approved', 'approved'],
  ['plan-issued', 'issued'],
  ['team-formed', 'issued'],
];
/** A play in which this has been done before. */
function after(p: Play, ...acts: [string, string, CommandBody, Partial<Envelope>?][]): Play {
  for (const act of acts) p.do(...act);
  return p;
}
const asked = () => after(fieldWorkRuns(), ['2023-09-01', 'team-head', ask('x1', 5)]);
const launching = () =>
  after(campaign(...FORMED), ['2023-07-12', 'coordinator', { type: 'launchWave', wave: 1, cases: 3 }]);
const transferring = (extra: Partial<Extract<CommandBody, { type: 'transferUnit' }>>): Given => [
  fieldWorkRuns(),
  '2023-08-17',
  'standing-signer',
  { type: 'transferUnit', to: ['u2'], instrument: { kind: 'QĐ' }, ...extra },
];
const seqOf = (p: Play, type: 'stepSubmitted' | 'stepCompleted') => p.of(type)[0]!.seq;

/** One way to each refusal; the type asks for every code of the core. */
const WAYS: Record<Exclude<RefusalCode, (typeof OF_THE_DOORS)[number]>, () => Given> = {
  STEP_UNKNOWN: () => [play(), '2023-07-17', 'team-head', complete('nowhere', 'ready')],
  STEP_NOT_OPEN: () => [play(), '2023-07-17', 'team-head', complete('kick-off', 'held')],
  STEP_NOT_SUBMITTED: () => [unitOwesReport(), '2023-08-01', 'team-head', complete('self-report', 'accepted')],
  STEP_NEEDS_SUBMISSION: () => [fieldWorkRuns(), '2023-08-16', 'team-head', submit('field-work')],
  OUTCOME_UNKNOWN: () => [play(), '2023-07-17', 'team-head', complete('outline-prepared', 'perfect')],
  OUTCOME_NOT_A_RETURN: () => [fieldWorkRuns(), '2023-08-16', 'team-head', give('self-report', 'accepted')],
  OUTCOME_IS_A_RETURN: () => [
    fieldWorkRuns(),
    '2023-08-16',
    'team-head',
    complete('self-report', 'returned-incomplete'),
  ],
  NOT_ALLOWED: () => [unitOwesReport(), '2023-08-01', 'auditor', submit('self-report')],
  DATE_MISSING: () => [
    unitOwesReport(),
    '2023-08-01',
    'document-office',
    submit('self-report'),
    { dates: { document: '2023-08-01' } },
  ],
  DATE_INVALID: () => [
    unitOwesReport(),
    '2023-08-01',
    'document-office',
    submit('self-report'),
    { dates: { sent: '2023-02-30' } },
  ],
  DATE_IN_FUTURE: () => [
    unitOwesReport(),
    '2023-08-01',
    'document-office',
    submit('self-report'),
    { dates: { sent: '2023-08-02' } },
  ],
  DATE_ORDER: () => [
    unitOwesReport(),
    '2023-08-01',
    'document-office',
    submit('self-report'),
    { dates: { document: '2023-08-01', sent: '2023-07-31' } },
  ],
  DATE_NOT_YOURS: () => [
    unitOwesReport(),
    '2023-08-01',
    'unit-head',
    submit('self-report'),
    { dates: { sent: '2023-07-31' } },
  ],
  NOTICE_TOO_SHORT: () => [
    after(play(), ['2023-07-17', 'team-head', complete('outline-prepared', 'ready')]),
    '2023-07-25',
    'document-office',
    complete('kick-off', 'held'),
    { dates: { document: '2023-07-25', sent: '2023-07-24' } },
  ],
  PAPER_MISSING: () => [
    after(conclusionDelivered(), ['2023-10-02', 'inspection-commission', complete('follow-up-check', 'inspect')]),
    '2023-10-03',
    'standing-signer',
    { type: 'recordInspection' },
  ],
  EXTENSION_NOT_POSSIBLE: () => [unitOwesReport(), '2023-08-01', 'unit-head', ask('x1', 0, 'self-report')],
  EXTENSION_USED: () => [
    after(asked(), ['2023-09-02', 'standing-signer', { type: 'decideExtension', request: 'x1', granted: true }]),
    '2023-09-05',
    'team-head',
    ask('x2', 5),
  ],
  EXTENSION_PENDING: () => [asked(), '2023-09-05', 'team-head', ask('x2', 5)],
  EXTENSION_TOO_LONG: () => [fieldWorkRuns(), '2023-09-01', 'team-head', ask('x1', 11)],
  EXTENSION_UNKNOWN: () => [
    fieldWorkRuns(),
    '2023-09-01',
    'standing-signer',
    { type: 'decideExtension', request: 'x9', granted: false },
  ],
  ALREADY_SUSPENDED: () => [
    after(fieldWorkRuns(), ['2023-09-01', 'standing-signer', { type: 'suspend', reason: 'r' }]),
    '2023-09-02',
    'standing-signer',
    { type: 'suspend', reason: 'r' },
  ],
  NOT_SUSPENDED: () => [fieldWorkRuns(), '2023-09-01', 'standing-signer', { type: 'resume' }],
  ID_TAKEN: () => [reportConcluded(), '2023-09-22', 'team-head', finding],
  FINDING_UNKNOWN: () => [reportConcluded(), '2023-09-22', 'team-head', measure(['f9'])],
  MEASURE_UNKNOWN: () => [
    conclusionDelivered(),
    '2023-10-02',
    'inspection-commission',
    { type: 'judgeMeasure', measure: 'm9', outcome: 'done' },
  ],
  ENTRY_UNKNOWN: () => [fieldWorkRuns(), '2023-08-17', 'document-office', correct(999), second],
  ENTRY_DERIVED: () => {
    const p = fieldWorkRuns();
    return [p, '2023-08-17', 'unit-head', { type: 'contest', entry: p.of('dueSet').at(-1)!.seq, text: 't' }];
  },
  ENTRY_NOT_CORRECTABLE: () => {
    const p = fieldWorkRuns();
    return [p, '2023-08-17', 'document-office', correct(seqOf(p, 'stepSubmitted'), {}), second];
  },
  ENTRY_ALREADY_CORRECTED: () => {
    const p = fieldWorkRuns();
    const entry = seqOf(p, 'stepSubmitted');
    after(p, ['2023-08-17', 'document-office', correct(entry), second]);
    return [p, '2023-08-18', 'document-office', correct(entry), second];
  },
  CORRECTION_BREAKS_LATER: () => {
    const p = fieldWorkRuns();
    return [p, '2023-08-17', 'document-office', correct(seqOf(p, 'stepCompleted')), second];
  },
  SECOND_PERSON_MISSING: () => {
    const p = fieldWorkRuns();
    return [p, '2023-08-17', 'document-office', correct(seqOf(p, 'stepSubmitted'))];
  },
  SAME_PERSON: () => [
    fieldWorkRuns(),
    '2023-08-17',
    'team-head',
    complete('self-report', 'accepted'),
    { actor: 'p-unit-head' },
  ],
  NOT_LATE: () => [
    unitOwesReport(),
    '2023-08-01',
    'unit-head',
    { type: 'explainDelay', step: 'self-report', text: 't' },
  ],
  NOT_CONTESTED: () => [fieldWorkRuns(), '2023-08-17', 'team-head', { type: 'answerContest', entry: 2, upheld: true }],
  NOTHING_TO_ANSWER: () => [
    fieldWorkRuns(),
    '2023-08-17',
    'standing-signer',
    { type: 'answerWrongRecipient', answer: 'copy' },
  ],
  NOTHING_TO_RECALL: () => [
    fieldWorkRuns(),
    '2023-08-17',
    'standing-signer',
    { type: 'recallDelivery', entry: 999, reason: 'r' },
  ],
  UNIT_NOT_STANDING: () => transferring({ from: 'u9' }),
  NOT_A_SUCCESSOR: () => transferring({ to: ['u1'] }),
  NOTHING_TO_TAKE_OVER: () => transferring({ to: ['u2', 'u3'], duties: [{ duty: 'self-report', units: ['u2'] }] }),
  DUTY_UNKNOWN: () => transferring({ duties: [{ duty: 'field-work', units: ['u2'] }] }),
  DUTY_TWICE: () => transferring({ duties: [1, 2].map(() => ({ duty: 'self-report', units: ['u2'] })) }),
  DUTY_NOT_NAMED: () => transferring({ to: ['u2', 'u3'] }),
  DUTY_SHARED: () => transferring({ to: ['u2', 'u3'], duties: [{ duty: 'self-report', units: ['u2', 'u3'] }] }),
  REASON_MISSING: () => transferring({ closes: ['self-report'] }),
  NOTHING_LEFT: () => {
    const [, ...given] = transferring({ closes: ['self-report'], reason: 'r' });
    return [unitOwesReport(), ...given];
  },
  TRANSFER_UNKNOWN: () => [fieldWorkRuns(), '2023-08-17', 'unit-head', { type: 'acceptTransfer', unit: 'u2' }],
  INSPECTION_NOT_FOUNDED: () => [
    fieldWorkRuns(),
    '2023-08-17',
    'standing-signer',
    { type: 'recordInspection', number: '1' },
  ],
  INSPECTION_UNKNOWN: () => [fieldWorkRuns(), '2023-08-17', 'standing-signer', { type: 'issueInspection' }],
  CASE_ENDED: () => [
    after(fieldWorkRuns(), ['2023-08-17', 'standing-signer', { type: 'cancel', reason: 'r' }]),
    '2023-08-18',
    'team-head',
    finding,
  ],
  CASES_OPEN: () => [
    after(campaign(...FORMED), ['2024-01-10', 'coordinator', complete('campaign-reported', 'reported')]),
    '2024-01-11',
    'coordinator',
    { type: 'closeCampaign', open: 2 },
  ],
  CAMPAIGN_NOT_READY: () => [campaign(), '2023-07-11', 'coordinator', { type: 'launchWave', wave: 1, cases: 3 }],
  LAUNCH_IN_PROGRESS: () => [launching(), '2023-07-12', 'coordinator', { type: 'launchWave', wave: 2, cases: 3 }],
  WAVE_UNKNOWN: () => [launching(), '2023-07-12', 'engine', { type: 'completeLaunch', wave: 2 }],
  SCOPE: () => [campaign(), '2023-07-11', 'team-head', finding],
  SEQ_MOVED: () => [fieldWorkRuns(), '2023-08-17', 'team-head', finding, { expectedSeq: 1 }],
  NOTHING_DUE: () => [
    fieldWorkRuns(),
    '2023-08-17',
    'engine',
    { type: 'passMoment', moment: '2023-08-17T00:00:00.000Z' },
  ],
  NOTICE_UNKNOWN: () => [
    fieldWorkRuns(),
    '2023-08-17',
    'engine',
    { type: 'endNotices', ends: [{ rung: 'r', office: 'o', end: 'sent', at: '2023-08-17T00:00:00.000Z' }] },
  ],
  NOTICE_UNANSWERED: () => [
    after(reportConcluded(), [
      '2023-09-22',
      'document-office',
      { type: 'recordPaper', about: 'conclusion-issued', blocks: ['RECIPIENT_UNIT_MISMATCH'] },
    ]),
    '2023-09-22',
    'standing-signer',
    complete('conclusion-issued', 'issued'),
  ],
};

it.each(Object.entries(WAYS))('refuses with %s, and changes nothing', (code, way) => {
  const [p, on, capacity, body, extra] = way();
  p.until(p.at(on));
  const before = JSON.stringify(p.state);
  expect(refusalOf(p.try(on, capacity, body, extra))).toBe(code);
  expect(JSON.stringify(p.state)).toBe(before);
});

it('knows no other codes than those', () => {
  expect(Object.keys(WAYS).sort()).toEqual(
    REFUSAL_CODES.filter((code) => !(OF_THE_DOORS as readonly string[]).includes(code)).sort(),
  );
});
