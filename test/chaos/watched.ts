import { offices, people } from '@giamsat/database';
import { act, formedCampaign, giveTo } from '@giamsat/database/testing';
import type { DataSource } from 'typeorm';
import type { Watched } from './contexts.js';

const ON = '2026-03-05';

/** Campaigns of four units each with a head apiece, and a coordinator over each campaign. */
export async function watchedCampaigns(owner: DataSource, engine: DataSource, count: number): Promise<Watched[]> {
  const watched: Watched[] = [];
  const add = async (office: string, scope: offices.OfficeScope, rows: string[]): Promise<void> => {
    const person = await people.add(owner, { name: 'Nguyễn Mẫu' }, act);
    await offices.grant(owner, { person, office, scope, from: '2026-01-01' }, act);
    watched.push({ viewer: { person, on: ON, unitOffices: ['unit-head'], auditOffices: ['auditor'] }, rows });
  };
  for (let i = 0; i < count; i++) {
    const { campaign, subjects } = await formedCampaign(owner, engine, [1, 1, 1, 1]);
    await giveTo(engine, 'campaign', campaign, { type: 'launchWave', wave: 1, cases: 4 }, 'coordinator');
    await owner.query(`UPDATE campaign_wave SET state = 'standing'`);
    await add('coordinator', { campaign }, [campaign, ...subjects.map(({ caseId }) => caseId)]);
    for (const { unit, caseId } of subjects) await add('unit-head', { unit }, [caseId]);
  }
  return watched;
}
