import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataConverter } from '@giamsat/contracts/temporal';
import { FACT_OF, type CaseEvent, type CompiledProcedure } from '@giamsat/procedure';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflows } from '../bundle.mjs';
import { sizeOfHistory } from '../testing/history-size.js';
import { STUB_CORE } from '../testing/rig.js';

const workflows = join(import.meta.dirname, '..');
const histories = join(workflows, 'histories');
const TSX = ['--import', import.meta.resolve('tsx'), '--conditions=source'];

describe('stored histories', () => {
  let folder: string;
  let bundle: string;
  let files: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'giamsat-replay-'));
    bundle = await write('workflows.js', (await bundleWorkflows()).code);
    files = (await readdir(histories)).filter((name) => name.endsWith('.json')).map((name) => join(histories, name));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function write(name: string, text: string): Promise<string> {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  }

  const replay = (zone: string, code: string, of: string[]): Promise<{ file: string; error: string | null }[]> =>
    new Promise((resolve) =>
      execFile(
        process.execPath,
        [...TSX, join(workflows, 'testing', 'replay.ts'), code, ...of],
        { env: { ...process.env, TZ: zone, NODE_OPTIONS: '' }, maxBuffer: 1e8 },
        (_error, stdout) => resolve(stdout.split('\n').flatMap((line) => (line ? [JSON.parse(line) as never] : []))),
      ),
    );

  it.each(['Pacific/Kiritimati', 'America/Los_Angeles'])('replay in %s', async (zone) => {
    const results = await replay(zone, bundle, files);
    expect(results).toHaveLength(files.length);
    expect(results.filter(({ error }) => error !== null)).toEqual([]);
  });

  it('replay under a core that decides everything differently: only what was recorded is followed', async () => {
    const other = await write('stub.js', (await bundleWorkflows(STUB_CORE)).code);
    const cases = files.filter((file) => file.includes('case-'));
    const results = await replay('UTC', other, cases);
    expect(results).toHaveLength(cases.length);
    expect(results.filter(({ error }) => error !== null)).toEqual([]);
  });

  it('cost at most eight events an act and six a due moment, as long as they replay', async () => {
    const costs = await Promise.all(
      files
        .filter((file) => file.includes('case-'))
        .map(async (file) => sizeOfHistory(historyFromJSON(JSON.parse(await readFile(file, 'utf8'))))),
    );
    expect(Math.max(...costs.map(({ perStep }) => perStep))).toBe(8);
    expect(Math.max(...costs.map(({ perMoment }) => perMoment))).toBe(6);
  });

  it('do not replay as something else', async () => {
    const sample = await readFile(
      files.find((file) => file.endsWith('case-on-time.json'))!,
      'utf8',
    );
    const twisted = await write('twisted.json', sample.replace('"name":"case"', '"name":"delivery"'));
    expect(await replay('UTC', bundle, [twisted])).toEqual([
      { file: 'twisted.json', error: 'DeterminismViolationError' },
    ]);
  });

  it('do not replay when a recorded moment is left out', async () => {
    const sample = JSON.parse(
      await readFile(
        files.find((file) => file.endsWith('case-on-time.json'))!,
        'utf8',
      ),
    ) as {
      events: { timerStartedEventAttributes?: object }[];
    };
    const events = sample.events.filter((event, index) => index > 20 || !event.timerStartedEventAttributes);
    const twisted = await write('shortened.json', JSON.stringify({ events }));
    expect((await replay('UTC', bundle, [twisted]))[0]?.error).not.toBeNull();
  });

  it('hold every outcome of every step, every act on a case, and every way a notice becomes due', async () => {
    const recorded = (await Promise.all(files.map(eventsIn))).flat();
    const opened = recorded.find((event) => event.type === 'opened');
    const missing = (wanted: string[], found: string[]) => wanted.filter((each) => !found.includes(each));
    const outcomes = recorded.flatMap((event) => {
      if (event.type === 'stepCompleted' || event.type === 'stepReturned')
        return [`${event.data.step.split('/')[0]} ${event.data.outcome}`];
      return event.type === 'measureJudged' ? [`remediation-progress ${event.data.outcome}`] : [];
    });
    expect(missing(outcomesOf(opened!.data.procedure), outcomes)).toEqual([]);
    expect(
      missing(
        Object.values(FACT_OF),
        recorded.map(({ type }) => type),
      ),
    ).toEqual([]);
    const causes = recorded.flatMap((event) => (event.type === 'rungDue' ? [event.data.cause] : []));
    expect(missing(['planned', 'outage', 'late-entry'], causes)).toEqual([]);
    const grants = recorded.flatMap((event) => (event.type === 'extensionDecided' ? [String(event.data.granted)] : []));
    expect(missing(['true', 'false'], grants)).toEqual([]);
    expect(
      missing(
        ['rungHeld', 'rungUnfounded', 'noticeEnded'],
        recorded.map(({ type }) => type),
      ),
    ).toEqual([]);
  });
});

const outcomesOf = ({ steps }: CompiledProcedure): string[] =>
  steps
    .filter(({ scope, per }) => scope === 'case' && per !== 'extension')
    .flatMap(({ id, outcomes }) => Object.keys(outcomes).map((outcome) => `${id} ${outcome}`));

/** What the commits of a history returned, and what it began with. */
async function eventsIn(file: string): Promise<CaseEvent[]> {
  const { events } = historyFromJSON(JSON.parse(await readFile(file, 'utf8')));
  const payloads = (events ?? []).flatMap((event) => [
    event.workflowExecutionStartedEventAttributes?.input?.payloads?.[0],
    event.markerRecordedEventAttributes?.details?.result?.payloads?.[0],
    event.activityTaskCompletedEventAttributes?.result?.payloads?.[0],
  ]);
  const [codec] = dataConverter().payloadCodecs!;
  const context = { type: 'workflow' as const, namespace: 'any', workflowId: 'any' };
  const decoded = await codec!.decode(
    payloads.flatMap((payload) => payload ?? []),
    context,
  );
  return decoded.flatMap((payload) => fromPayload<{ events?: CaseEvent[] } | null>(payload)?.events ?? []);
}

const fromPayload = <T>(payload: Payload): T => defaultPayloadConverter.fromPayload<T>(payload);
