import { play, type Play } from '../testing/play.js';

/** Up to the delivered conclusion, everything in time. */
function toConclusion(p: Play): void {
  p.do('2023-07-17', 'team-head', { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' });
  p.do(
    '2023-07-25',
    'document-office',
    { type: 'completeStep', step: 'kick-off', outcome: 'held' },
    { dates: { document: '2023-07-25', sent: '2023-07-18', received: '2023-07-25' } },
  );
  p.do('2023-08-08', 'unit-head', { type: 'submitStep', step: 'self-report' });
  p.do('2023-08-16', 'team-head', { type: 'completeStep', step: 'self-report', outcome: 'accepted' });
  p.do('2023-08-28', 'team-secretary', { type: 'submitStep', step: 'draft-report' });
  p.do('2023-08-29', 'team-head', { type: 'completeStep', step: 'draft-report', outcome: 'to-conference' });
  p.do('2023-08-30', 'team-head', { type: 'completeStep', step: 'unit-conference', outcome: 'agreed' });
  p.do('2023-08-31', 'team-head', { type: 'completeStep', step: 'field-work', outcome: 'done' });
  p.do('2023-09-06', 'team-head', { type: 'submitStep', step: 'report-submitted' });
  p.do('2023-09-07', 'chief-of-office', { type: 'completeStep', step: 'report-submitted', outcome: 'submitted' });
  p.do('2023-09-20', 'standing-signer', { type: 'completeStep', step: 'report-reviewed', outcome: 'concluded' });
  p.do('2023-09-20', 'team-secretary', { type: 'recordFinding', finding: 'f1', kind: 'limitation' });
  p.do('2023-09-20', 'team-secretary', { type: 'recordFinding', finding: 'f2', kind: 'direction' });
  p.do('2023-09-21', 'team-head', { type: 'recordMeasure', measure: 'm1', findings: ['f1', 'f2'], nature: 'duty' });
  p.do('2023-09-22', 'standing-signer', { type: 'completeStep', step: 'conclusion-issued', outcome: 'issued' });
  p.do(
    '2023-09-26',
    'document-office',
    { type: 'completeStep', step: 'conclusion-delivered', outcome: 'delivered' },
    { dates: { document: '2023-09-25', sent: '2023-09-25', received: '2023-09-26' } },
  );
}

describe('a case of the Party procedure from the plan to the filed dossier', () => {
  it('runs through every stage on time, and nobody is told they are late', () => {
    const p = play();
    expect(p.due('outline-prepared')).toBe('2023-07-18');
    toConclusion(p);
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
