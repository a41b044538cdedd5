import { play, type Play } from '../testing/play.js';
import { fieldWorkRuns, refusalOf, reportConcluded, unitOwesReport } from '../testing/stages.js';

const submit = (step: string) => ({ type: 'submitStep' as const, step });
const complete = (step: string, outcome: string) => ({ type: 'completeStep' as const, step, outcome });
const view = (p: Play, step: string) => p.view.steps.find(({ key }) => key === step)!;
const on = (day: string) => ({ dates: { document: day, sent: day, received: day } });

describe('each term of a step', () => {
  it('is judged by its own due: in time at first, late with the supplement', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-16', 'team-head', { type: 'returnStep', step: 'self-report', outcome: 'returned-incomplete' });
    expect(p.due('self-report')).toBe('2023-08-23');
    p.do('2023-08-25', 'unit-head', submit('self-report'));
    // the supplement's own days are the installation's own figure: past a mark, not late
    expect(view(p, 'self-report').lateness).toEqual({ kind: 'past-mark', since: '2023-08-23', days: 2 });
    p.do('2023-08-28', 'team-head', complete('self-report', 'accepted'));
    expect(view(p, 'self-report').lateness).toMatchObject({ since: '2023-08-23' });
  });

  it('a breach of a binding due is not hidden by what came later', () => {
    const p = unitOwesReport();
    p.do('2023-08-17', 'unit-head', submit('self-report'));
    p.do('2023-08-18', 'team-head', { type: 'returnStep', step: 'self-report', outcome: 'returned-incomplete' });
    p.do('2023-08-29', 'unit-head', submit('self-report'));
    expect(view(p, 'self-report').lateness).toEqual({ kind: 'late', since: '2023-08-15', days: 2 });
  });

  it('a standing task is owed again each year, however well it was done', () => {
    const p = reportConcluded();
    p.do('2023-09-21', 'team-head', { type: 'recordMeasure', measure: 's1', findings: ['f1'], nature: 'standing' });
    p.do('2023-09-22', 'standing-signer', complete('conclusion-issued', 'issued'));
    p.do('2023-09-26', 'document-office', complete('conclusion-delivered', 'delivered'), on('2023-09-26'));
    p.do('2023-10-20', 'unit-head', submit('remediation-plan'));
    p.do('2023-10-25', 'standing-signer', complete('remediation-plan', 'accepted'));
    for (const year of [2024, 2025]) {
      expect(p.due('remediation-progress/s1')).toBe(`${year}-04-25`);
      p.do(`${year}-04-01`, 'unit-head', submit('remediation-progress/s1'));
      p.do(`${year}-04-05`, 'inspection-commission', { type: 'judgeMeasure', measure: 's1', outcome: 'done' });
    }
    expect(view(p, 'remediation-progress/s1').status).toBe('open');
  });

  it('what is examined again counts from what came again', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-16', 'team-head', complete('self-report', 'accepted'));
    p.do('2023-08-28', 'team-secretary', submit('draft-report'));
    p.do('2023-08-29', 'team-head', complete('draft-report', 'to-conference'));
    p.do('2023-08-30', 'team-head', complete('unit-conference', 'agreed'));
    p.do('2023-08-31', 'team-head', complete('field-work', 'done'));
    p.do('2023-09-06', 'team-head', submit('report-submitted'));
    p.do('2023-09-07', 'chief-of-office', complete('report-submitted', 'submitted'));
    const first = p.due('report-reviewed');
    p.do('2023-09-20', 'standing-signer', {
      type: 'returnStep',
      step: 'report-reviewed',
      outcome: 'returned-for-revision',
    });
    p.do('2023-09-27', 'team-head', submit('report-submitted'));
    p.do('2023-09-28', 'chief-of-office', complete('report-submitted', 'submitted'));
    expect(first).toBe('2023-10-18');
    expect(p.due('report-reviewed')).toBe('2023-11-08');
  });
});

describe('a limit that steps share', () => {
  it('cuts a later date of the plan, names itself, and is lengthened for all of them at once', () => {
    const p = play('2023-07-12', { planDates: { 'field-work': { on: '2023-12-01', kind: 'by' } } });
    p.do('2023-07-17', 'team-head', complete('outline-prepared', 'ready'));
    p.do('2023-07-25', 'document-office', complete('kick-off', 'held'), {
      dates: { document: '2023-07-25', sent: '2023-07-18', received: '2023-07-25' },
    });
    p.do('2023-08-15', 'unit-head', submit('self-report'));
    expect(view(p, 'field-work').deadline).toMatchObject({
      due: '2023-09-28',
      rule: 'cap',
      span: { n: 30, unit: 'wd' },
      cap: { id: 'supervision-time', due: '2023-09-28' },
    });
    const request = { type: 'requestExtension' as const, step: 'field-work', request: 'x1' };
    p.do('2023-09-01', 'team-head', { ...request, span: { n: 10, unit: 'wd' } });
    p.do('2023-09-05', 'standing-signer', { type: 'decideExtension', request: 'x1', granted: true });
    expect(view(p, 'field-work').deadline).toMatchObject({ due: '2023-10-12', cap: { due: '2023-10-12' } });
  });
});

describe('a paper nobody can prove to have arrived', () => {
  it('opens the step and gives no date to it, not even the date of the plan', () => {
    const p = play('2023-07-12', { planDates: { 'self-report': { on: '2023-08-15', kind: 'by' } } });
    p.do('2023-07-17', 'team-head', complete('outline-prepared', 'ready'));
    p.do('2023-07-25', 'document-office', complete('kick-off', 'by-letter'), {
      dates: { document: '2023-07-25', sent: '2023-07-25' },
    });
    expect(view(p, 'self-report')).toMatchObject({ status: 'open', deadline: { due: null, reason: 'no-anchor' } });
    p.until(p.at('2023-10-02'));
    expect(p.of('rungDue').filter(({ data }) => data.step === 'self-report')).toEqual([]);
  });
});

describe('a correction', () => {
  const correct = (entry: number, change: object) => ({ type: 'correctEntry' as const, entry, reason: 'r', ...change });
  const second = { second: 'another', secondCapacity: 'chief-of-office' };
  const seqOf = (p: Play, step: string) => p.of('stepCompleted').find(({ data }) => data.step === step)!.seq;

  it('of an outcome is taken while everything later could still have been done', () => {
    const p = reportConcluded();
    const change = { replace: { outcome: 'dissent-recorded' } };
    p.do('2023-09-25', 'document-office', correct(seqOf(p, 'unit-conference'), change), second);
    expect(view(p, 'unit-conference').outcome).toBe('dissent-recorded');
  });

  it('is refused with the later entry it would leave hanging', () => {
    const p = reportConcluded();
    const later = p.of('stepSubmitted').find(({ data }) => data.step === 'report-submitted')!.seq;
    const voided = correct(seqOf(p, 'unit-conference'), { void: true });
    expect(p.try('2023-09-25', 'document-office', voided, second)).toMatchObject({
      refusal: { code: 'CORRECTION_BREAKS_LATER', params: { later } },
    });
    const returned = correct(seqOf(p, 'unit-conference'), { replace: { outcome: 're-verify' } });
    expect(refusalOf(p.try('2023-09-25', 'document-office', returned, second))).toBe('OUTCOME_IS_A_RETURN');
  });

  it('does not reopen what has ended', () => {
    const p = reportConcluded();
    p.do('2023-09-22', 'standing-signer', { type: 'closeWithoutConclusion', reason: 'r' });
    const end = p.of('closedWithoutConclusion')[0]!.seq;
    const voided = correct(end, { void: true });
    expect(refusalOf(p.try('2023-09-25', 'document-office', voided, second))).toBe('CORRECTION_BREAKS_LATER');
    expect(p.view.status).toBe('without-conclusion');
  });
});

describe('what stands beside a case', () => {
  it('a delay may be explained after the act, and after the end', () => {
    const p = unitOwesReport();
    p.do('2023-08-17', 'unit-head', submit('self-report'));
    p.do('2023-08-18', 'unit-head', { type: 'explainDelay', step: 'self-report', text: 't' });
    p.do('2023-08-21', 'standing-signer', { type: 'cancel', reason: 'r' });
    p.do('2023-08-22', 'unit-head', { type: 'explainDelay', step: 'self-report', text: 't' });
    expect(p.of('delayExplained')).toHaveLength(2);
  });
});
