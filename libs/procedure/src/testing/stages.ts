import { play, type Play } from './play.js';

/** A case whose plan gave the unit a date for its report: a binding due. Kick-off held, the unit's turn. */
export function unitOwesReport(due = '2023-08-15', ends?: Play['ends']): Play {
  const p = play('2023-07-12', { planDates: { 'self-report': { on: due, kind: 'by' } } });
  if (ends) p.ends = ends;
  p.do('2023-07-17', 'team-head', { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' });
  const dates = { document: '2023-07-25', sent: '2023-07-18', received: '2023-07-25' };
  p.do('2023-07-25', 'document-office', { type: 'completeStep', step: 'kick-off', outcome: 'held' }, { dates });
  return p;
}

/** The unit's report came on its last day: the team's thirty working days run to 28/9/2023 (design §3.18). */
export function fieldWorkRuns(): Play {
  const p = unitOwesReport();
  p.do('2023-08-15', 'unit-head', { type: 'submitStep', step: 'self-report' });
  return p;
}

/** Everything on time up to the session that concluded; two findings and one measure are recorded. */
export function reportConcluded(): Play {
  const p = fieldWorkRuns();
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
  return p;
}

export function conclusionIssued(): Play {
  const p = reportConcluded();
  p.do('2023-09-22', 'standing-signer', { type: 'completeStep', step: 'conclusion-issued', outcome: 'issued' });
  return p;
}

/** The right body has received the conclusion on 26/9/2023: its remediation plan is due on 26/10/2023. */
export function conclusionDelivered(): Play {
  const p = conclusionIssued();
  const dates = { document: '2023-09-25', sent: '2023-09-25', received: '2023-09-26' };
  p.do(
    '2023-09-26',
    'document-office',
    { type: 'completeStep', step: 'conclusion-delivered', outcome: 'delivered' },
    { dates },
  );
  return p;
}

export const refusalOf = (decision: ReturnType<Play['try']>): string | null =>
  'refusal' in decision ? decision.refusal.code : null;
