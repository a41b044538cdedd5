import { play } from '../testing/play.js';
import { conclusionDelivered, fieldWorkRuns, refusalOf, unitOwesReport } from '../testing/stages.js';

const step = (p: ReturnType<typeof play>, key: string) => p.view.steps.find((each) => each.key === key)!;

describe('a suspension', () => {
  it('lets its own day count and resumes the day after the resume', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-18', 'standing-signer', { type: 'suspend', reason: 'r' });
    expect(step(p, 'field-work').deadline).toMatchObject({ due: null, reason: 'suspended' });
    p.do('2023-08-25', 'standing-signer', { type: 'resume' });
    // three days had been used (16, 17, 18/8); the other twenty-seven run from 28/8
    expect(p.due('field-work')).toBe('2023-10-05');
    expect(step(p, 'field-work').deadline?.pauses).toEqual([{ from: '2023-08-18', to: '2023-08-25' }]);
  });

  it('moves a fixed date by as many working days', () => {
    const p = unitOwesReport();
    p.do('2023-08-01', 'standing-signer', { type: 'suspend', reason: 'r' });
    p.do('2023-08-08', 'standing-signer', { type: 'resume' });
    expect(p.due('self-report')).toBe('2023-08-22');
  });

  it('is given once and ended once', () => {
    const p = fieldWorkRuns();
    expect(refusalOf(p.try('2023-08-18', 'standing-signer', { type: 'resume' }))).toBe('NOT_SUSPENDED');
    p.do('2023-08-18', 'standing-signer', { type: 'suspend', reason: 'r' });
    expect(refusalOf(p.try('2023-08-21', 'standing-signer', { type: 'suspend', reason: 'r' }))).toBe(
      'ALREADY_SUSPENDED',
    );
    expect(p.view.status).toBe('suspended');
  });
});

describe('a paper given back', () => {
  it('has a due of its own for the supplement; the first sending is judged by the first due', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-18', 'team-head', { type: 'returnStep', step: 'self-report', outcome: 'returned-incomplete' });
    expect(step(p, 'self-report')).toMatchObject({
      status: 'open',
      turn: 'unit',
      round: 1,
      lateness: null,
      metOn: '2023-08-15',
    });
    expect(p.due('self-report')).toBe('2023-08-25');
    // the clock of the team goes on from the first receipt
    expect(p.due('field-work')).toBe('2023-09-28');
    p.do('2023-08-28', 'unit-head', { type: 'submitStep', step: 'self-report', answers: 20 });
    expect(step(p, 'self-report')).toMatchObject({
      status: 'submitted',
      turn: 'team',
      lateness: { kind: 'past-mark', since: '2023-08-25', days: 1 },
    });
  });

  it('late is always taken', () => {
    const p = unitOwesReport();
    p.do('2024-02-01', 'unit-head', { type: 'submitStep', step: 'self-report' });
    expect(step(p, 'self-report')).toMatchObject({ status: 'submitted', lateness: { kind: 'late' } });
  });

  it('where the procedure keeps the due unchanged, keeps it', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-28', 'team-secretary', { type: 'submitStep', step: 'draft-report' });
    const due = p.due('draft-report');
    p.do('2023-08-29', 'team-head', { type: 'returnStep', step: 'draft-report', outcome: 'rework' });
    expect(p.due('draft-report')).toBe(due);
  });

  it('is refused when nothing was submitted, and by the wrong verb', () => {
    const p = unitOwesReport();
    const refused = (body: Parameters<typeof p.try>[2]) => refusalOf(p.try('2023-08-01', 'team-head', body));
    expect(refused({ type: 'returnStep', step: 'self-report', outcome: 'returned-incomplete' })).toBe(
      'STEP_NOT_SUBMITTED',
    );
    p.do('2023-08-01', 'unit-head', { type: 'submitStep', step: 'self-report' });
    expect(refused({ type: 'completeStep', step: 'self-report', outcome: 'returned-incomplete' })).toBe(
      'OUTCOME_IS_A_RETURN',
    );
    expect(refused({ type: 'returnStep', step: 'self-report', outcome: 'accepted' })).toBe('OUTCOME_NOT_A_RETURN');
    expect(refused({ type: 'completeStep', step: 'self-report', outcome: 'no-such' })).toBe('OUTCOME_UNKNOWN');
    expect(refused({ type: 'completeStep', step: 'no-such', outcome: 'x' })).toBe('STEP_UNKNOWN');
    expect(refused({ type: 'completeStep', step: 'report-submitted', outcome: 'submitted' })).toBe('STEP_NOT_OPEN');
    expect(refused({ type: 'submitStep', step: 'field-work' })).toBe('STEP_NEEDS_SUBMISSION');
  });
});

describe('findings and measures', () => {
  const accepted = () => {
    const p = conclusionDelivered();
    p.do('2023-10-20', 'unit-head', { type: 'submitStep', step: 'remediation-plan' });
    p.do('2023-10-25', 'standing-signer', { type: 'completeStep', step: 'remediation-plan', outcome: 'accepted' });
    return p;
  };

  it('a duty is due on the date of the measure, else six months after the plan was accepted', () => {
    const p = accepted();
    p.do('2023-10-26', 'team-head', {
      type: 'recordMeasure',
      measure: 'm2',
      findings: ['f1'],
      nature: 'duty',
      due: { on: '2024-03-15', kind: 'before' },
    });
    p.do('2023-10-26', 'team-head', { type: 'recordMeasure', measure: 'm3', findings: ['f2'], nature: 'none' });
    expect([p.due('remediation-progress/m1'), p.due('remediation-progress/m2')]).toEqual(['2024-04-25', '2024-03-14']);
    expect(p.view.measures.map(({ measure, state }) => [measure, state])).toEqual([
      ['m1', 'open'],
      ['m2', 'open'],
      ['m3', 'no-duty'],
    ]);
    expect(p.view.steps.some(({ key }) => key === 'remediation-progress/m3')).toBe(false);
    const again = p.try('2023-10-26', 'team-head', {
      type: 'recordMeasure',
      measure: 'm2',
      findings: ['f1'],
      nature: 'duty',
    });
    expect(refusalOf(again)).toBe('ID_TAKEN');
    expect(
      refusalOf(
        p.try('2023-10-26', 'team-head', { type: 'recordMeasure', measure: 'm4', findings: ['f9'], nature: 'duty' }),
      ),
    ).toBe('FINDING_UNKNOWN');
  });

  it('partly done is reported again a year after the former due, not after the report', () => {
    const p = accepted();
    p.do('2024-04-01', 'unit-head', { type: 'submitStep', step: 'remediation-progress/m1' });
    expect(p.view.measures[0]?.state).toBe('reported');
    p.do('2024-04-05', 'inspection-commission', { type: 'judgeMeasure', measure: 'm1', outcome: 'partly' });
    expect(p.view.measures[0]?.state).toBe('partly');
    expect(p.due('remediation-progress/m1')).toBe('2025-04-25');
    p.do('2025-04-01', 'unit-head', { type: 'submitStep', step: 'remediation-progress/m1' });
    p.do('2025-04-05', 'inspection-commission', { type: 'judgeMeasure', measure: 'm1', outcome: 'done' });
    expect(p.view.measures[0]?.state).toBe('done');
    expect(
      refusalOf(p.try('2025-04-06', 'inspection-commission', { type: 'judgeMeasure', measure: 'm1', outcome: 'done' })),
    ).toBe('STEP_NOT_OPEN');
    expect(
      refusalOf(p.try('2025-04-06', 'inspection-commission', { type: 'judgeMeasure', measure: 'm8', outcome: 'done' })),
    ).toBe('MEASURE_UNKNOWN');
  });

  it('counts months to their end: six months after 31/8/2023 are 29/2/2024', () => {
    const p = conclusionDelivered();
    const entry = p.of('stepCompleted').findLast(({ data }) => data.step === 'conclusion-delivered')!.seq;
    const received = { document: '2023-08-31', sent: '2023-08-31', received: '2023-08-31' };
    p.do(
      '2023-10-02',
      'document-office',
      { type: 'correctEntry', entry, replace: { dates: received }, reason: 'r' },
      { second: 'another', secondCapacity: 'chief-of-office' },
    );
    expect(p.due('follow-up-check')).toBe('2024-02-29');
  });
});

describe('a deadline beyond the announced calendar', () => {
  it('is provisional until a calendar settles it', () => {
    const p = play('2026-11-02', {
      year: 2026,
      mandate: { 'team-formed': { outcome: 'issued', dates: { document: '2026-12-28' } } },
    });
    const due = p.due('outline-prepared')!;
    expect(step(p, 'outline-prepared').deadline).toMatchObject({ due, provisional: true });
    const settled = {
      ...p.calendar,
      revision: p.calendar.revision + 1,
      announcedTo: '2027-12-31',
      days: { ...p.calendar.days, '2027-01-01': 'off' as const },
    };
    p.do('2026-12-30', 'coordinator', { type: 'applyCalendar', calendar: settled });
    expect(step(p, 'outline-prepared').deadline).toMatchObject({ provisional: false });
    expect(p.due('outline-prepared')).toBe('2027-01-05');
  });
});
