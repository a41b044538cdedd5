import { randomUUID } from 'node:crypto';
import { type Problem, ProblemError, type ResponseOf, type Words } from '@giamsat/contracts/http';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day, today } from '../cli/when.js';
import { connect } from '../client/connect.js';
import { namesOf } from '../client/names.js';
import { everyPage } from '../client/pages.js';

type Waiting = ResponseOf<'listTransfers'>['items'][number];
interface Passing {
  unit: string[];
  to?: string[];
  duty?: string[];
  close?: string[];
  reason?: string;
  paper: string;
  number: string;
  date?: string;
  preview?: boolean;
}

export function registerTransfers(org: Command, io: Io): void {
  org
    .command('successors')
    .description(
      io.say({
        vi: 'Hồ sơ đang mở của đơn vị đã kết thúc, còn phải quyết định gì',
        en: 'Open cases of units that ended, and what remains to be decided',
      }),
    )
    .option('--open-cases', io.say({ vi: 'chỉ hồ sơ đang mở (mặc định)', en: 'open cases only (as always)' }))
    .addHelpText('after', '\n  giamsat org successors --open-cases')
    .action(async () => {
      const items = await waiting(io);
      io.show(waitingPage(items, io), items);
    });
  org
    .command('transfer')
    .description(
      io.say({
        vi: 'Chuyển hồ sơ đang mở của đơn vị đã kết thúc cho đơn vị kế thừa, mỗi hồ sơ một việc',
        en: 'Offer open cases of units that ended to their successors, one act a case',
      }),
    )
    .requiredOption(
      '--unit <units...>',
      io.say({ vi: 'mã các đơn vị đã kết thúc', en: 'codes of the units that ended' }),
    )
    .option(
      '--to <units...>',
      io.say({ vi: 'đơn vị nhận; mặc định: mọi đơn vị kế thừa', en: 'receivers; else: all successors' }),
    )
    .option(
      '--duty <duty=units...>',
      io.say({
        vi: 'việc nào cho đơn vị nào khi có nhiều đơn vị nhận; nhiều mã cách nhau bằng dấu phẩy là cùng nhận; * là mọi việc khác',
        en: 'which duty goes to whom, where there are several receivers; codes with commas share it; * is all else',
      }),
    )
    .option('--close <duties...>', io.say({ vi: 'việc kết thúc tại đây', en: 'duties that end here' }))
    .option('--reason <text>', io.say({ vi: 'lý do kết thúc', en: 'why they end' }))
    .requiredOption('--number <number>', io.say({ vi: 'số, ký hiệu văn bản', en: 'number of the paper' }))
    .option('--paper <kind>', io.say({ vi: 'loại văn bản', en: 'kind of paper' }), 'QĐ')
    .option('--date <date>', io.say({ vi: 'ngày văn bản (mặc định hôm nay)', en: 'date of the paper (today)' }))
    .option('--preview', io.say({ vi: 'chỉ xem trước', en: 'say what would be done, do nothing' }))
    .addHelpText(
      'after',
      '\n  giamsat org transfer --unit HU-VINH-CUU HU-DINH-QUAN --number 20-QĐ/TU --preview' +
        '\n  giamsat org transfer --unit HU-TAN-PHU --number 20-QĐ/TU --duty self-report=DU-TAN-PHU "*=DU-TA-LAI"',
    )
    .action((options: Passing) => transfer(options, io));
  org
    .command('accept')
    .argument('<case>')
    .description(io.say({ vi: 'Tiếp nhận một hồ sơ được chuyển', en: 'Take over a case that is offered' }))
    .requiredOption('--unit <unit>', io.say({ vi: 'mã đơn vị nhận', en: 'code of the receiving unit' }))
    .addHelpText('after', '\n  giamsat org accept 0198… --unit DU-TRI-AN')
    .action(async (id: string, { unit }: { unit: string }) => {
      const done = await connect(io).acceptTransfer({ params: { id }, key: randomUUID(), body: { unit } });
      io.show(io.say({ vi: `Đã tiếp nhận, mục ${done.seq}.`, en: `Taken over, entry ${done.seq}.` }), done);
    });
}

const waiting = (io: Io): Promise<Waiting[]> =>
  everyPage((after) => connect(io).listTransfers({ query: { limit: 200, ...(after && { after }) } }));

const codes = (units: { symbol: string | null; name: string }[]): string =>
  units.map(({ symbol, name }) => symbol ?? name).join(', ');

function waitingPage(items: Waiting[], io: Io): string[] {
  if (items.length === 0)
    return [io.say({ vi: 'Không còn hồ sơ nào chờ quyết định.', en: 'No case waits for a decision.' })];
  const names = namesOf('vn-party-supervision', io);
  return table(
    items.map((item) => [
      item.unit.name,
      item.ended ? io.say({ vi: `kết thúc ${day(item.ended)}`, en: `ended ${day(item.ended)}` }) : '',
      item.remains === 'decide'
        ? io.say({
            vi: `quyết định: kế thừa ${codes(item.successors) || 'không có'}`,
            en: `decide: successors ${codes(item.successors) || 'none'}`,
          })
        : io.say({ vi: `chờ tiếp nhận: ${codes(item.offered)}`, en: `to be accepted by ${codes(item.offered)}` }),
      openOf(item)
        .map(({ key, due, owes, offered }) => {
          const held = [codes(owes), ...(offered.length > 0 ? [codes(offered)] : [])].join(' → ');
          return `${names.step(key)}${due ? ` ${day(due)}` : ''} (${key}: ${held})`;
        })
        .join('; '),
      item.case,
    ]),
  );
}

/** `*` stands for all that is not open yet. */
const openOf = ({ duties }: Waiting): Waiting['duties'] => duties.filter(({ key }) => key !== '*');

/** `self-report=DU-1`, or `self-report=DU-1,DU-2` for a duty that both share. */
function shareOf(given: string): { duty: string; units: string[]; jointly?: true } {
  const [duty = '', ...rest] = given.split('=');
  const units = rest.join('=').split(',').filter(Boolean);
  if (units.length === 0)
    throw new Stop('usage', {
      vi: `--duty ${given}: phải viết việc=mã đơn vị`,
      en: `--duty ${given}: write duty=code of the unit`,
    });
  return { duty, units, ...(units.length > 1 && { jointly: true as const }) };
}

interface Told {
  case: string;
  unit: string;
  to: string[];
  duties: number;
  done: boolean;
  why: Words | null;
}

/** One act for each case, one after the other; what stands in the way of one stops none of the others, and is said. */
async function transfer(
  { unit, to, duty, close, reason, paper, number, date = today(), preview = false }: Passing,
  io: Io,
): Promise<void> {
  const shares = {
    ...(duty && { duties: duty.map(shareOf) }),
    ...(close && { closes: close }),
    ...(reason && { reason }),
  };
  const wanted = new Set(unit);
  const items = (await waiting(io)).filter(
    ({ remains, from }) =>
      remains === 'decide' && from.some(({ symbol, id }) => wanted.has(symbol ?? '') || wanted.has(id)),
  );
  if (items.length === 0)
    throw new Stop('notFound', {
      vi: 'Các đơn vị này không có hồ sơ nào chờ quyết định; xem: giamsat org successors',
      en: 'No case of these units waits for a decision; see: giamsat org successors',
    });
  const client = connect(io);
  const instrument = { kind: paper, number, date };
  const told: Told[] = [];
  for (const item of items) {
    const receivers = to ?? item.successors.map(({ symbol, id }) => symbol ?? id);
    const line = { case: item.case, unit: item.unit.name, to: receivers, duties: openOf(item).length };
    if (receivers.length === 0 || preview)
      told.push({ ...line, done: false, why: receivers.length === 0 ? NO_RECEIVER : null });
    else {
      const from = item.from.find(({ symbol, id }) => wanted.has(symbol ?? '') || wanted.has(id))?.id;
      const body = { type: 'transferUnit' as const, ...(from && { from }), to: receivers, ...shares, instrument };
      const problem = await client.commandCase({ params: { id: item.case }, key: randomUUID(), body }).then(
        () => null,
        (error: unknown) => {
          if (error instanceof ProblemError) return whyOf(error.problem);
          throw error;
        },
      );
      told.push({ ...line, done: problem === null, why: problem });
    }
  }
  const state = (each: Told): string =>
    each.why
      ? io.say(each.why)
      : each.done
        ? io.say({ vi: 'đã chuyển', en: 'offered' })
        : io.say({ vi: 'sẽ chuyển', en: 'would be offered' });
  io.show(
    table(
      told.map((each) => [
        each.unit,
        '→',
        each.to.join(', '),
        io.say({ vi: `${each.duties} việc đang mở`, en: `${each.duties} open duties` }),
        state(each),
        each.case,
      ]),
    ),
    told,
  );
  const stopped = told.filter(({ why }) => why !== null).length;
  if (stopped > 0)
    throw new Stop('refused', {
      vi: `${stopped} hồ sơ chưa chuyển được.`,
      en: `${stopped} cases could not be offered.`,
    });
}
/** With every place that is named: one sentence for all of them would tell nobody what to change. */
const whyOf = ({ titles, errors }: Problem): Words => {
  const say = (lang: keyof Words): string => [titles[lang], ...errors.map(({ message }) => message[lang])].join(' ');
  return { vi: say('vi'), en: say('en') };
};
const NO_RECEIVER = {
  vi: 'không có đơn vị kế thừa: thêm --to, hoặc kết thúc hồ sơ (closeWithoutConclusion)',
  en: 'no successor: add --to, or end the case (closeWithoutConclusion)',
};
