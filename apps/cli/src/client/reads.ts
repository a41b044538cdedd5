import type { ResponseOf } from '@giamsat/contracts/http';
import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect } from './connect.js';
import { namesOf, status } from './names.js';

/** Every page of a list. */
async function all<T>(page: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | undefined; ;) {
    const found = await page(after);
    items.push(...found.items);
    if (found.next === null) return items;
    after = found.next;
  }
}

export function registerCampaign(campaign: Command, io: Io): void {
  campaign
    .command('list')
    .description(io.say({ vi: 'Các cuộc giám sát của tôi', en: 'My campaigns' }))
    .addHelpText('after', '\n  giamsat campaign list --json')
    .action(async () => {
      const items = await all((after) => connect(io).listCampaigns({ query: { limit: 200, ...(after && { after }) } }));
      io.show(
        items.length === 0
          ? io.say({ vi: 'Chưa có cuộc giám sát nào của bạn.', en: 'No campaign of yours yet.' })
          : table(
              items.map(({ id, title, status: of, state, cases }) => [
                id,
                status(of ?? state, io),
                `${cases.open}/${cases.total}`,
                title,
              ]),
            ),
        items,
      );
    });
  campaign
    .command('board')
    .argument('<id>')
    .description(io.say({ vi: 'Bảng theo dõi: ai chậm, đến lượt ai', en: 'The board: who is late, whose turn it is' }))
    .addHelpText('after', '\n  giamsat campaign board 0198…')
    .action((id: string) => board(id, io));
  campaign
    .command('show')
    .argument('<id>')
    .description(io.say({ vi: 'Một cuộc giám sát: tiến độ và số liệu', en: 'A campaign: progress and figures' }))
    .action((id: string) => show(id, io));
}

async function board(id: string, io: Io): Promise<void> {
  const client = connect(io);
  const { procedure } = await client.getCampaign({ params: { id } });
  const names = namesOf(procedure, io);
  const rows = await all((after) =>
    client.getBoard({ params: { id }, query: { limit: 200, ...(after && { after }) } }),
  );
  const lines = rows.map((row) => {
    const first = row.open[0];
    const due = row.dues.find(({ key }) => key === first?.key);
    const late =
      row.late > 0
        ? io.say({ vi: `QUÁ HẠN ${row.late}`, en: `LATE ${row.late}` })
        : row.pastMark > 0
          ? io.say({ vi: `quá mốc nội bộ ${row.pastMark}`, en: `past mark ${row.pastMark}` })
          : '';
    return [
      row.unit.name,
      first ? names.step(first.key) : status(row.status, io),
      first ? names.party(first.turn) : '',
      due ? day(due.due) : '',
      late,
      row.caseId,
    ];
  });
  const head = [
    io.say({ vi: 'Đơn vị', en: 'Unit' }),
    io.say({ vi: 'Bước', en: 'Step' }),
    io.say({ vi: 'Đến lượt', en: 'Turn' }),
    io.say({ vi: 'Hạn', en: 'Due' }),
    '',
    'id',
  ];
  io.show(table([head, ...lines]), rows);
}

async function show(id: string, io: Io): Promise<void> {
  const found = await connect(io).getCampaign({ params: { id } });
  const names = namesOf(found.procedure, io);
  const waves = found.waves.map(({ wave, state, standing, total }) =>
    io.say({
      vi: `Đợt ${wave}: ${standing}/${total} (${state})`,
      en: `Wave ${wave}: ${standing} of ${total} (${state})`,
    }),
  );
  const count = (by: Record<string, number>, name: (id: string) => string): string =>
    Object.entries(by)
      .map(([key, n]) => `${name(key)} ${n}`)
      .join(' · ');
  io.show(
    [
      found.title,
      `${found.ownerUnit.name} · ${found.procedure} · ${status(found.status ?? found.state, io)}`,
      ...waves,
      `${io.say({ vi: 'Hồ sơ', en: 'Cases' })}: ${count(found.byStatus, (key) => status(key, io))}`,
      `${io.say({ vi: 'Giai đoạn', en: 'Stages' })}: ${count(found.byStage, (key) => names.stage(key))}`,
      io.say({
        vi: `Quá hạn ${found.late} · quá mốc nội bộ ${found.pastMark}`,
        en: `Late ${found.late} · past an internal mark ${found.pastMark}`,
      }),
    ],
    found,
  );
}

export function registerDuties(program: Command, io: Io): void {
  program
    .command('duties')
    .description(io.say({ vi: 'Việc đang chờ tôi, hoặc chờ một người', en: 'What waits for me, or for somebody' }))
    .option('--of <user>')
    .addHelpText('after', '\n  giamsat duties\n  giamsat duties --of truong-doan')
    .action(async ({ of }: { of?: string }) => {
      const client = connect(io);
      const items = await all((after) =>
        client.listDuties({ query: { limit: 100, ...(of && { of }), ...(after && { after }) } }),
      );
      const title = (duty: ResponseOf<'listDuties'>['items'][number]): string =>
        namesOf('vn-party-supervision', io).step(duty.key);
      const rows = items.map((duty) => [
        day(duty.due),
        duty.late
          ? io.say(duty.force === 'binding' ? { vi: 'QUÁ HẠN', en: 'LATE' } : { vi: 'quá mốc', en: 'past mark' })
          : '',
        title(duty),
        duty.unit?.name ?? '',
        `${duty.scope} ${duty.id}`,
      ]);
      io.show(
        items.length === 0 ? io.say({ vi: 'Không có việc nào đang chờ.', en: 'Nothing waits.' }) : table(rows),
        items,
      );
    });
}
