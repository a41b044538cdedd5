import type { Client, ResponseOf } from '@giamsat/contracts/http';
import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect } from './connect.js';
import { everyPage } from './pages.js';

type Alarm = ResponseOf<'listAlarms'>['items'][number];

/** What needs a person: for whoever runs campaigns, and for administrators. */
export function register(program: Command, io: Io): void {
  const group = program
    .command('alarm')
    .description(io.say({ vi: 'Báo động: hồ sơ cần người xem', en: 'Alarms: cases that need a person' }));
  group
    .command('list')
    .option('--campaign <id>', io.say({ vi: 'chỉ của một cuộc giám sát', en: 'of one campaign only' }))
    .description(
      io.say({ vi: 'Sai ở đâu, nghĩa là gì, phải làm gì', en: 'What is wrong, what it means, what to do about it' }),
    )
    .addHelpText('after', '\n  giamsat alarm list\n  giamsat alarm list --campaign 0198… --json')
    .action(async ({ campaign }: { campaign?: string }) => {
      const items = await alarmsOf(connect(io), campaign);
      io.show(items.length === 0 ? io.say(NONE) : items.flatMap((item) => lines(item, io)), items);
    });
  group
    .command('clear')
    .argument('<id>')
    .description(
      io.say({
        vi: 'Đã xem xong một báo động; còn sai thì tự báo lại',
        en: 'You have looked at it; what is still wrong is raised again',
      }),
    )
    .addHelpText('after', '\n  giamsat alarm clear 0198…')
    .action(async (id: string) => {
      const cleared = await connect(io).clearAlarm({ params: { id } });
      io.show(io.say({ vi: 'Đã xong báo động này.', en: 'This alarm is cleared.' }), cleared);
    });
}

const NONE = { vi: 'Không có báo động nào.', en: 'No alarm.' };

const alarmsOf = (client: Client, campaign?: string): Promise<Alarm[]> =>
  everyPage((after) =>
    client.listAlarms({ query: { limit: 200, ...(campaign && { campaign }), ...(after && { after }) } }),
  );

function lines({ id, alarm, at, scope, of, title, unit, means, remedy }: Alarm, io: Io): string[] {
  return [
    ...table([[id, day(at), alarm, unit?.name ?? title ?? '', `${scope} ${of}`]]),
    `    ${io.say(means)}`,
    `  → ${io.say(remedy)}`,
  ];
}

/** One line below a campaign of which something needs a person. */
export async function alarmHint(client: Client, campaign: string, io: Io): Promise<string[]> {
  const { length } = await alarmsOf(client, campaign);
  const how = `giamsat alarm list --campaign ${campaign}`;
  return length === 0 ? [] : ['', io.say({ vi: `BÁO ĐỘNG (${length}): ${how}`, en: `ALARMS (${length}): ${how}` })];
}
