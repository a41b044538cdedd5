import { randomUUID } from 'node:crypto';
import { eventually } from './world.js';
import type { RunningApi } from '../../apps/api/testing/start.js';

/** A campaign taken through the doors from its draft to a first wave that stands, by clerk and coordinator. Returns its id. */
export async function launchFirstWave(api: RunningApi, document: object): Promise<string> {
  const [clerk, coordinator] = [await api.as('clerk'), await api.as('coordinator')];
  const { id, version } = await clerk.createCampaign({ body: { ownerUnit: 'TU', document: { ...document } } });
  const params = { id };
  const key = randomUUID;
  await clerk.issuePlan({ params, body: { version }, key: key() });
  const decided = { type: 'completeStep', step: 'team-formed', outcome: 'issued' } as const;
  await clerk.commandCampaign({ params, key: key(), body: decided });
  await coordinator.commandCampaign({ params, key: key(), body: { type: 'launchWave', wave: 1 } });
  await eventually(async () => (await coordinator.getCampaign({ params })).waves[0]?.state === 'standing');
  return id;
}
