import type { CommitInput, UndecidedCommit, CommitResult, StreamActivities } from '@giamsat/contracts/workflow';
import { startStream } from '@giamsat/contracts/temporal';
import { ledger } from '@giamsat/database';
import type { Command } from '@giamsat/procedure';
import { activityInfo } from '@temporalio/activity';
import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { runDoomedWorker } from './doomed-worker.js';
import { NAMESPACE } from '../bench/lab/engines.js';
import { paper, Stage } from './stage.js';

describe('what must survive', () => {
  let stage: Stage;
  let handle: WorkflowHandle;
  let id: string;
  let opened: number;

  beforeAll(async () => {
    stage = await Stage.open();
  }, 240_000);
  afterEach(() => stage?.stopWorkers());
  afterAll(() => stage?.close());
  beforeEach(async () => {
    handle = await stage.openCase();
    id = handle.workflowId.slice('case/'.length);
    opened = (await stage.events(id)).length;
  });

  /** Ledger, history and board agree, and each of these commands has exactly one effect, in this order. */
  async function expectOnce(given: Command[]): Promise<void> {
    const events = await stage.events(id);
    expect(events.slice(opened).map(({ commandId }) => commandId)).toEqual(
      given.map(({ envelope }) => envelope.commandId),
    );
    expect(await stage.divergences(id)).toEqual([]);
  }

  /** Calls `then` once, when the first commit is written and its answer has not left the worker. */
  const afterFirstCommit =
    (then: () => Promise<void>) =>
    (activities: StreamActivities): StreamActivities => {
      let isFirst = true;
      return {
        ...activities,
        async commit(input: CommitInput | UndecidedCommit): Promise<CommitResult> {
          const result = await activities.commit(input);
          if (isFirst) {
            isFirst = false;
            await then();
          }
          return result;
        },
      };
    };

  const accepted = (seq: number) => ({ outcome: 'accepted', seq });
  const history = async (): Promise<number> => (await handle.describe()).historyLength;

  it('16 commands at once on one case: one place each, in one line', async () => {
    const stop = await stage.startWorker();
    const given = Array.from({ length: 16 }, paper);
    const answers = await Promise.all(given.map((each) => stage.insist(id, each)));
    const seqs = answers.map(({ seq }) => seq);
    expect(seqs.toSorted((a, b) => a - b)).toEqual(given.map((_, i) => opened + 1 + i));
    await expectOnce(given.toSorted((a, b) => seqs[given.indexOf(a)]! - seqs[given.indexOf(b)]!));
    await stop();
  });

  it('the server is killed after a commit and before the workflow task ends', async () => {
    const crash = async (): Promise<void> => {
      await stage.killTemporal();
      void stage.engines.restartTemporal();
    };
    const stop = await stage.startWorker({ around: afterFirstCommit(crash) });
    const given = [paper(), paper()];
    for (const [i, each] of given.entries()) expect(await stage.insist(id, each)).toEqual(accepted(opened + 1 + i));
    await expectOnce(given);
    await stop();
  });

  it('the worker is killed in the same place', async () => {
    const { engines, keys, bundlePath } = stage;
    const ended = runDoomedWorker({
      address: engines.temporal.address,
      namespace: NAMESPACE,
      databaseUrl: engines.urls.engine,
      bundlePath,
      keys,
    });
    const given = [paper(), paper()];
    const first = stage.insist(id, given[0]!);
    expect(await ended).toBe('SIGKILL');
    expect(await stage.events(id)).toHaveLength(opened + 1);
    const stop = await stage.startWorker();
    expect(await first).toEqual(accepted(opened + 1));
    expect(await stage.insist(id, given[1]!)).toEqual(accepted(opened + 2));
    await expectOnce(given);
    await stop();
  });

  it('a power cut: Temporal has lost its last writes, and the case catches up from the ledger', async () => {
    let stop = await stage.startWorker();
    const given = [paper(), paper(), paper(), paper()];
    await stage.insist(id, given[0]!);
    await stop();
    await stage.killTemporal();
    await stage.copyTemporal('keep');
    await stage.engines.restartTemporal();
    stop = await stage.startWorker();
    for (const each of given.slice(1, 3)) await stage.insist(id, each);
    const [before, unknown] = [await history(), await stage.openCase()];
    await stop();
    await stage.killTemporal();
    await stage.copyTemporal('restore');
    await stage.engines.restartTemporal();
    stop = await stage.startWorker();
    expect(await history()).toBeLessThan(before);
    expect(await stage.insist(id, given[3]!)).toEqual(accepted(opened + 4));
    // One that was acknowledged before the cut is sent again: its answer comes from the record.
    expect(await stage.insist(id, given[2]!)).toEqual(accepted(opened + 3));
    await expectOnce(given);
    // And a case that Temporal has never heard of now is restored.
    await expect(unknown.describe()).rejects.toThrow(WorkflowNotFoundError);
    const lost = unknown.workflowId.slice('case/'.length);
    const input = await ledger.streamInput(stage.engine, { scope: 'case', id: lost });
    expect(await startStream(stage.client, input!)).toBe(true);
    expect(await stage.insist(lost, paper())).toEqual(accepted(opened + 1));
    expect(await stage.divergences(lost)).toEqual([]);
    await stop();
  });

  it('Postgres is away: few events meanwhile, and the answer comes when it is back', async () => {
    let around: (activities: StreamActivities) => StreamActivities = (activities) => activities;
    const patientBegan = new Promise<void>((resolve, reject) => {
      let quick = 0;
      around = (activities) => ({
        ...activities,
        commit(input) {
          if (!activityInfo().isLocal) resolve();
          else if (++quick > 8) reject(new Error('the quick way is never given up'));
          return activities.commit(input);
        },
      });
    });
    const stop = await stage.startWorker({ around });
    const given = [paper(), paper(), paper()];
    await stage.insist(id, given[0]!);
    const before = await history();
    await stage.killPostgres();
    const answers = given.slice(1).map((each) => stage.insist(id, each));
    await patientBegan;
    await stage.engines.restartPostgres();
    expect((await Promise.all(answers)).map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect((await history()) - before).toBeLessThanOrEqual(40);
    expect(await stage.events(id)).toHaveLength(opened + 3);
    expect(await stage.divergences(id)).toEqual([]);
    await stop();
  });

  it('a case is terminated in Temporal and restored from the ledger', async () => {
    const stop = await stage.startWorker();
    const given = [paper(), paper()];
    await stage.insist(id, given[0]!);
    await handle.terminate('by hand');
    const input = await ledger.streamInput(stage.engine, { scope: 'case', id });
    // A repeated launch revives nobody that was ended; only a restore does.
    expect(await startStream(stage.client, input!)).toBe(false);
    expect(await startStream(stage.client, input!, { restore: true })).toBe(true);
    for (const [i, each] of given.entries()) expect(await stage.insist(id, each)).toEqual(accepted(opened + 1 + i));
    await expectOnce(given);
    await stop();
  });

  it('an Update waits in the very first workflow task', async () => {
    const given = [paper(), paper()];
    const answers = Promise.all(given.map((each) => stage.insist(id, each)));
    const stop = await stage.startWorker();
    expect((await answers).map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect(await stage.events(id)).toHaveLength(opened + 2);
    expect(await stage.divergences(id)).toEqual([]);
    await stop();
  });

  it('a cache smaller than the load', async () => {
    const kinds: string[] = [];
    const around = (activities: StreamActivities): StreamActivities => ({
      ...activities,
      async commit(input) {
        const result = await activities.commit(input);
        kinds.push(result.kind);
        return result;
      },
    });
    const stop = await stage.startWorker({ around, maxCachedWorkflows: 6, maxConcurrentWorkflowTaskExecutions: 3 });
    const handles = [handle, ...(await Promise.all(Array.from({ length: 11 }, () => stage.openCase())))];
    const ids = handles.map(({ workflowId }) => workflowId.slice('case/'.length));
    for (let round = 1; round <= 2; round++) {
      const answers = await Promise.all(ids.map((each) => stage.insist(each, paper())));
      expect(answers.map(({ seq }) => seq)).toEqual(ids.map(() => opened + round));
    }
    // A replayed case stands where its history left it.
    expect(kinds).not.toContain('behind');
    for (const each of ids) expect(await stage.divergences(each)).toEqual([]);
    await stop();
  });
});
