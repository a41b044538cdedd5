import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { dataConverter } from '@giamsat/contracts/temporal';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { replayStreams, type ReplayOptions } from './replay.js';

const stored = join(import.meta.dirname, '..', '..', '..', 'workflows', 'histories', 'case-on-time.json');
const history = historyFromJSON(JSON.parse(readFileSync(stored, 'utf8')));
const options = {
  client: {
    options: { namespace: 'default' },
    workflow: { getHandle: () => ({ fetchHistory: () => Promise.resolve(history) }) },
  },
  dataConverter: dataConverter(''),
  bundlePath: '',
} as unknown as ReplayOptions;

describe('a replay of a case that lives', () => {
  afterEach(() => jest.restoreAllMocks());
  /** What the SDK does with it: tells it as a result, or throws it, as its threads have it. */
  const replay = async (error: Error, isThrown: boolean) => {
    jest.spyOn(Worker, 'runReplayHistories').mockImplementation(async function* () {
      await Promise.resolve();
      if (isThrown) throw error;
      yield { workflowId: 'x', runId: 'x', error } as never;
    } as typeof Worker.runReplayHistories);
    const kinds: string[] = [];
    for await (const { divergences } of replayStreams(options, [{ scope: 'case', id: 'x', events: [], row: null }]))
      kinds.push(...divergences.map(({ kind }) => kind));
    return kinds;
  };

  it.each([true, false])(
    'went as far as the history goes when it asks for the next commit (thrown: %s)',
    async (isThrown) => {
      const asked = new ReferenceError("Local activity of type 'commit' not registered on worker");
      expect(await replay(asked, isThrown)).not.toContain('not-replayable');
    },
  );

  it('takes nothing else for that', async () => {
    expect(await replay(new Error('Nondeterminism error'), false)).toContain('not-replayable');
    await expect(replay(new Error('no such bundle'), true)).rejects.toThrow('no such bundle');
  });
});
