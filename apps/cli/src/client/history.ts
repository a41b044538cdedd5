import type { CaseEvent, CaseView } from '@giamsat/procedure';
import { procedureLibrary, words } from '@giamsat/procedure/source';
import { chronicle } from '@giamsat/procedure/words';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect } from './connect.js';
import { namesOf, status } from './names.js';

export function register(group: Command, scope: 'case' | 'campaign', io: Io): void {
  group
    .command('history')
    .argument('<id>')
    .option(
      '--at <seq|date>',
      io.say({
        vi: 'như đã biết sau mục đó, hoặc hết ngày đó',
        en: 'as it was known after that entry, or at the end of that day',
      }),
    )
    .description(
      io.say({ vi: 'Biên niên: mỗi câu một mục trong sổ', en: 'The chronicle: one sentence per entry of the record' }),
    )
    .addHelpText(
      'after',
      `\n  giamsat ${scope} history 0198…\n  giamsat ${scope} history 0198… --at 2026-03-31\n  giamsat ${scope} history 0198… --at 17`,
    )
    .action((id: string, { at }: { at?: string }) => history(scope, id, at, io));
}

async function history(scope: 'case' | 'campaign', id: string, at: string | undefined, io: Io): Promise<void> {
  const client = connect(io);
  const call = { params: { id }, query: at === undefined ? {} : { at } };
  const found = await (scope === 'case' ? client.getCaseHistory(call) : client.getCampaignHistory(call));
  const view = found.view as CaseView;
  const [opened] = view.events as CaseEvent[];
  if (opened?.type !== 'opened')
    throw new Stop('refused', {
      vi: 'Bạn không được xem phần mở đầu của hồ sơ này.',
      en: 'The opening of this case is not yours to read.',
    });
  const { procedure, calendar } = opened.data;
  const name = `${procedure.id}@${procedure.version}`;
  const shipped = procedureLibrary().getProcedure(name);
  const told = shipped
    ? chronicle(view.events as CaseEvent[], {
        words: words(shipped.source),
        zone: calendar.zone,
        lang: io.lang,
        names: found.people,
        texts: found.texts,
      })
    : [];
  const names = namesOf(name, io);
  const open = view.steps
    .filter(({ status: of }) => of === 'open' || of === 'submitted')
    .map((step) => [names.step(step.key), status(step.status, io), names.party(step.turn), day(step.deadline?.due)]);
  io.show(
    [
      ...told.map(({ seq, at: when, sentence }) => `#${String(seq).padStart(3)}  ${day(when)}  ${sentence}`),
      '',
      io.say({
        vi: `Như đã biết sau mục ${found.at}: ${status(view.status, io)}`,
        en: `As known after entry ${found.at}: ${status(view.status, io)}`,
      }),
      ...table(open),
    ],
    { ...found, chronicle: told },
  );
}
