import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectClient, startStream } from '@giamsat/contracts/temporal';
import { campaignWorkflowId, caseWorkflowId, updateFor, type Answer } from '@giamsat/contracts/workflow';
import { campaigns, ledger, newId, offices, organisations, people } from '@giamsat/database';
import { createTestDatabase, type TestDatabase } from '@giamsat/database/testing';
import {
  fold,
  openStream,
  type CaseEvent,
  type Command,
  type CommandBody,
  type Envelope,
  type Opening,
} from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { bundleWorkflows } from '@giamsat/workflows/bundle';
import type { Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { testEnv } from './index.js';

/** Everything the application runs on, for one test file: a database and a namespace of its own on the run's servers. */
export interface World {
  db: TestDatabase;
  engine: DataSource;
  owner: DataSource;
  client: Client;
  /** settings of the worker and the api */
  environment: Record<string, string>;
  mailDirectory: string;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** without the workflows, for tests that run no worker */
  bundle?: boolean;
  temporalAddress?: string;
  /** settings other than the usual; '' = without */
  change?: Record<string, string>;
}

export async function createWorld({
  bundle = true,
  temporalAddress = testEnv().temporalAddress,
  change = {},
}: WorldOptions = {}): Promise<World> {
  const [db, workDirectory] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'giamsat-world-'))]);
  const mailDirectory = join(workDirectory, 'mail');
  const namespace = `test-${randomUUID()}`;
  const environment = {
    NODE_ENV: 'test',
    DATABASE_URL_APP: db.urls.app,
    DATABASE_URL_ENGINE: db.urls.engine,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    GIAMSAT_PAYLOAD_KEY: `test:${randomBytes(32).toString('base64')}`,
    GIAMSAT_MAIL_DIR: mailDirectory,
    ...(bundle && { GIAMSAT_WORKFLOW_BUNDLE: await writeBundle(workDirectory) }),
    GIAMSAT_LOG_LEVEL: 'silent',
    GIAMSAT_WATCH_SECONDS: '1',
    GIAMSAT_API_PORT: '0',
    ...change,
  };
  const client = await connectClient({ ...environment, TEMPORAL_TLS: false });
  await registerNamespace(client, namespace);
  const [engine, owner] = await Promise.all([db.open('engine'), db.open('superuser', 3)]);
  return {
    db,
    engine,
    owner,
    client,
    environment,
    mailDirectory,
    async close() {
      await client.connection.close();
      await db.drop();
      await rm(workDirectory, { recursive: true, force: true });
    },
  };
}

/** A namespace takes a moment to be known to every part of the server: until a workflow can be asked for. */
async function registerNamespace(client: Client, namespace: string): Promise<void> {
  await client.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: (90 * 86_400) as never },
  });
  for (;;) {
    try {
      await client.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
      return;
    } catch (error) {
      if ((error as { code?: number }).code !== NOT_FOUND) throw error;
    }
  }
}
const NOT_FOUND = 5;

/** The workflows as they are in the sources now, never a stale build. */
async function writeBundle(directory: string): Promise<string> {
  const path = join(directory, 'workflow-bundle.js');
  await writeFile(path, (await bundleWorkflows()).code);
  return path;
}

const act = (type: string) => ({
  at: new Date().toISOString(),
  commandId: `${type}/${randomUUID()}`,
  by: 'engine' as const,
});

export interface Planned {
  campaignId: string;
  cases: { caseId: string; unit: string }[];
}

/** A campaign whose plan is issued and whose workflow runs, over `count` units; all offices held by one invented person each. */
export async function plan(world: World, procedureName: string, count: number): Promise<Planned> {
  const { owner, client } = world;
  const { compiled: procedure } = procedureLibrary().getProcedure(procedureName)!;
  const calendar = procedureLibrary().getCalendar(procedure.calendar)!.compiled;
  const from = '2020-01-01';
  const top = await organisations.addUnit(owner, { kind: 'committee', name: 'Cấp ủy T', from }, act('unit'));
  const subjects = [];
  for (let i = 0; i < count; i++) {
    const unit = await organisations.addUnit(
      owner,
      { kind: 'commune', name: `Đơn vị ${i + 1}`, from, parent: top },
      act('unit'),
    );
    subjects.push({ caseId: newId(), unit, kind: 'body' as const, wave: 1, team: 'team-1' });
  }
  const planner = await people.add(owner, { name: 'Người lập kế hoạch' }, act('person'));
  const created = await campaigns.create(owner, { ownerUnit: top, draft: {}, createdBy: planner });
  const campaignId = created.id;
  for (const office of Object.keys(procedure.offices)) {
    const person = await people.add(owner, { name: `Người ${office}`, email: `${office}@example.vn` }, act('person'));
    await offices.grant(owner, { person, office, scope: { campaign: campaignId }, from }, act('grant'));
  }
  const opening: Opening = {
    scope: 'campaign',
    campaign: campaignId,
    level: procedure.levels[0] ?? '',
    year: 2026,
    mandate: {},
    planDates: {},
    sessions: {},
    historical: false,
  };
  const events = openStream({ opening, procedure, calendar, envelope: envelopeOf('coordinator') });
  await campaigns.issuePlan(owner, {
    campaignId,
    version: created.version,
    body: { subjects },
    by: planner,
    commandId: newId(),
    events,
  });
  const input = await ledger.streamInput(owner, { scope: 'campaign', id: campaignId });
  await startStream(client, input!);
  return { campaignId, cases: subjects.map(({ caseId, unit }) => ({ caseId, unit })) };
}

export const envelopeOf = (capacity: string, extra: Partial<Envelope> = {}): Envelope => ({
  commandId: randomUUID(),
  actor: `p-${capacity}`,
  capacity,
  grants: [],
  enteredAt: new Date().toISOString(),
  dates: {},
  ...extra,
});

/** Gives a command to the workflow, as the api would, and returns its answer. */
export function give(
  world: World,
  scope: 'case' | 'campaign',
  id: string,
  capacity: string,
  body: CommandBody,
  extra: Partial<Envelope> = {},
): Promise<Answer> {
  const command = { ...body, envelope: envelopeOf(capacity, extra) } as Command;
  const workflowId = scope === 'case' ? caseWorkflowId(id) : campaignWorkflowId(id);
  return world.client.workflow
    .getHandle(workflowId)
    .executeUpdate(updateFor(command), { updateId: command.envelope.commandId, args: [command] });
}

export const eventsOf = (world: World, kind: 'case' | 'campaign', id: string): Promise<CaseEvent[]> =>
  ledger.eventsOf(world.owner, { kind, id });
export const stateOf = async (world: World, kind: 'case' | 'campaign', id: string) =>
  fold(await eventsOf(world, kind, id));

/** Waits for the record to say so; the run's own time-out ends a wait that never comes. */
export async function eventually<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Does the steps of a campaign up to the launched first wave. */
export async function launch(world: World, { campaignId }: Planned): Promise<void> {
  const state = await stateOf(world, 'campaign', campaignId);
  const firstOfCase = state.procedure.steps.findIndex(({ scope }) => scope === 'case');
  for (const step of state.procedure.steps.slice(0, firstOfCase)) {
    const outcome = Object.entries(step.outcomes).find(([, { effect }]) => effect === 'meets')![0];
    await give(world, 'campaign', campaignId, step.perform[0]!, { type: 'completeStep', step: step.id, outcome });
  }
  await give(world, 'campaign', campaignId, 'coordinator', { type: 'launchWave', wave: 1, cases: 0 });
  await eventually(async () => (await campaigns.waves(world.owner, campaignId))[0]?.state === 'standing');
}
