import { play } from '../testing/play.js';
import { conclusionDelivered } from '../testing/stages.js';

describe('a case of the Party procedure from the plan to the filed dossier', () => {
  it('runs through every stage on time, and nobody is told they are late', () => {
    const p = conclusionDelivered();
    expect(p.due('remediation-plan')).toBe('2023-10-26');
    p.do('2023-10-20', 'unit-head', { type: 'submitStep', step: 'remediation-plan' });
    p.do('2023-10-25', 'standing-signer', { type: 'completeStep', step: 'remediation-plan', outcome: 'accepted' });
    expect(p.due('remediation-progress/m1')).toBe('2024-04-25');
    p.do('2023-10-26', 'team-secretary', { type: 'submitStep', step: 'dossier-filed.part-1' });
    p.do('2023-10-26', 'document-office', { type: 'completeStep', step: 'dossier-filed.part-1', outcome: 'filed' });
    p.do('2024-03-01', 'unit-head', { type: 'submitStep', step: 'remediation-progress/m1' });
    p.do('2024-03-04', 'inspection-commission', { type: 'judgeMeasure', measure: 'm1', outcome: 'done' });
    expect(p.due('follow-up-check')).toBe('2024-03-26');
    p.do('2024-03-20', 'inspection-commission', { type: 'completeStep', step: 'follow-up-check', outcome: 'closed' });
    p.do('2024-04-01', 'team-secretary', { type: 'submitStep', step: 'dossier-filed.part-2' });
    p.do('2024-04-02', 'document-office', { type: 'completeStep', step: 'dossier-filed.part-2', outcome: 'filed' });
    expect(p.view.status).toBe('closed');
    expect(p.of('overdueBegan')).toEqual([]);
    expect(p.row.nextMoment).toBeNull();
    expect(p.view.steps.every(({ lateness }) => lateness === null)).toBe(true);
    expect(p.view.steps.filter(({ status }) => status !== 'met')).toEqual([]);
  });

  it('counts the thirty working days from the receipt of the self-report', () => {
    const p = play();
    p.do('2023-07-17', 'team-head', { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' });
    p.do(
      '2023-08-01',
      'document-office',
      { type: 'completeStep', step: 'kick-off', outcome: 'held' },
      { dates: { document: '2023-08-01', sent: '2023-07-18', received: '2023-08-01' } },
    );
    expect(p.due('self-report')).toBe('2023-08-15');
    p.do('2023-08-15', 'unit-head', { type: 'submitStep', step: 'self-report' });
    expect(p.due('field-work')).toBe('2023-09-28');
    expect(p.due('draft-report')).toBe('2023-09-21');
    expect(p.view.steps.find(({ key }) => key === 'self-report')?.turn).toBe('team');
  });

  it('reminds and climbs once each, at 08:00 of working days', () => {
    const p = play();
    p.until(p.at('2023-09-30'));
    const rungs = p.of('rungDue').map(({ data, at }) => [data.id, at]);
    expect(rungs[0]).toEqual(['Rs-3', p.at('2023-07-13', '08:00')]);
    expect(rungs.map(([id]) => id)).toEqual(['Rs-3', 'Rs-1', 'ET+1']);
    // a policy due reminds the debtor and goes no higher
    expect(p.of('rungDue').every(({ data }) => data.to.every((office) => office.startsWith('team')))).toBe(true);
    expect(p.view.steps.find(({ key }) => key === 'outline-prepared')?.lateness).toMatchObject({
      kind: 'past-mark',
      since: '2023-07-18',
    });
  });
});
