import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamInput } from '@giamsat/contracts/workflow';
import { seqQuery } from '@giamsat/contracts/workflow';
import { startTemporal, type TemporalServer } from '../../apps/start/src/engines/index.js';
import { testEnv } from '../../test/support/index.js';
import { MemoryLedger } from '../testing/memory-ledger.js';
import { command, createRig, event, finding, STUB_CORE, type Rig } from '../testing/rig.js';

const NAMESPACE = 'short-histories';
const COMMANDS = 60;

/** A server that asks for a new run after few events; the real limit is thousands. */
describe('a history that has grown too long', () => {
  let server: TemporalServer;
  let folder: string;
  let rig: Rig;
  let ledger: MemoryLedger;
  let fannedOut: (seq: number) => void = () => undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'giamsat-short-'));
    server = await startTemporal({
      binary: testEnv().temporalBinary,
      logFile: join(folder, 'temporal.log'),
      namespace: NAMESPACE,
      dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': '60' },
    });
    rig = await createRig({ address: server.address, namespace: NAMESPACE }, STUB_CORE);
    ledger = new MemoryLedger();
    const fanOut = async ({ seq }: { seq: number }) => {
      fannedOut(seq);
      return { reached: 1 };
    };
    await rig.startWorker({ commit: ledger.commit, catchUp: ledger.catchUp, fanOut });
  });
  afterAll(async () => {
    await rig?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function runs(workflowId: string): Promise<string[]> {
    const found = [];
    let handle = rig.client.workflow.getHandle(workflowId);
    for (;;) {
      const { runId, status, raw } = await handle.describe();
      found.push(status.name);
      const first = raw.workflowExecutionInfo?.firstRunId;
      if (!first || first === runId) return found;
      const { events } = await handle.fetchHistory();
      const before = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
      handle = rig.client.workflow.getHandle(workflowId, before ?? undefined);
    }
  }

  it.each<StreamInput['scope']>(['case', 'campaign'])(
    'goes on in a new run of the %s, and no command on its way is lost or done twice',
    async (scope) => {
      const id = randomUUID();
      const moment = new Date(Date.now() + 3_600_000).toISOString();
      const handle = await rig.startStream({ scope, id });
      const planned = command({ type: 'suspend', reason: moment });
      const given = [planned, ...Array.from({ length: COMMANDS - 1 }, (_, i) => finding(`f${i}`))];
      const answers = await Promise.all(given.map((each) => rig.commander.give({ scope, id }, each)));
      expect(answers.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(given.map((_, i) => i + 1));
      expect(new Set(ledger.events(id).map(({ commandId }) => commandId)).size).toBe(COMMANDS);
      expect(ledger.events(id)).toHaveLength(COMMANDS);
      const all = await runs(handle.workflowId);
      expect(all.length).toBeGreaterThan(2);
      expect(all.filter((status) => status === 'RUNNING')).toHaveLength(1);
      expect(await rig.client.workflow.getHandle(handle.workflowId).query(seqQuery)).toEqual({
        seq: COMMANDS,
        nextMoment: moment,
      });
    },
  );

  it('brings the last act of a campaign to its cases again in the new run, and none before it', async () => {
    const id = randomUUID();
    const acts = [event(1, 'teamChanged', { team: 't2' }), event(2, 'teamChanged', { team: 't3' })];
    ledger.write(id, acts, null);
    const seqs: number[] = [];
    const first = new Promise<void>((resolve) => {
      fannedOut = (seq) => {
        seqs.push(seq);
        resolve();
      };
    });
    const handle = await rig.startStream({ scope: 'campaign', id, events: acts });
    await first;
    await rig.commander.give({ scope: 'campaign', id }, command({ type: 'cancel', reason: 'r' }));
    await handle.result();
    // What was asked for before the end has been carried out by then: the act before, and the end itself.
    expect(seqs).toEqual([2, 3]);
  });
});
