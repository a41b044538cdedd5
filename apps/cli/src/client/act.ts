import { randomUUID } from 'node:crypto';
import { COMMAND_SCHEMAS, idempotencyKey, sayIssue, type CommandInput } from '@giamsat/contracts/http';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { readText } from '../cli/input.js';
import type { Io } from '../cli/io.js';
import { typedAs } from '../cli/places.js';
import { connect } from './connect.js';
import { propose } from './corrections.js';
import { campaignMovement, movementLines, warningLines } from './movement.js';
import { namesOf } from './names.js';
import { untilAnswered } from './until-answered.js';

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
  signedAs?: string;
  scope?: string;
  key?: string;
  preview?: boolean;
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
    .option('--signed-as <how>', io.say({ vi: 'ký thay mặt: T/M, K/T, T/L, Q.', en: 'signed as T/M, K/T, T/L or Q.' }))
    .option(
      '--preview',
      io.say({
        vi: 'chỉ xem: thời hạn nào thay đổi, điều gì nên biết trước',
        en: 'only look: what moves, what to know before',
      }),
    )
    .option('--key <uuid>', io.say({ vi: 'khóa để gửi lại an toàn', en: 'key that makes sending again safe' }));

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
  const read = COMMAND_SCHEMAS[type].safeParse(bodyOf(type, options), { error: sayIssue(io.lang) });
  if (!read.success)
    throw new Stop(
      'usage',
      { vi: 'Lệnh chưa đúng:', en: 'The command is not right:' },
      read.error.issues.map(
        ({ path, message }) => `  ${path.length > 0 ? typedAs(path.join('.'), io.command) : type}: ${message}`,
      ),
    );
  if (options.key !== undefined && !idempotencyKey.safeParse(options.key).success)
    throw new Stop('usage', {
      vi: `--key ${options.key}: phải là một UUID.`,
      en: `--key ${options.key}: must be a UUID.`,
    });
  const body = read.data as CommandInput;
  if (options.preview) return look(scope, id, body, io);
  const client = connect(io);
  // Without the signed paper of a second person it waits for him.
  if (body.type === 'correctEntry' && body.paper?.signedAs === undefined)
    return propose(scope, id, body, options.key ?? randomUUID(), io);
  const call = { params: { id }, key: options.key ?? randomUUID(), body };
  const answer = await untilAnswered(call.key, () =>
    scope === 'case' ? client.commandCase(call) : client.commandCampaign(call),
  );
  io.show(
    [
      io.say({
        vi: `Đã ghi, mục ${answer.seq}.${answer.created ? ` Mã: ${answer.created}` : ''}`,
        en: `Recorded, entry ${answer.seq}.${answer.created ? ` Id: ${answer.created}` : ''}`,
      }),
      ...warningLines(answer, io),
    ],
    answer,
  );
}

/** What the act would do, told by whoever would decide it; nothing is done. */
async function look(scope: 'case' | 'campaign', id: string, body: CommandInput, io: Io): Promise<void> {
  const client = connect(io);
  const call = { params: { id }, body };
  if (scope === 'campaign') {
    const [{ procedure }, moved] = [await client.getCampaign({ params: { id } }), await client.previewCampaign(call)];
    return io.show(campaignMovement(moved, namesOf(procedure, io), io), moved);
  }
  const [{ procedure }, moved] = [await client.getCase({ params: { id } }), await client.previewCase(call)];
  io.show([...movementLines(moved, namesOf(procedure, io), io), ...warningLines(moved, io)], moved);
}

function bodyOf(type: string, options: ActOptions): Record<string, unknown> {
  const {
    step,
    outcome,
    document,
    sent,
    received,
    paper,
    number,
    register: incoming,
    as,
    signedAs,
    set = [],
  } = options;
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
        ...(signedAs && { signedAs }),
      },
    }),
    ...(as && { capacity: as }),
  };
}

/** JSON where it is JSON, `@file` its text, else the words themselves. */
function valueOf(text: string): unknown {
  if (text.startsWith('@')) return readText(text.slice(1));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
