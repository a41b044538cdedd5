import { allowed, type CaseView, explain, type CommandBody } from '../index.js';
import { Play, opening, partyProcedure, vietnam } from '../testing/play.js';
import {
  conclusionDelivered,
  conclusionIssued,
  fieldWorkRuns,
  refusalOf,
  reportConcluded,
  unitOwesReport,
} from '../testing/stages.js';
import { redact } from './readers.js';

const reads = (p: Play, office: string) => redact(p.state, p.events, { person: 'x', offices: [office] }, p.now);

describe('who reads and who acts', () => {
  it('drafts, reviews and internal reports are not the unit’s to read', () => {
    const p = fieldWorkRuns();
    p.until(p.at('2023-10-10'));
    const unit = reads(p, 'unit-head');
    expect(unit.steps.some(({ key }) => key === 'draft-report')).toBe(false);
    // The procedure itself, in the opening event, is public; what happened inside is not.
    expect(
      unit.events
        .filter(({ type }) => type !== 'opened')
        .some((event) => JSON.stringify(event).includes('draft-report')),
    ).toBe(false);
    expect(reads(p, 'team-head').steps.map(({ key }) => key)).toContain('draft-report');
  });

  it('findings are revealed with the delivered conclusion, an inspection with its decision', () => {
    const early = fieldWorkRuns();
    early.do('2023-08-16', 'team-secretary', { type: 'recordFinding', finding: 'f1', kind: 'limitation' });
    expect(reads(early, 'unit-head').findings).toEqual([]);
    const p = conclusionDelivered();
    expect(reads(p, 'unit-head').findings).toHaveLength(2);
    const inspected = { type: 'completeStep' as const, step: 'follow-up-check', outcome: 'inspect' };
    p.do('2023-10-02', 'inspection-commission', inspected);
    expect(refusalOf(p.try('2023-10-02', 'standing-signer', { type: 'recordInspection' }))).toBe('PAPER_MISSING');
    expect(refusalOf(p.try('2023-10-02', 'standing-signer', { type: 'issueInspection' }))).toBe('INSPECTION_UNKNOWN');
    p.do('2023-10-02', 'standing-signer', { type: 'recordInspection', number: '12-QĐ/UBKTTU' });
    expect(reads(p, 'unit-head').inspection).toBeNull();
    expect(JSON.stringify(reads(p, 'unit-head'))).not.toContain('12-QĐ/UBKTTU');
    p.do('2023-10-03', 'standing-signer', { type: 'issueInspection' });
    expect(reads(p, 'unit-head').inspection).toMatchObject({ number: '12-QĐ/UBKTTU', issued: true });
  });

  it('no number of an entry tells that something is hidden, and what is revealed comes behind what was told', () => {
    const play = (findings: string[]) => {
      const p = unitOwesReport();
      for (const finding of findings)
        p.do('2023-08-01', 'team-secretary', { type: 'recordFinding', finding, kind: 'limitation' });
      p.do('2023-08-15', 'unit-head', { type: 'submitStep', step: 'self-report' });
      p.do('2023-08-16', 'unit-head', { type: 'contest', entry: p.of('stepSubmitted')[0]!.seq, text: 't' });
      return p;
    };
    const told = (p: Play) => {
      const { events, ...view } = reads(p, 'unit-head');
      return { ...view, acts: [], events: events.map((event) => ({ ...event, commandId: '' })) };
    };
    const [plain, hiding] = [play([]), play(['f1', 'f2', 'f3'])];
    expect(told(hiding)).toEqual(told(plain));
    expect(hiding.state.seq).toBeGreaterThan(plain.state.seq);
    expect(reads(hiding, 'team-head').events.map(({ seq }) => seq)).toEqual(hiding.events.map(({ seq }) => seq));

    const p = conclusionIssued();
    p.until(p.at('2023-09-26'));
    const numbered = ({ events }: CaseView) => new Map(events.map(({ seq, ...event }) => [seq, event]));
    const before = numbered(reads(p, 'unit-head'));
    expect([...before.keys()]).toEqual([...before].map((_, i) => i + 1));
    const dates = { document: '2023-09-25', sent: '2023-09-25', received: '2023-09-26' };
    const delivered = { type: 'completeStep' as const, step: 'conclusion-delivered', outcome: 'delivered' };
    p.do('2023-09-26', 'document-office', delivered, { dates });
    const view = reads(p, 'unit-head');
    const after = numbered(view);
    for (const [n, event] of before) expect(after.get(n)).toEqual(event);
    expect([...after.keys()].sort((a, b) => a - b)).toEqual([...after].map((_, i) => i + 1));
    expect(view.findings.map(({ seq }) => seq)).toEqual([before.size + 1, before.size + 2]);
    expect(view.seq).toBe(after.size);
  });

  it('signs of violation stay inside until the inspection is issued; the clock of the unit tells nothing of them', () => {
    const p = fieldWorkRuns();
    const signs = { type: 'completeStep' as const, step: 'field-work', outcome: 'signs-of-violation' };
    p.do('2023-08-21', 'team-head', signs);
    const entry = p.of('stepCompleted').at(-1)!.seq;
    const number = { replace: { paper: { kind: 'BB', number: '9-BB/ĐGS' } } };
    const correction = { type: 'correctEntry' as const, entry, reason: 'r', ...number };
    p.do('2023-08-22', 'document-office', correction, { second: 'another', secondCapacity: 'chief-of-office' });
    p.until(p.at('2023-10-02'));
    const unit = reads(p, 'unit-head');
    expect(unit.steps.find(({ key }) => key === 'field-work')).toMatchObject({ status: 'open', lateness: null });
    expect(JSON.stringify(unit.events.slice(1))).not.toMatch(/signs-of-violation|9-BB/);
    expect(reads(p, 'team-head').steps.find(({ key }) => key === 'field-work')).toMatchObject({ status: 'met' });
    p.do('2023-10-03', 'standing-signer', { type: 'recordInspection', number: '12-QĐ/UBKTTU' });
    p.do('2023-10-04', 'standing-signer', { type: 'issueInspection' });
    expect(reads(p, 'unit-head').steps.find(({ key }) => key === 'field-work')?.outcome).toBe('signs-of-violation');
  });

  it('what only a hidden act opened is not told by its deadline either', () => {
    const p = reportConcluded();
    expect(p.view.steps.find(({ key }) => key === 'conclusion-issued')?.status).toBe('open');
    const unit = reads(p, 'unit-head');
    expect(unit.steps.find(({ key }) => key === 'conclusion-issued')).toMatchObject({
      status: 'waiting',
      deadline: null,
    });
    expect(unit.events.slice(1).some((event) => JSON.stringify(event).includes('conclusion-issued'))).toBe(false);
  });

  it('the issuer is not the author, unless a signed paper of the other stands behind it, and then it is said', () => {
    const p = reportConcluded();
    const issue = { type: 'completeStep' as const, step: 'conclusion-issued', outcome: 'issued' };
    const author = { actor: 'p-team-head' };
    expect(refusalOf(p.try('2023-09-22', 'standing-signer', issue, author))).toBe('SAME_PERSON');
    const paper = { kind: 'TB', number: '5-TB/TU', signedAs: 'T/M' };
    p.do('2023-09-22', 'standing-signer', issue, { ...author, paper });
    const hand = (step: string) => p.view.steps.find(({ key }) => key === step)?.sameHand;
    expect([hand('conclusion-issued'), hand('report-submitted')]).toEqual([true, false]);
  });

  it('offers exactly what decide then takes, by office', () => {
    const p = unitOwesReport();
    const may = (office: string) =>
      allowed(p.view, { person: 'x', offices: [office] }).map(({ type, step }) => (step ? `${type} ${step}` : type));
    expect(may('unit-head')).toEqual(
      expect.arrayContaining(['submitStep self-report', 'requestExtension self-report', 'contest']),
    );
    expect(may('auditor')).toEqual([]);
    expect(may('standing-signer')).toContain('suspend');
    expect(refusalOf(p.try('2023-08-01', 'auditor', { type: 'submitStep', step: 'self-report' }))).toBe('NOT_ALLOWED');
  });

  it('lateness locks nobody out', () => {
    const p = unitOwesReport();
    expect(refusalOf(p.try('2023-08-01', 'unit-head', { type: 'explainDelay', step: 'self-report', text: 't' }))).toBe(
      'NOT_LATE',
    );
    p.until(p.at('2023-10-02'));
    p.do('2023-10-02', 'unit-head', { type: 'explainDelay', step: 'self-report', text: 't' });
    p.do('2023-10-02', 'unit-head', { type: 'submitStep', step: 'self-report' });
    expect(p.due('field-work')).not.toBeNull();
  });

  it('the unit may contest what was entered about it, and is answered', () => {
    const p = fieldWorkRuns();
    const entry = p.of('stepSubmitted')[0]!.seq;
    expect(refusalOf(p.try('2023-08-16', 'unit-head', { type: 'contest', entry: 999, text: 't' }))).toBe(
      'ENTRY_UNKNOWN',
    );
    expect(refusalOf(p.try('2023-08-16', 'team-head', { type: 'answerContest', entry, upheld: true }))).toBe(
      'NOT_CONTESTED',
    );
    p.do('2023-08-16', 'unit-head', { type: 'contest', entry, text: 't' });
    p.do('2023-08-17', 'team-head', { type: 'answerContest', entry, upheld: false });
    expect(p.view.contests).toMatchObject([{ entry, answered: true }]);
  });
});

describe('why a date is what it is', () => {
  it('names anchor, rule, article, every day left out and what kind of due it is', () => {
    const p = fieldWorkRuns();
    const lines = explain(p.view.steps.find(({ key }) => key === 'field-work')!.deadline!);
    expect(lines).toContainEqual({
      code: 'anchor',
      params: {
        step: 'self-report',
        date: 'received',
        on: '2023-08-15',
        paper: null,
        entry: p.of('stepSubmitted')[0]!.seq,
      },
    });
    expect(lines).toContainEqual({ code: 'basis', params: { basis: 'hd02', evidence: 'V' } });
    expect(lines).toContainEqual({ code: 'skipped', params: { date: '2023-09-04', why: expect.any(String) as never } });
    expect(lines).toContainEqual({ code: 'due', params: { due: '2023-09-28' } });
    expect(lines).toContainEqual({ code: 'force', params: { force: 'binding' } });
  });
});

describe('the life of a case', () => {
  it('passes to successors by their acceptance, and keeps its history', () => {
    const p = fieldWorkRuns();
    expect(refusalOf(p.try('2023-08-16', 'unit-head', { type: 'acceptTransfer', unit: 'u2' }))).toBe(
      'TRANSFER_UNKNOWN',
    );
    p.do('2023-08-16', 'standing-signer', {
      type: 'transferUnit',
      to: ['u2'],
      instrument: { kind: 'NQ', number: '1662/NQ-UBTVQH15' },
    });
    p.do('2023-08-17', 'unit-head', { type: 'acceptTransfer', unit: 'u2' });
    expect(p.view.units).toEqual(['u2']);
    expect(p.view.transfers).toEqual([{ from: 'u1', shares: { '*': ['u2'] }, accepted: ['u2'] }]);
    expect(refusalOf(p.try('2023-08-17', 'unit-head', { type: 'acceptTransfer', unit: 'u2' }))).toBe(
      'TRANSFER_UNKNOWN',
    );
  });

  it('ends by an explicit act; the record stays open to truth, not to new acts', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-16', 'standing-signer', { type: 'closeWithoutConclusion', reason: 'r' });
    expect(p.view.status).toBe('without-conclusion');
    expect(p.row.nextMoment).toBeNull();
    expect(
      refusalOf(p.try('2023-08-17', 'team-head', { type: 'completeStep', step: 'field-work', outcome: 'done' })),
    ).toBe('CASE_ENDED');
    expect(refusalOf(p.try('2023-08-17', 'standing-signer', { type: 'cancel', reason: 'r' }))).toBe('CASE_ENDED');
    p.do('2023-08-18', 'document-office', { type: 'recordPaper' });
    const q = fieldWorkRuns();
    q.do('2023-08-16', 'standing-signer', { type: 'cancel', reason: 'r' });
    expect(q.view.status).toBe('cancelled');
  });

  it('moves to the procedure of 2026 by an explicit act', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-16', 'coordinator', { type: 'applyProcedure', procedure: partyProcedure('2026') });
    expect(p.state.procedure.version).toBe('2026');
    expect(p.state.dues['field-work']).toMatchObject({ force: 'policy', cause: 'procedure' });
  });

  it('amends a plan date, and the due moves with it', () => {
    const p = unitOwesReport();
    p.do('2023-08-01', 'standing-signer', {
      type: 'amendPlan',
      dates: { 'self-report': { on: '2023-08-21', kind: 'before' } },
    });
    expect(p.due('self-report')).toBe('2023-08-20');
    expect(p.state.dues['self-report']?.cause).toBe('plan');
  });
});

describe('the life of a campaign', () => {
  const campaign = () =>
    new Play(
      partyProcedure(),
      vietnam(),
      opening({ scope: 'campaign', subject: undefined, mandate: {}, year: 2023 }),
      '2023-01-03',
    );
  const formed = () => {
    const p = campaign();
    p.do('2023-01-10', 'chief-of-office', { type: 'completeStep', step: 'programme-approved', outcome: 'approved' });
    p.do('2023-07-11', 'standing-signer', { type: 'completeStep', step: 'plan-issued', outcome: 'issued' });
    p.do('2023-07-11', 'standing-signer', { type: 'completeStep', step: 'team-formed', outcome: 'issued' });
    return p;
  };
  const wave = (type: 'launchWave' | 'completeLaunch', n = 1): CommandBody =>
    type === 'launchWave' ? { type, wave: n, cases: 11 } : { type, wave: n };

  it('launches after the team is formed, once a wave, and nothing is amended meanwhile', () => {
    const early = campaign();
    expect(refusalOf(early.try('2023-01-10', 'coordinator', wave('launchWave')))).toBe('CAMPAIGN_NOT_READY');
    const p = formed();
    p.do('2023-07-12', 'coordinator', wave('launchWave'));
    expect(refusalOf(p.try('2023-07-12', 'coordinator', wave('launchWave', 2)))).toBe('LAUNCH_IN_PROGRESS');
    expect(refusalOf(p.try('2023-07-12', 'standing-signer', { type: 'amendPlan', dates: {} }))).toBe(
      'LAUNCH_IN_PROGRESS',
    );
    expect(refusalOf(p.try('2023-07-12', 'coordinator', wave('completeLaunch')))).toBe('NOT_ALLOWED');
    p.do('2023-07-12', 'engine', wave('completeLaunch'));
    expect(refusalOf(p.try('2023-07-13', 'coordinator', wave('launchWave')))).toBe('WAVE_UNKNOWN');
    p.do('2023-07-13', 'coordinator', { type: 'withdrawWave', wave: 1, reason: 'r' });
  });

  it('closes after its report, and not over open cases', () => {
    const p = formed();
    expect(refusalOf(p.try('2024-01-10', 'coordinator', { type: 'closeCampaign', open: 0 }))).toBe(
      'CAMPAIGN_NOT_READY',
    );
    p.do('2024-01-10', 'chief-of-office', { type: 'completeStep', step: 'campaign-reported', outcome: 'reported' });
    expect(refusalOf(p.try('2024-01-11', 'coordinator', { type: 'closeCampaign', open: 2 }))).toBe('CASES_OPEN');
    p.do('2024-01-12', 'coordinator', { type: 'closeCampaign', open: 0 });
    expect(p.view.status).toBe('closed');
  });

  it('ends when its plan is taken away', () => {
    const p = campaign();
    p.do('2023-01-10', 'chief-of-office', { type: 'completeStep', step: 'programme-approved', outcome: 'approved' });
    p.do('2023-07-11', 'standing-signer', { type: 'completeStep', step: 'plan-issued', outcome: 'cancelled' });
    expect(p.view.status).toBe('cancelled');
  });

  it('knows nothing of the acts of a case', () => {
    expect(
      refusalOf(formed().try('2023-07-12', 'team-secretary', { type: 'recordFinding', finding: 'f', kind: 'cause' })),
    ).toBe('SCOPE');
  });
});

it('a command on an older state, or a moment that is not due, changes nothing', () => {
  const p = fieldWorkRuns();
  expect(
    refusalOf(
      p.try(
        '2023-08-16',
        'team-head',
        { type: 'completeStep', step: 'self-report', outcome: 'accepted' },
        { expectedSeq: 1 },
      ),
    ),
  ).toBe('SEQ_MOVED');
  expect(refusalOf(p.try('2023-08-16', 'team-head', { type: 'passMoment', moment: p.now }))).toBe('NOT_ALLOWED');
  expect(refusalOf(p.try('2023-08-16', 'engine', { type: 'passMoment', moment: p.now }))).toBe('NOTHING_DUE');
  expect(
    refusalOf(
      p.try('2023-08-16', 'engine', { type: 'endNotices', ends: [{ rung: 'x', office: 'y', end: 'sent', at: p.now }] }),
    ),
  ).toBe('NOTICE_UNKNOWN');
});
