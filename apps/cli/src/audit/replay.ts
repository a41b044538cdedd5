import { replayStreams, type StreamRecord, type StreamVerdict } from '@giamsat/audit';
import { connectClient, dataConverter, temporalVariables } from '@giamsat/contracts/temporal';
import { board, ledger } from '@giamsat/database';
import { BUNDLE_PATH } from '@giamsat/workflows/bundle';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { environmentOf } from '../client/connect.js';
import { withDatabase } from './database.js';

/** Replays one stream or all of them, and ends with `divergence` when records disagree. */
export async function replay(id: string | undefined, { all }: { all?: boolean }, io: Io): Promise<void> {
  if (!id && !all) throw new Stop('usage', { vi: 'Cho mã hồ sơ, hoặc --all.', en: 'Give an id, or --all.' });
  silenceSdk();
  await withDatabase(io, 'AUDITOR', async (database) => {
    const config = z.object(temporalVariables).parse(environmentOf(io.env));
    const client = await connectClient(config);
    const verdicts: StreamVerdict[] = [];
    try {
      const options = { client, dataConverter: dataConverter(config.GIAMSAT_PAYLOAD_KEY), bundlePath: BUNDLE_PATH };
      for await (const verdict of replayStreams(options, streams(database, id))) {
        verdicts.push(verdict);
        if (io.isTerminal && !io.json) io.err(`${verdicts.length}  ${verdict.scope} ${verdict.id}`);
      }
    } finally {
      await client.connection.close();
    }
    report(verdicts, io);
  });
}

/** The SDK tells of every worker that a replay starts; only what went wrong is news here. One process has one Runtime. */
function silenceSdk(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  } catch (error) {
    if ((error as Error).name !== 'IllegalStateError') throw error;
  }
}

/** Every case and campaign, or the one asked for, with its ledger and board row. */
async function* streams(database: DataSource, id: string | undefined): AsyncGenerator<StreamRecord> {
  for (const scope of ['campaign', 'case'] as const) {
    for (let after: board.BoardKey | undefined; ;) {
      const page = await board.list(database, { scope, limit: 100, ...(after && { after }) });
      for (const line of page.items)
        if (id === undefined || line.id === id)
          yield {
            scope,
            id: line.id,
            row: line.row,
            events: await ledger.eventsOf(database, { kind: scope, id: line.id }),
          };
      if (page.next === null) break;
      after = page.next;
    }
  }
}

function report(verdicts: StreamVerdict[], io: Io): void {
  const bad = verdicts.filter(({ divergences }) => divergences.length > 0);
  const events = verdicts.reduce((sum, verdict) => sum + verdict.events, 0);
  if (verdicts.length === 0)
    throw new Stop('notFound', { vi: 'Không có hồ sơ nào như vậy.', en: 'There is no such case.' });
  const lines = bad.flatMap(({ scope, id, divergences }) =>
    divergences.map(({ kind, seq, detail }) => `  ${scope} ${id} ${kind}${seq ? ` #${seq}` : ''} ${detail ?? ''}`),
  );
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
