import { apply, decide, fold, rowOf, type CommandBody } from '@giamsat/procedure';
import { commitStream, launches, ledger } from '@giamsat/database';
import type { StreamInput } from '@giamsat/contracts/workflow';
import type { DataSource } from 'typeorm';
import { command, MANDATE, now, seedCampaign, type Seeded } from './campaign.js';

/** As a workflow does it, without one: decide on the ledger's state, commit. */
export async function giveDirectly(
  engine: DataSource,
  scope: 'case' | 'campaign',
  id: string,
  capacity: string,
  body: CommandBody,
): Promise<void> {
  const state = fold(await ledger.eventsOf(engine, { kind: scope, id }));
  const given = command(capacity, body);
  const decision = decide(state, given, now());
  if ('refusal' in decision) throw new Error(`${body.type}: ${JSON.stringify(decision.refusal)}`);
  const { commandId, actor } = given.envelope;
  const row = rowOf(decision.events.reduce(apply, state));
  const attested = { command: given, mac: null };
  await commitStream(engine, { scope, id, commandId, afterSeq: state.seq, decision, row, grants: [], actor, attested });
}

/** A campaign whose team is formed, in Postgres alone. */
export async function formedCampaign(
  app: DataSource,
  engine: DataSource,
  procedureName: string,
  waves: number[],
): Promise<Seeded> {
  const seeded = await seedCampaign(app, procedureName, waves);
  for (const [capacity, body] of MANDATE) await giveDirectly(engine, 'campaign', seeded.campaignId, capacity, body);
  return seeded;
}

/** `n` cases launched in Postgres; what starts their workflows. */
export async function openCases(
  app: DataSource,
  engine: DataSource,
  procedureName: string,
  n: number,
): Promise<StreamInput[]> {
  const waves = Array.from({ length: n }, () => 1);
  const { campaignId } = await formedCampaign(app, engine, procedureName, waves);
  await giveDirectly(engine, 'campaign', campaignId, 'coordinator', { type: 'launchWave', wave: 1, cases: n });
  return launches.toStart(engine, { campaignId, wave: 1, limit: n });
}
