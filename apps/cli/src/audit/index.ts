import { Option } from 'commander';
import type { Register } from '../cli/io.js';
import type { ReplayCommand } from './replay.js';

/** Checks of the record, with the auditor's own connection. Loaded when asked for: the SDK and the database are heavy. */
export const commands: Register[] = [
  (program, io) => {
    const audit = program
      .command('audit')
      .description(io.say({ vi: 'Kiểm tra hồ sơ lưu (trên máy chủ)', en: 'Checks of the record (on the server)' }));
    audit
      .command('replay')
      .argument(
        '[id]',
        io.say({
          vi: 'một hồ sơ, hoặc một cuộc giám sát với mọi hồ sơ của nó',
          en: 'a case, or a campaign with all of its cases',
        }),
      )
      .option('--all', io.say({ vi: 'tất cả', en: 'everything' }))
      .addOption(
        new Option(
          '--scope <scope>',
          io.say({ vi: 'chỉ hồ sơ, hoặc chỉ cuộc', en: 'cases only, or campaigns only' }),
        ).choices(['case', 'campaign']),
      )
      .description(
        io.say({
          vi: 'Chạy lại lịch sử trong Temporal và đối chiếu với sổ cái, với bảng theo dõi',
          en: 'Re-execute the histories and hold them against the ledger and the board',
        }),
      )
      .addHelpText(
        'after',
        '\n  giamsat audit replay --all\n  giamsat audit replay 0198… --json\n  giamsat audit replay --all --scope campaign',
      )
      .action(async (id: string | undefined, options: ReplayCommand) =>
        (await import('./replay.js')).replay(id, options, io),
      );
    audit
      .command('rows')
      .option('--rebuild', io.say({ vi: 'dựng lại bảng theo dõi từ sổ cái', en: 'rebuild the board from the ledger' }))
      .description(io.say({ vi: 'Đối chiếu bảng theo dõi với sổ cái', en: 'Hold the board against the ledger' }))
      .addHelpText('after', '\n  giamsat audit rows\n  giamsat audit rows --rebuild')
      .action(async (options: { rebuild?: boolean }) => (await import('./rows.js')).rows(options, io));
  },
];
