import type { ResponseOf } from '@giamsat/contracts/http';
import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { alarmHint } from './alarms.js';
import { connect } from './connect.js';
import { proposalLines } from './corrections.js';
import { namesOf, status } from './names.js';
import { everyPage } from './pages.js';
import { recusedLines, sinceThen, vacancyLines } from './unit-words.js';
import { rehearsedWhen } from './rehearse.js';

export function registerCampaign(campaign: Command, io: Io): void {
  campaign
    .command('list')
    .description(io.say({ vi: 'Các cuộc giám sát của tôi', en: 'My campaigns' }))
    .addHelpText('after', '\n  giamsat campaign list --json')
    .action(async () => {
      const items = await everyPage((after) =>
        connect(io).listCampaigns({ query: { limit: 200, ...(after && { after }) } }),
      );
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
    .addHelpText('after', '\n  giamsat campaign show 0198…')
    .action((id: string) => show(id, io));
}

async function board(id: string, io: Io): Promise<void> {
  const client = connect(io);
  const { procedure, rehearsal } = await client.getCampaign({ params: { id } });
  const names = namesOf(procedure, io);
  const rows = await everyPage((after) =>
    client.getBoard({ params: { id }, query: { limit: 200, ...(after && { after }) } }),
  );
  const lines = rows.map((row) => boardLine(row, names, io));
  const head = [
    io.say({ vi: 'Đơn vị', en: 'Unit' }),
    io.say({ vi: 'Bước', en: 'Step' }),
    io.say({ vi: 'Đến lượt', en: 'Turn' }),
    io.say({ vi: 'Hạn', en: 'Due' }),
    '',
    io.say({ vi: 'Mã hồ sơ', en: 'Case' }),
  ];
  const vacant = vacancyLines(
    rows.flatMap((row) => row.vacant),
    names.office,
    io,
  );
  const recused = rows.flatMap((row) => recusedLines(row, io));
  const hint = await alarmHint(client, id, io);
  io.show(
    [
      ...table([head, ...lines]),
      ...vacant,
      ...recused,
      ...hint,
      ...(rehearsal ? ['', rehearsedWhen(rehearsal, io)] : []),
    ],
    rows,
  );
}

/** A case by the step that presses most; the others are only counted. */
function boardLine(row: BoardRow, names: ReturnType<typeof namesOf>, io: Io): string[] {
  const dueOf = (key: string): string | null => row.dues.find((due) => due.key === key)?.due ?? null;
  const [first, ...others] = row.open.toSorted((a, b) => byDate(dueOf(a.key), dueOf(b.key)));
  const late =
    row.late > 0
      ? io.say({ vi: `QUÁ HẠN (${row.late})`, en: `LATE (${row.late})` })
      : row.pastMark > 0
        ? io.say({ vi: `quá mốc nội bộ (${row.pastMark})`, en: `past mark (${row.pastMark})` })
        : '';
  const due = first ? dueOf(first.key) : null;
  const suspended = row.status === 'suspended' ? status(row.status, io) : '';
  return [
    [row.unit.name, sinceThen(row.unit, io)].filter(Boolean).join(' · '),
    first ? names.step(first.key) + (others.length > 0 ? ` +${others.length}` : '') : status(row.status, io),
    first ? names.party(first.turn) : '',
    due ? day(due) : first ? status(first.status, io) : '',
    [suspended, late].filter(Boolean).join(' · '),
    row.caseId,
  ];
}
type BoardRow = ResponseOf<'getBoard'>['items'][number];

/** Earliest first; what has no date comes last. */
export const byDate = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null || a < b ? -1 : 1;

async function show(id: string, io: Io): Promise<void> {
  const client = connect(io);
  const found = await client.getCampaign({ params: { id } });
  const { items: corrections } = await client.listCampaignCorrections({ params: { id } });
  const names = namesOf(found.procedure, io);
  const waves = found.waves.map(({ wave, state, standing, total }) =>
    io.say({
      vi: `Đợt ${wave}: ${standing}/${total} hồ sơ (${status(state, io)})`,
      en: `Wave ${wave}: ${standing} of ${total} cases (${status(state, io)})`,
    }),
  );
  const count = (by: Record<string, number>, name: (id: string) => string): string =>
    Object.entries(by)
      .map(([key, n]) => `${name(key)} ${n}`)
      .join(' · ');
  const hint = await alarmHint(client, id, io);
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
      found.rehearsal
        ? rehearsedWhen(found.rehearsal, io)
        : io.say({
            vi: `Chưa diễn tập: giamsat campaign rehearse ${id}`,
            en: `Not rehearsed yet: giamsat campaign rehearse ${id}`,
          }),
      ...hint,
      ...proposalLines('campaign', id, corrections, names, io),
    ],
    { ...found, corrections },
  );
}
