// Writes workflows/histories anew: `npx tsx --conditions=source --tsconfig test/tsconfig.json workflows/testing/record-histories.ts`.
// Add names of histories to record those only. Histories of a release stay for good; this is for paths that are added.
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DELIVERY_WORKFLOW_ID, wakeDeliverySignal } from '@giamsat/contracts/workflow';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { startTemporal, temporalBinary, timeSkippingBinary } from '../../apps/start/src/engines/index.js';
import { campaignPath } from './campaign-path.js';
import { explore } from './explore.js';
import type { Clock, Life, Stage } from './life.js';
import { MemoryLedger } from './memory-ledger.js';
import { CASE_PATHS } from './paths.js';
import { createRig, type Rig } from './rig.js';

const folder = join(import.meta.dirname, '..', 'histories');
const root = join(import.meta.dirname, '..', '..');
const cache = process.env.GIAMSAT_CACHE ?? join(root, '.giamsat', 'bin');
const { path } = await timeSkippingBinary(cache);
const env = await TestWorkflowEnvironment.createTimeSkipping({
  server: { executable: { type: 'existing-path', path } },
});
const skipping: Clock = { now: () => env.currentTimeMs(), sleep: (ms) => env.sleep(ms), gap: 1 };
// Without a key: a history in the repository is to be read, and holds invented ids only.
const rig = await createRig({ address: env.address, namespace: env.namespace ?? 'default' }, { keys: '' });

function stage(of: Rig = rig, clock = skipping): Stage & { ledger: MemoryLedger } {
  const ledger = new MemoryLedger();
  const others = { launchWave: async () => ({ standing: 2 }), fanOut: async () => ({ reached: 2 }) };
  const activities = { commit: ledger.commit, catchUp: ledger.catchUp, ...others };
  return { clock, rig: of, ledger, startWorker: () => of.startWorker(activities) };
}

const asked = process.argv.slice(2);
const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name);

async function record(name: string, play: () => Promise<Life>): Promise<void> {
  if (!isAsked(name)) return;
  const life = await play();
  await write(name, life.handle);
  await life.close();
}

async function write(name: string, handle: WorkflowHandle): Promise<void> {
  const history = await handle.fetchHistory();
  const text = JSON.stringify(JSON.parse(historyToJSON(history)));
  await writeFile(join(folder, `${name}.json`), `${text}\n`);
  console.log(`${name}: ${history.events?.length} events, ${Math.round(text.length / 1024)} KB`);
}

async function withoutPostgres({ ledger, ...rest }: ReturnType<typeof stage>): Promise<Life> {
  const life = await CASE_PATHS.returned!({ ledger, ...rest });
  let failures = 4;
  ledger.beforeCommit = () => {
    if (failures-- > 0) throw new Error('connection refused');
  };
  await life.do('team-secretary', { type: 'recordFinding', finding: 'f9', kind: 'limitation' });
  ledger.beforeCommit = () => undefined;
  await life.do('team-secretary', { type: 'recordFinding', finding: 'f10', kind: 'limitation' });
  return life;
}

async function delivery(wakingRig: Rig): Promise<WorkflowHandle> {
  const answers = [100, 3, 0, 0];
  const next = async () => new Date((await env.currentTimeMs()) + 5_000).toISOString();
  const deliverBatch = async () => {
    const handled = answers.shift() ?? 0;
    return { handled, next: answers.length === 2 ? await next() : null };
  };
  const stop = await wakingRig.startWorker({ deliverBatch });
  const workflowId = `${DELIVERY_WORKFLOW_ID}/${randomUUID()}`;
  const handle = await wakingRig.client.workflow.start('delivery', { workflowId, taskQueue: wakingRig.taskQueue });
  await env.sleep(10_000);
  await handle.signal(wakeDeliverySignal);
  await env.sleep(10_000);
  await stop();
  return handle;
}

await mkdir(folder, { recursive: true });
for (const [name, play] of Object.entries(CASE_PATHS)) await record(`case-${name}`, () => play(stage()));
await record('case-postgres-away', () => withoutPostgres(stage()));
await record('campaign', () => campaignPath(stage()));
if (isAsked('delivery')) await write('delivery', await delivery(rig));
await rig.close();
await env.teardown();

if (asked.length === 0) await exploreInRealTime();

/** The server that skips time trips over long lives ("invalid history builder state"): these are lived in real seconds. */
async function exploreInRealTime(): Promise<void> {
  const server = await startTemporal({
    binary: (await temporalBinary(cache)).path,
    logFile: join(tmpdir(), 'giamsat-record-histories.log'),
    namespace: 'record',
  });
  const realRig = await createRig({ address: server.address, namespace: 'record' }, { keys: '' });
  const real: Clock = { now: async () => Date.now(), sleep: pause, gap: 0.05 };
  let n = 0;
  for await (const life of explore(stage(realRig, real), 45))
    await record(`case-explored-${++n}`, () => Promise.resolve(life));
  await realRig.close();
  await server.stop();
}
