import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { COMMAND_SCHEMAS, ProblemError, type CommandInput, type ResponseOf } from '@giamsat/contracts/http';
import type { CaseView, Explanation } from '@giamsat/procedure';
import { procedureLibrary, words } from '@giamsat/procedure/source';
import { explainInWords } from '@giamsat/procedure/words';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect } from './connect.js';
import { register as registerHistory } from './history.js';
import { namesOf, NO_DATE, status } from './names.js';

export interface ActOptions {
  step?: string;
  outcome?: string;
  set?: string[];
  document?: string;
  sent?: string;
  received?: string;
  paper?: string;
  number?: string;
  register?: string;
  as?: string;
  second?: string;
  scope?: string;
  key?: string;
}

/** Options that any act may carry: what is done, the dates of its paper, in which office. */
export const actOptions = (command: Command, io: Io): Command =>
  command
    .option('--step <step>', 'self-report, remediation-progress/<id>')
    .option('--outcome <outcome>')
    .option(
      '--set <name=value...>',
      io.say({
        vi: 'trường khác của lệnh; giá trị có thể là JSON',
        en: 'other fields of the command; values may be JSON',
      }),
    )
    .option('--document <date>', io.say({ vi: 'ngày ghi trên văn bản', en: 'date of the paper' }))
    .option('--sent <date>', io.say({ vi: 'ngày gửi', en: 'day it was sent' }))
    .option('--received <date>', io.say({ vi: 'ngày nhận', en: 'day it was received' }))
    .option('--paper <kind>', 'BC, KH, TB, CV …')
    .option('--number <number>', io.say({ vi: 'số, ký hiệu', en: 'its number' }))
    .option('--register <number>', io.say({ vi: 'số đến', en: 'number in the register' }))
    .option('--as <office>', io.say({ vi: 'với chức trách nào', en: 'in which office' }))
    .option('--second <user>', io.say({ vi: 'người thứ hai (khi đính chính)', en: 'the second person (corrections)' }))
    .option('--key <uuid>', io.say({ vi: 'khóa để gửi lại an toàn', en: 'key that makes sending again safe' }));

export function register(program: Command, io: Io): void {
  const group = program
    .command('case')
    .description(io.say({ vi: 'Hồ sơ giám sát của một đơn vị', en: 'The case of one unit' }));
  group
    .command('show')
    .argument('<id>')
    .description(
      io.say({ vi: 'Các bước, thời hạn và vì sao, việc được làm', en: 'Steps, deadlines and why, what may be done' }),
    )
    .option('--why', io.say({ vi: 'kèm lý do của từng thời hạn', en: 'with the reasons of each deadline' }))
    .addHelpText('after', '\n  giamsat case show 0198… --why')
    .action((id: string, options: { why?: boolean }) => show(id, options, io));
  actOptions(
    group
      .command('act')
      .argument('<id>')
      .argument('<command>', 'submitStep, completeStep, returnStep, requestExtension …'),
    io,
  )
    .description(io.say({ vi: 'Làm một việc trên hồ sơ', en: 'Do something to a case' }))
    .addHelpText(
      'after',
      '\n  giamsat case act 0198… submitStep --step self-report\n  giamsat case act 0198… completeStep --step self-report --outcome accepted\n  giamsat case act 0198… requestExtension --step self-report --set \'span={"n":3,"unit":"wd"}\' reason="…"',
    )
    .action((id: string, type: string, options: ActOptions) => act('case', id, type, options, io));
  registerHistory(group, 'case', io);
  group
    .command('restore')
    .argument('<id>')
    .description(
      io.say({ vi: 'Dựng lại hồ sơ trong Temporal từ sổ cái', en: 'Restore a case in Temporal from the ledger' }),
    )
    .addHelpText('after', '\n  giamsat case restore 0198…')
    .action((id: string) => restore(id, io));
}

const isName = (type: string): type is keyof typeof COMMAND_SCHEMAS => type in COMMAND_SCHEMAS;

/** Builds the command, checks it here so that every mistake is shown at once, and gives it. */
export async function act(
  scope: 'case' | 'campaign',
  id: string,
  type: string,
  options: ActOptions,
  io: Io,
): Promise<void> {
  if (!isName(type))
    throw new Stop('usage', {
      vi: `Không có việc "${type}"; có: ${Object.keys(COMMAND_SCHEMAS).join(', ')}`,
      en: `No command "${type}"; there are: ${Object.keys(COMMAND_SCHEMAS).join(', ')}`,
    });
  const read = COMMAND_SCHEMAS[type].safeParse(bodyOf(type, options));
  if (!read.success)
    throw new Stop(
      'usage',
      { vi: 'Lệnh chưa đúng:', en: 'The command is not right:' },
      read.error.issues.map(({ path, message }) => `  ${path.join('.') || type}: ${message}`),
    );
  const client = connect(io);
  const call = { params: { id }, key: options.key ?? randomUUID(), body: read.data as CommandInput };
  const answer = await untilAnswered(call.key, () =>
    scope === 'case' ? client.commandCase(call) : client.commandCampaign(call),
  );
  io.show(
    io.say({
      vi: `Đã ghi, mục ${answer.seq}.${answer.created ? ` Mã: ${answer.created}` : ''}`,
      en: `Recorded, entry ${answer.seq}.${answer.created ? ` Id: ${answer.created}` : ''}`,
    }),
    answer,
  );
}

/** An outcome that is not known yet is asked for again with the same key, which is safe; the key is told when we give up. */
async function untilAnswered<T>(key: string, send: () => Promise<T>): Promise<T> {
  for (let left = 2; ; left--) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'NO_ANSWER_YET') throw error;
      const { titles } = error.problem;
      if (left === 0)
        throw new Stop(
          'unreachable',
          { vi: `${titles.vi} Thêm --key ${key}`, en: `${titles.en} Add --key ${key}` },
          [],
          { ...error.problem, key },
        );
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfter ?? 1) * 1000));
    }
  }
}

function bodyOf(type: string, options: ActOptions): Record<string, unknown> {
  const { step, outcome, document, sent, received, paper, number, register: incoming, as, second, set = [] } = options;
  const body: Record<string, unknown> = { type };
  for (const pair of set) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new Stop('usage', {
        vi: `--set ${pair}: viết tên=giá trị, ví dụ reason="…"`,
        en: `--set ${pair}: write name=value, e.g. reason="…"`,
      });
    body[pair.slice(0, at)] = valueOf(pair.slice(at + 1));
  }
  const dates = Object.fromEntries(
    Object.entries({ document, sent, received }).filter(([, value]) => value !== undefined),
  );
  return {
    ...body,
    ...(step && { step }),
    ...(outcome && { outcome }),
    ...(Object.keys(dates).length > 0 && { dates }),
    ...(paper && {
      paper: {
        kind: paper,
        ...(number && { number }),
        ...(document && { date: document }),
        ...(incoming && { register: incoming }),
      },
    }),
    ...(as && { capacity: as }),
    ...(second && { second }),
  };
}

/** JSON where it is JSON, `@file` its text, else the words themselves. */
function valueOf(text: string): unknown {
  if (text.startsWith('@')) return readFileSync(text.slice(1), 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function show(id: string, { why }: { why?: boolean }, io: Io): Promise<void> {
  const found = await connect(io).getCase({ params: { id } });
  const view = found.view as CaseView;
  const names = namesOf(found.procedure, io);
  const noDate = (reason = ''): string => (NO_DATE[reason] ? io.say(NO_DATE[reason]) : reason);
  const steps = view.steps.map((step) => {
    const late = step.lateness
      ? io.say(
          step.lateness.kind === 'late'
            ? { vi: `quá hạn ${step.lateness.days} ngày`, en: `late ${step.lateness.days} days` }
            : { vi: `quá mốc nội bộ ${step.lateness.days} ngày`, en: `past mark ${step.lateness.days} days` },
        )
      : '';
    const due = step.deadline
      ? step.deadline.due
        ? `${day(step.deadline.due)}${step.deadline.provisional ? '*' : ''}`
        : noDate(step.deadline.reason)
      : '';
    return [
      names.step(step.key),
      status(step.status, io),
      step.turn ? names.party(step.turn) : '',
      due,
      late,
      step.outcome ? names.outcome(step.step, step.outcome) : '',
    ];
  });
  const acts = found.allowed.map(({ type, step, outcomes }) => [
    `  giamsat case act ${id} ${type}${step ? ` --step ${step}` : ''}${outcomes ? ` --outcome ${outcomes.join('|')}` : ''}`,
    step ? `# ${names.step(step)}` : '',
  ]);
  const reasons = why ? whyLines(found, view, io) : [];
  io.show(
    [
      `${found.unit?.name ?? ''} — ${found.title}`,
      `${status(view.status, io)} · ${names.stage(view.stage)} · ${io.say({ vi: `mục ${view.seq}`, en: `entry ${view.seq}` })}`,
      '',
      ...table(steps),
      ...(reasons.length > 0 ? ['', ...reasons] : []),
      ...(acts.length > 0 ? ['', io.say({ vi: 'Bạn có thể:', en: 'You may:' }), ...table(acts)] : []),
    ],
    found,
  );
}

async function restore(id: string, io: Io): Promise<void> {
  const { restored } = await connect(io).restoreCase({ params: { id } });
  const words = restored
    ? { vi: 'Đã dựng lại hồ sơ từ sổ cái.', en: 'The case is restored from the ledger.' }
    : { vi: 'Hồ sơ đang chạy, không phải làm gì.', en: 'The case is running; nothing was done.' };
  io.show(io.say(words), { id, restored });
}

/** Why each open date is what it is, in the reader's language. */
function whyLines(found: ResponseOf<'getCase'>, view: CaseView, io: Io): string[] {
  const shipped = procedureLibrary().getProcedure(found.procedure);
  const [opened] = view.events;
  if (!shipped || opened?.type !== 'opened') return [];
  const { zone } = opened.data.calendar;
  const say = words(shipped.source);
  const open = view.steps.filter(({ status: of }) => of === 'open' || of === 'submitted');
  return open.flatMap(({ key }) => [
    namesOf(found.procedure, io).step(key),
    ...explainInWords((found.explanations[key] ?? []) as Explanation[], say, zone, io.lang).map(
      (line) => `    ${line}`,
    ),
  ]);
}
