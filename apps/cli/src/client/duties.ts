import type { ResponseOf } from '@giamsat/contracts/http';
import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect } from './connect.js';
import { waitingLines } from './corrections.js';
import { namesOf, status as statusWords } from './names.js';
import { everyPage } from './pages.js';
import { byDate } from './reads.js';

type Duty = ResponseOf<'listDuties'>['items'][number];
/** As many of what waits for others as a person reads. */
const MOST = 15;

export function register(program: Command, io: Io): void {
  program
    .command('duties')
    .description(
      io.say({
        vi: 'Việc đang chờ tôi, và các hồ sơ tôi theo dõi đang chờ ai',
        en: 'What waits for me, and for whom the cases I follow wait',
      }),
    )
    .option('--of <user>', io.say({ vi: 'việc đang chờ một người khác', en: 'what waits for somebody else' }))
    .addHelpText('after', '\n  giamsat duties\n  giamsat duties --of truong-doan --json')
    .action((options: { of?: string }) => duties(options, io));
}

async function duties({ of }: { of?: string }, io: Io): Promise<void> {
  const client = connect(io);
  const which = of === undefined ? { all: 'true' } : { of };
  const found = await everyPage((after) =>
    client.listDuties({ query: { limit: 100, ...which, ...(after && { after }) } }),
  );
  const corrections = of === undefined ? await client.listCorrections() : { items: [], next: null };
  const items = found.toSorted((a, b) => byDate(a.due, b.due));
  const mine = items.filter((duty) => duty.mine);
  const others = items.filter((duty) => !duty.mine);
  const more = others.length - MOST;
  io.show(
    [
      ...(mine.length === 0 ? [nothing(of, io)] : table(mine.map((duty) => line(duty, io)))),
      ...(others.length === 0 ? [] : ['', io.say({ vi: 'Đang chờ người khác:', en: 'Waits for others:' })]),
      ...table(others.slice(0, MOST).map((duty) => line(duty, io))),
      ...(more > 0 ? [io.say({ vi: `… và ${more} việc nữa (--json)`, en: `… and ${more} more (--json)` })] : []),
      ...waitingLines(corrections, io),
    ],
    { duties: items, corrections: corrections.items },
  );
}

/** Who is asked about may be unknown, or out of sight: both look alike, and the answer says no more than it knows. */
const nothing = (of: string | undefined, io: Io): string =>
  of === undefined
    ? io.say({ vi: 'Không có việc nào đang chờ.', en: 'Nothing waits.' })
    : io.say({
        vi: `Trong các hồ sơ bạn được xem, không có việc nào đang chờ người có tên tài khoản “${of}”.`,
        en: `In the cases you may see, nothing waits for an account “${of}”.`,
      });

function line(duty: Duty, io: Io): string[] {
  const { procedure, due, late, force, key, status, turn, mine, unit, scope, id } = duty;
  const names = namesOf(procedure, io);
  const past = late
    ? io.say(force === 'binding' ? { vi: 'QUÁ HẠN', en: 'LATE' } : { vi: 'quá mốc', en: 'past mark' })
    : '';
  const review = status === 'submitted' ? io.say({ vi: ' (chờ xem xét)', en: ' (to be reviewed)' }) : '';
  return [
    day(due),
    past,
    ...(mine ? [] : [names.party(turn)]),
    names.step(key) + review + (duty.suspended ? ` (${statusWords('suspended', io)})` : ''),
    unit?.name ?? '',
    `${scope} ${id}`,
  ];
}
