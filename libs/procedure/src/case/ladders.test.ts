import { fieldWorkRuns, unitOwesReport } from '../testing/stages.js';
import { play, type Play } from '../testing/play.js';

const sent = (p: Play, step: string): string[] =>
  p.of('rungDue').flatMap(({ data }) => (data.step === step ? [data.id] : []));
const ladder = (p: Play): string[] => sent(p, 'self-report').filter((id) => id.includes('+'));

describe('a ladder', () => {
  it('climbs to its end for a binding due, each rung once, on working days at 08:00', () => {
    const p = unitOwesReport();
    p.until(p.at('2024-03-01'));
    expect(sent(p, 'self-report')).toEqual(['Rs-3', 'Rs-1', 'EU+1', 'EU+3', 'EU+7', 'EU+15']);
    const days = p
      .of('rungDue')
      .filter(({ data }) => data.step === 'self-report')
      .map(({ data }) => data.send);
    expect(days).toEqual(
      ['2023-08-10', '2023-08-14', '2023-08-16', '2023-08-18', '2023-08-24', '2023-09-07'].map((day) =>
        p.at(day, '08:00'),
      ),
    );
    expect(p.of('overdueBegan').find(({ data }) => data.step === 'self-report')?.at).toBe(p.at('2023-08-16', '00:00'));
  });

  it('stops when the step is met, and one rung never cancels another', () => {
    const p = unitOwesReport();
    p.do('2023-08-17', 'unit-head', { type: 'submitStep', step: 'self-report' });
    p.until(p.at('2023-10-01'));
    expect(ladder(p)).toEqual(['EU+1']);
    expect(p.view.steps.find(({ key }) => key === 'self-report')?.lateness).toEqual({
      kind: 'late',
      since: '2023-08-15',
      days: 2,
    });
  });

  it('waits for proof that the unit was told: the hold is recorded once, as our fault', () => {
    const p = unitOwesReport('2023-08-15', (rung) => (rung.endsWith('EU+1') ? undefined : 'sent'));
    p.until(p.at('2023-09-15'));
    expect(ladder(p)).toEqual(['EU+1']);
    expect(
      p
        .of('rungHeld')
        .filter(({ data }) => data.step === 'self-report')
        .map(({ data }) => data.id),
    ).toEqual(['EU+3']);
  });

  it('resumes counted from the first notice that got out', () => {
    const p = unitOwesReport('2023-08-15', (rung) => (rung.endsWith('EU+1') ? undefined : 'sent'));
    p.until(p.at('2023-09-06'));
    const rung = p.of('rungDue').find(({ data }) => data.id === 'EU+1')!.data.rung;
    p.do('2023-09-06', 'engine', {
      type: 'endNotices',
      ends: [{ rung, office: 'unit-contact', end: 'acknowledged', at: p.at('2023-09-06') }],
    });
    p.until(p.at('2023-10-31'));
    const at = (id: string) => p.of('rungDue').find(({ data }) => data.id === id)?.data;
    expect(at('EU+3')).toMatchObject({ send: p.at('2023-09-08', '08:00'), cause: 'proof' });
    expect(at('EU+7')).toMatchObject({ send: p.at('2023-09-14', '08:00') });
  });

  it('does not take a failed notice for proof, and climbs over an office that nobody holds', () => {
    const failed = unitOwesReport('2023-08-15', (rung) => (rung.endsWith('EU+1') ? 'failed' : 'sent'));
    failed.until(failed.at('2023-09-15'));
    expect(ladder(failed)).toEqual(['EU+1']);
    const nobody = unitOwesReport('2023-08-15', (rung) => (rung.endsWith('EU+1') ? 'nobody' : 'sent'));
    nobody.until(nobody.at('2023-09-15'));
    expect(ladder(nobody)).toEqual(['EU+1', 'EU+3', 'EU+7', 'EU+15']);
    expect(nobody.of('noticeEnded').some(({ data }) => data.end === 'nobody')).toBe(true);
  });

  it('collapses what an outage of ours missed, and tells nobody above the unit before the unit', () => {
    const p = unitOwesReport();
    p.until(p.at('2023-08-09'));
    p.now = p.at('2023-08-30', '11:00');
    p.settle();
    expect(sent(p, 'self-report')).toEqual(['EU+1']);
    expect(
      p
        .of('rungPassed')
        .filter(({ data }) => data.step === 'self-report')
        .map(({ data }) => [data.id, data.why]),
    ).toEqual([
      ['Rs-3', 'collapsed'],
      ['Rs-1', 'collapsed'],
    ]);
    expect(p.of('rungDue').find(({ data }) => data.id === 'EU+1')?.data).toMatchObject({
      cause: 'outage',
      send: p.at('2023-08-30', '11:00'),
    });
    p.until(p.at('2023-10-15'));
    expect(p.of('rungDue').find(({ data }) => data.id === 'EU+3')?.data.send).toBe(p.at('2023-09-05', '08:00'));
  });

  it('holds a notice found at night until the next working morning', () => {
    const p = unitOwesReport();
    p.until(p.at('2023-08-15'));
    p.now = p.at('2023-08-18', '22:30');
    p.settle();
    expect(p.of('rungDue').find(({ data }) => data.id === 'EU+1')?.data.send).toBe(p.at('2023-08-21', '08:00'));
  });

  it('is suspended while the clock is', () => {
    const p = unitOwesReport();
    p.do('2023-08-16', 'standing-signer', { type: 'suspend', reason: 'r' });
    p.until(p.at('2023-10-01'));
    // The rung of that morning had been sent before the clock was stopped.
    expect(ladder(p)).toEqual(['EU+1']);
    p.do('2023-10-02', 'standing-signer', { type: 'resume' });
    p.until(p.at('2023-10-31'));
    expect(ladder(p)).toEqual(['EU+1', 'EU+3', 'EU+7', 'EU+15']);
  });

  it('stops at debtor and area officer for a policy due, which is never called late', () => {
    const p = fieldWorkRuns();
    p.until(p.at('2023-12-01'));
    const draft = p.of('rungDue').filter(({ data }) => data.step === 'draft-report' && data.id.includes('+'));
    expect(draft.map(({ data }) => [data.id, data.to])).toEqual([['ET+1', ['team-head']]]);
    expect(p.view.steps.find(({ key }) => key === 'draft-report')?.lateness?.kind).toBe('past-mark');
    expect(sent(p, 'field-work').filter((id) => id.includes('+'))).toEqual(['ET+1', 'ET+3', 'ET+7', 'ET+10']);
  });

  it('sends of reminders whose moments had passed only the highest', () => {
    const p = play('2023-07-12');
    p.do('2023-07-17', 'team-head', { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' });
    const dates = { document: '2023-07-12', sent: '2023-07-12', received: '2023-07-12' };
    p.do('2023-07-25', 'document-office', { type: 'completeStep', step: 'kick-off', outcome: 'held' }, { dates });
    expect(p.due('self-report')).toBe('2023-07-26');
    p.until(p.at('2023-07-26', '23:00'));
    expect(sent(p, 'self-report')).toEqual(['Rs-1']);
  });
});
