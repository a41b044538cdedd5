import { setTimeout } from 'node:timers/promises';
import {
  replayStreams,
  type Divergence,
  type ReplayOptions,
  type StreamRecord,
  type StreamVerdict,
} from '@giamsat/audit';
import {
  connectClient,
  dataConverter,
  settingsFrom,
  type TemporalConfig,
  temporalSecrets,
  temporalVariables,
} from '@giamsat/contracts/temporal';
import { BUNDLE_PATH } from '@giamsat/workflows/bundle';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { z } from 'zod';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { environmentOf } from '../client/connect.js';
import { withDatabase } from './database.js';
import { keysOf, recordOf, type Scope } from './streams.js';

export interface ReplayCommand {
  all?: boolean;
  scope?: Scope;
}

/** Replays the streams asked for, and ends with `divergence` when records disagree. */
export async function replay(id: string | undefined, { all, scope }: ReplayCommand, io: Io): Promise<void> {
  if (!id && !all)
    throw new Stop('usage', { vi: 'Cho mã hồ sơ, mã cuộc giám sát, hoặc --all.', en: 'Give an id, or --all.' });
  silenceSdk();
  await withDatabase(io, 'AUDITOR', async (database) => {
    const environment = environmentOf(io.env);
    const config = temporalOf(environment);
    const client = await connectClient(config);
    try {
      const options = {
        client,
        dataConverter: dataConverter(config.GIAMSAT_PAYLOAD_KEY),
        bundlePath: environment.GIAMSAT_WORKFLOW_BUNDLE ?? BUNDLE_PATH,
      };
      const keys = await keysOf(database, { id, scope });
      const verdicts: StreamVerdict[] = [];
      for (const key of keys) {
        verdicts.push(await settled(options, () => recordOf(database, key)));
        if (io.isTerminal && !io.json) io.err(`${verdicts.length}/${keys.length}  ${key.scope} ${key.id}`);
      }
      report(verdicts, io);
    } finally {
      await client.connection.close();
    }
  });
}

function temporalOf(environment: Record<string, string | undefined>): TemporalConfig {
  const read = z.object(temporalVariables).safeParse(given(environment));
  if (read.success) return read.data;
  throw wrongSettings(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}

function given(environment: Record<string, string | undefined>): Record<string, string> {
  try {
    return settingsFrom(environment, temporalSecrets);
  } catch (error) {
    throw wrongSettings([(error as Error).message]);
  }
}

const wrongSettings = (mistakes: string[]): Stop =>
  new Stop(
    'unreachable',
    {
      vi: 'Chưa đủ thiết lập để gọi Temporal: chạy npm start trước, hoặc sửa các biến sau.',
      en: 'The settings do not lead to Temporal: run npm start first, or put these right.',
    },
    mistakes.map((mistake) => `  ${mistake}`),
  );

const ATTEMPTS = 3;
const PAUSE = 500;

/** A case that runs may move between two looks at it: what is still there at the third is a divergence. */
async function settled(options: ReplayOptions, read: () => Promise<StreamRecord>): Promise<StreamVerdict> {
  for (let attempt = 1; ; attempt++)
    for await (const verdict of replayStreams(options, [await read()])) {
      if (verdict.divergences.length === 0 || attempt === ATTEMPTS) return verdict;
      await setTimeout(PAUSE);
    }
}

/** The SDK tells of every worker that a replay starts; only what went wrong is news here. One process has one Runtime. */
function silenceSdk(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  } catch (error) {
    if ((error as Error).name !== 'IllegalStateError') throw error;
  }
}

function report(verdicts: StreamVerdict[], io: Io): void {
  const bad = verdicts.filter(({ divergences }) => divergences.length > 0);
  const events = verdicts.reduce((sum, verdict) => sum + verdict.events, 0);
  if (verdicts.length === 0)
    throw new Stop('notFound', { vi: 'Không có hồ sơ nào như vậy.', en: 'There is no such case.' });
  const lines = bad.flatMap(({ scope, id, divergences }) => [
    `  ${scope} ${id}`,
    ...divergences.map(
      ({ kind, seq, detail }) =>
        `    ${seq ? `#${seq}  ` : ''}${io.say(DIVERGENCE[kind])}${detail ? ` (${detail})` : ''}`,
    ),
  ]);
  if (bad.length > 0)
    throw new Stop(
      'divergence',
      {
        vi: `${bad.length}/${verdicts.length} hồ sơ không khớp:`,
        en: `${bad.length} of ${verdicts.length} records disagree:`,
      },
      lines,
      verdicts,
    );
  io.show(
    io.say({
      vi: `${verdicts.length} hồ sơ, ${events} mục: sổ cái, lịch sử và bảng theo dõi khớp nhau.`,
      en: `${verdicts.length} records, ${events} entries: ledger, histories and board agree.`,
    }),
    verdicts,
  );
}

const DIVERGENCE: Record<Divergence['kind'], { vi: string; en: string }> = {
  'not-replayable': { vi: 'lịch sử không chạy lại được', en: 'the history does not replay' },
  'no-history': { vi: 'Temporal không có lịch sử của hồ sơ này', en: 'Temporal has no history of it' },
  'only-in-history': { vi: 'có trong lịch sử, không có trong sổ cái', en: 'in the history, not in the ledger' },
  'only-in-ledger': { vi: 'có trong sổ cái, không có trong lịch sử', en: 'in the ledger, not in the history' },
  'event-differs': { vi: 'sổ cái và lịch sử ghi khác nhau', en: 'ledger and history say different things' },
  gap: { vi: 'sổ cái thiếu mục này', en: 'the ledger lacks this entry' },
  'row-differs': { vi: 'dòng trên bảng theo dõi khác với sổ cái', en: 'the board row is not what the ledger makes' },
  'does-not-fold': { vi: 'sổ cái không dựng lại được hồ sơ', en: 'the ledger cannot be folded' },
};
