import { Life, type Stage } from './life.js';

/** A campaign from its plan to its closing: two waves, one of them withdrawn, and acts that spread to the cases. */
export async function campaignPath(stage: Stage): Promise<Life> {
  const life = await Life.begin(stage, { scope: 'campaign' });
  const complete = (capacity: string, step: string, outcome: string) =>
    life.do(capacity, { type: 'completeStep', step, outcome });
  await life.try('coordinator', { type: 'launchWave', wave: 1, cases: 2 });
  await complete('chief-of-office', 'programme-approved', 'approved');
  await complete('standing-signer', 'plan-issued', 'issued');
  await complete('standing-signer', 'team-formed', 'issued');
  for (const wave of [1, 2]) {
    await life.do('coordinator', { type: 'launchWave', wave, cases: 2 });
    await life.until('launchCompleted', wave);
  }
  const subject = { caseId: 'c9', unit: 'u9', kind: 'body', wave: 3 } as const;
  await life.do('coordinator', { type: 'addSubject', subject });
  await life.do('coordinator', { type: 'withdrawSubject', caseId: 'c9', reason: 'r' });
  await life.do('standing-signer', { type: 'changeTeam', team: 't2' });
  await life.do('coordinator', { type: 'withdrawWave', wave: 2, reason: 'r' });
  await life.wait(5);
  await complete('chief-of-office', 'campaign-reported', 'reported');
  await life.do('coordinator', { type: 'closeCampaign', open: 0 });
  return life;
}
