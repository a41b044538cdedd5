import { replayStreams, type StreamRecord, type StreamVerdict } from '@giamsat/audit';
import { connectClient, dataConverter, temporalVariables } from '@giamsat/contracts/temporal';
import { board, checkRows, ledger, openDatabase, rebuildRows } from '@giamsat/database';
import { BUNDLE_PATH } from '@giamsat/workflows/bundle';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { environmentOf } from '../client/connect.js';

export function register(program: Command, io: Io): void {
  const audit = program.command('audit').description(io.say({ vi: 'Kiểm tra hồ sơ lưu', en: 'Checks of the record' }));
  audit
    .command('replay')
    .argument('[id]', io.say({ vi: 'một hồ sơ hoặc một cuộc giám sát', en: 'a case or a campaign' }))
    .option('--all', io.say({ vi: 'tất cả', en: 'everything' }))
    .description(
      io.say({
        vi: 'Chạy lại lịch sử trong Temporal và đối chiếu với sổ cái, với bảng theo dõi',
        en: 'Re-execute the histories and hold them against the ledger and the board',
      }),
    )
    .addHelpText('after', '\n  giamsat audit replay --all\n  giamsat audit replay 0198… --json')
    .action((id: string | undefined, options: { all?: boolean }) => replay(id, options, io));
  audit
    .command('rows')
    .option('--rebuild', io.say({ vi: 'dựng lại bảng theo dõi từ sổ cái', en: 'rebuild the board from the ledger' }))
    .description(io.say({ vi: 'Đối chiếu bảng theo dõi với sổ cái', en: 'Hold the board against the ledger' }))
    .action((options: { rebuild?: boolean }) => rows(options, io));
}

async function withDatabase<T>(
  io: Io,
  role: 'AUDITOR' | 'MIGRATOR',
  work: (database: DataSource) => Promise<T>,
): Promise<T> {
  const url = environmentOf(io.env)[`DATABASE_URL_${role}`];
  if (!url)
    throw new Stop('unreachable', {
      vi: `Không biết cơ sở dữ liệu: chạy npm start trước, hoặc đặt DATABASE_URL_${role}.`,
      en: `No database known: run npm start first, or set DATABASE_URL_${role}.`,
    });
  const database = await openDatabase({ url, poolSize: 2, name: 'giamsat-audit' });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

async function replay(id: string | undefined, { all }: { all?: boolean }, io: Io): Promise<void> {
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

async function rows({ rebuild }: { rebuild?: boolean }, io: Io): Promise<void> {
  if (rebuild) {
    const count = await withDatabase(io, 'MIGRATOR', (database) => rebuildRows(database));
    return io.show(io.say({ vi: `Đã dựng lại ${count} dòng.`, en: `Rebuilt ${count} rows.` }), { rebuilt: count });
  }
  const found = await withDatabase(io, 'AUDITOR', (database) => checkRows(database));
  if (found.length > 0)
    throw new Stop(
      'divergence',
      { vi: `${found.length} dòng không khớp sổ cái:`, en: `${found.length} rows differ from the ledger:` },
      table(found.map((each) => ['  ', ...Object.values(each).map((value) => JSON.stringify(value))])),
      found,
    );
  io.show(io.say({ vi: 'Bảng theo dõi khớp với sổ cái.', en: 'The board agrees with the ledger.' }), []);
}
