import { randomUUID } from 'node:crypto';
import { nudgeSignal, seqQuery, type Answer } from '@giamsat/contracts/workflow';
import { testEnv } from '../../../test/support/index.js';
import { MemoryLedger } from '../../testing/memory-ledger.js';
import { command, createRig, event, eventTypes, finding, give, STUB_CORE, type Rig } from '../../testing/rig.js';

describe('commit protocol', () => {
  let rig: Rig;
  let ledger: MemoryLedger;
  let stopWorker: () => Promise<void>;
  let id: string;

  beforeAll(async () => {
    const { temporalAddress: address, namespace } = testEnv();
    rig = await createRig({ address, namespace }, STUB_CORE);
  });
  beforeEach(async () => {
    id = randomUUID();
    ledger = new MemoryLedger();
    stopWorker = await rig.startWorker(ledger);
  });
  afterEach(() => stopWorker());
  afterAll(() => rig.close());

  const seqs = () => ledger.events(id).map(({ seq }) => seq);
  const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
  /** Resolves once the ledger is asked for the n-th commit from now. */
  const commitAsked = (n = 1) =>
    new Promise<void>((resolve) => {
      ledger.beforeCommit = () => {
        if (--n === 0) resolve();
      };
    });

  it('takes 16 commands at once one after the other', async () => {
    let [active, most] = [0, 0];
    ledger.beforeCommit = async () => {
      most = Math.max(most, ++active);
      await new Promise(setImmediate);
      active--;
    };
    await rig.startStream({ id });
    const answers = await Promise.all(upTo(16).map((n) => rig.commander.give({ scope: 'case', id }, finding(`f${n}`))));
    expect(answers.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(upTo(16));
    expect(seqs()).toEqual(upTo(16));
    expect(most).toBe(1);
  });

  it('answers an Update that is in the very first workflow task', async () => {
    await stopWorker();
    const handle = await rig.startStream({ id });
    const answer = give(handle, finding('f1'));
    stopWorker = await rig.startWorker(ledger);
    expect(await answer).toEqual({ outcome: 'accepted', seq: 1 });
  });

  it('asks nothing again when it replays, and decides what a replay has left undecided', async () => {
    const handle = await rig.startStream({ id });
    for (const n of upTo(3)) await give(handle, finding(`f${n}`));
    await stopWorker();
    const asked: unknown[] = [];
    const commit: typeof ledger.commit = (input) => {
      asked.push(input.decision);
      return ledger.commit(asked.length === 1 ? { ...input, decision: null } : input);
    };
    stopWorker = await rig.startWorker({ commit, catchUp: ledger.catchUp });
    expect(await give(handle, finding('f4'))).toEqual({ outcome: 'accepted', seq: 4 });
    expect(asked).toHaveLength(2);
    expect(asked).not.toContain(null);
    expect(seqs()).toEqual(upTo(4));
  });

  it('returns a refusal as a value and records it', async () => {
    const handle = await rig.startStream({ id });
    const refused = command({ type: 'resume' });
    const answer = { outcome: 'refused', seq: 0, refusal: { code: 'NOT_ALLOWED', params: {} } };
    expect(await give(handle, refused)).toEqual(answer);
    expect(seqs()).toEqual([]);
  });

  it('applies what others wrote before it decides again', async () => {
    const handle = await rig.startStream({ id });
    ledger.write(id, [event(1, 'findingRecorded', {}), event(2, 'findingRecorded', {})], null);
    expect(await give(handle, finding('f3'))).toEqual({ outcome: 'accepted', seq: 3 });
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it('answers a command the server has forgotten from the record, and does it once', async () => {
    const handle = await rig.startStream({ id });
    const first = finding('f1');
    const answer = await give(handle, first);
    const again = await handle.executeUpdate(first.type, { args: [first], updateId: randomUUID() });
    expect(again).toEqual(answer);
    expect(seqs()).toEqual([1]);
  });

  it('acts once when the commit is written and its answer is lost', async () => {
    const { commit } = ledger;
    ledger.commit = async (input) => {
      const result = await commit(input);
      if (result.kind === 'done') throw new Error('connection reset');
      return result;
    };
    await stopWorker();
    stopWorker = await rig.startWorker({ commit: ledger.commit });
    const handle = await rig.startStream({ id });
    expect(await give(handle, finding('f1'))).toEqual({ outcome: 'accepted', seq: 1 });
    expect(seqs()).toEqual([1]);
    // What the stored answer brought along is applied at once, not only when the next command finds itself behind.
    expect(await handle.query(seqQuery)).toEqual({ seq: 1, nextMoment: null });
  });

  it('waits for Postgres as an ordinary activity and leaves few events', async () => {
    const handle = await rig.startStream({ id });
    await handle.query(seqQuery);
    ledger.away = true;
    const given = commitAsked(5);
    const answer = give(handle, finding('f1'));
    await given;
    ledger.away = false;
    expect(await answer).toEqual({ outcome: 'accepted', seq: 1 });
    expect((await eventTypes(handle)).slice(4)).toEqual([
      ...['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_COMPLETED'],
      ...['WORKFLOW_EXECUTION_UPDATE_ACCEPTED', 'MARKER_RECORDED'],
      ...['ACTIVITY_TASK_SCHEDULED', 'ACTIVITY_TASK_STARTED', 'ACTIVITY_TASK_COMPLETED'],
      ...['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_COMPLETED'],
      'WORKFLOW_EXECUTION_UPDATE_COMPLETED',
    ]);
  });

  it('goes on for others while one stands in line', async () => {
    const handle = await rig.startStream({ id });
    ledger.beforeCommit = ({ afterSeq }) => {
      if (afterSeq === 0) ledger.away = ledger.calls < 2;
    };
    const answers = await Promise.all([give(handle, finding('f1')), give(handle, finding('f2'))]);
    expect(answers.map((answer) => (answer as Answer).seq).sort()).toEqual([1, 2]);
  });

  it('catches up with the ledger when nudged', async () => {
    const handle = await rig.startStream({ id });
    await give(handle, finding('f1'));
    const moment = new Date(Date.now() + 3_600_000).toISOString();
    ledger.write(id, [event(2, 'suspended', { reason: moment })], moment);
    await handle.signal(nudgeSignal);
    // The ledger is read outside the workflow: a query may come before what was read has been applied.
    let seen = await handle.query(seqQuery);
    while (seen.seq < 2) seen = await handle.query(seqQuery);
    expect(seen).toEqual({ seq: 2, nextMoment: moment });
  });

  it('spends 8 events on a step and 6 on a due moment', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const handle = await rig.startStream({ id, nextMoment: inAnHour });
    await handle.query(seqQuery);
    const before = (await eventTypes(handle)).length;
    const passed = commitAsked(2);
    const moment = new Date(Date.now() + 1_000).toISOString();
    await give(handle, command({ type: 'suspend', reason: moment }));
    expect(await eventTypes(handle, before)).toHaveLength(8);
    await passed;
    await handle.query(seqQuery);
    // The sixth is the timer to the moment after it; this one was the last.
    expect(await eventTypes(handle, before + 8)).toEqual([
      ...['TIMER_FIRED', 'WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_COMPLETED'],
      'MARKER_RECORDED',
    ]);
  });

  it('lets a moment come back at an hour that has acted before', async () => {
    const moment = new Date().toISOString();
    const handle = await rig.startStream({ id });
    const passed = commitAsked(2);
    await give(handle, command({ type: 'suspend', reason: moment }));
    await passed;
    const again = commitAsked(3);
    await give(handle, command({ type: 'suspend', reason: moment }));
    await again;
    expect(await handle.query(seqQuery)).toEqual({ seq: 4, nextMoment: null });
    expect(ledger.events(id).map(({ type }) => type)).toEqual([
      'suspended',
      'overdueBegan',
      'suspended',
      'overdueBegan',
    ]);
  });

  it('passes two moments of the same hour one after the other', async () => {
    const handle = await rig.startStream({ id });
    const passed = commitAsked(3);
    await give(handle, command({ type: 'suspend', reason: `${new Date().toISOString()} again` }));
    await passed;
    expect(await handle.query(seqQuery)).toEqual({ seq: 3, nextMoment: null });
  });

  it('does not spin on a moment that is refused; a nudge lets it try again', async () => {
    const moment = new Date().toISOString();
    const refused = commitAsked();
    const handle = await rig.startStream({ id, nextMoment: moment });
    ledger.write(id, [], moment);
    await refused;
    await handle.query(seqQuery);
    const { calls } = ledger;
    const tried = commitAsked();
    await handle.signal(nudgeSignal);
    await tried;
    expect(ledger.calls).toBe(calls + 1);
  });

  it('ends when the stream has ended', async () => {
    const handle = await rig.startStream({ id });
    await give(handle, command({ type: 'cancel', reason: 'x' }));
    await handle.result();
    expect((await handle.describe()).status.name).toBe('COMPLETED');
  });

  it("is not ended by Temporal's cancel", async () => {
    const handle = await rig.startStream({ id });
    await handle.cancel();
    expect(await give(handle, finding('f1'))).toEqual({ outcome: 'accepted', seq: 1 });
  });

  it('refuses an Update that is no command without blocking the case', async () => {
    const handle = await rig.startStream({ id });
    await expect(handle.executeUpdate('recordFinding', { args: [] })).rejects.toThrow();
    expect(await give(handle, finding('f1'))).toEqual({ outcome: 'accepted', seq: 1 });
  });

  it('keeps the module state of one case out of another (canary for a leak fixed in SDK 1.20.1)', async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    const handles = await Promise.all(ids.map((each) => rig.startStream({ id: each })));
    for (const name of ['f1', 'f2']) await Promise.all(handles.map((handle) => give(handle, finding(name))));
    const counts = ids.map((each) => ledger.events(each).map((found) => (found.data as { span: number[] }).span[0]));
    expect(counts).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  it('evaluates the core once for all cases, whose calls are then compiled', async () => {
    const shared = await createRig(
      { address: testEnv().temporalAddress, namespace: testEnv().namespace },
      { alias: STUB_CORE.alias },
    );
    await shared.startWorker(ledger);
    const ids = [randomUUID(), randomUUID()];
    for (const each of ids) await give(await shared.startStream({ id: each }), finding('f1'));
    const counts = ids.map((each) => ledger.events(each).map((found) => (found.data as { span: number[] }).span[0]));
    const traces = await (await shared.startStream({ id: randomUUID() })).query<string>('__stack_trace');
    await shared.close();
    expect(counts).toEqual([[1], [2]]);
    expect(traces).not.toMatch(/workflows|condition/);
  });

  it('serves more cases than its cache holds', async () => {
    await stopWorker();
    stopWorker = await rig.startWorker(ledger, { maxCachedWorkflows: 6, maxConcurrentWorkflowTaskExecutions: 3 });
    const handles = await Promise.all(upTo(30).map(() => rig.startStream({ id: randomUUID() })));
    for (const name of ['f1', 'f2']) await Promise.all(handles.map((handle) => give(handle, finding(name))));
    const states = await Promise.all(handles.map((handle) => handle.query(seqQuery)));
    expect(states).toEqual(handles.map(() => ({ seq: 2, nextMoment: null })));
  });
});
