import type { EventEmitter } from 'node:events';
import { Help, type Command, type CommanderError } from 'commander';
import { readDates } from './dates.js';
import { EXIT, Stop } from './exit.js';
import type { Io } from './io.js';

const TITLES: Record<string, string> = {
  'Usage:': 'Cách dùng:',
  'Arguments:': 'Tham số:',
  'Options:': 'Tùy chọn:',
  'Global Options:': 'Tùy chọn chung:',
  'Commands:': 'Lệnh:',
};

/** Commander's own words in the reader's language; options that every command takes are shown with each of them. */
export function speak(root: Command, io: Io): void {
  const help = new Help();
  root
    .helpOption('-h, --help', io.say({ vi: 'xem hướng dẫn', en: 'show this help' }))
    .helpCommand('help [command]', io.say({ vi: 'hướng dẫn của một lệnh', en: 'help on a command' }))
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => (io.lang === 'vi' ? (TITLES[title] ?? title) : title),
      optionDescription: (option) =>
        help
          .optionDescription(option)
          .replace('(default:', io.say({ vi: '(mặc định:', en: '(default:' }))
          .replace('(choices:', io.say({ vi: '(chọn:', en: '(choices:' })),
    });
}

/** Dates are read alike, the examples of each command get their heading, and wrong usage becomes one sentence that names the help to read. */
export function finish(root: Command, io: Io): void {
  const exits = Object.values(EXIT).map((exit) => `  ${exit.code}  ${io.say(exit)}`);
  const commands = allOf(root);
  readDates(commands);
  for (const each of commands) {
    // commander is an emitter, which its types leave out; the heading has to come before what is already there
    const emitter = each as unknown as EventEmitter;
    if (emitter.listenerCount('afterHelp') > 0)
      emitter.prependListener('afterHelp', ({ write }: { write(text: string): void }) =>
        write(`\n${io.say({ vi: 'Ví dụ:', en: 'Examples:' })}`),
      );
    each.exitOverride((error) => {
      throw error.exitCode === 0 || error.code === 'commander.help' ? error : misuse(error, each);
    });
  }
  root.addHelpText('after', `\n${io.say({ vi: 'Mã kết thúc:', en: 'Exit codes:' })}\n${exits.join('\n')}`);
}

const allOf = (command: Command): Command[] => [command, ...command.commands.flatMap(allOf)];

const SAID: Record<string, (what: string) => { vi: string; en: string }> = {
  'commander.unknownCommand': (what) => ({ vi: `Không có lệnh ${what}.`, en: `No command ${what}.` }),
  'commander.unknownOption': (what) => ({ vi: `Không có tùy chọn ${what}.`, en: `No option ${what}.` }),
  'commander.invalidArgument': (what) => ({
    vi: `Giá trị của ${what} chưa đúng.`,
    en: `The value of ${what} is wrong.`,
  }),
  'commander.missingArgument': (what) => ({ vi: `Thiếu ${what}.`, en: `${what} is missing.` }),
  'commander.optionMissingArgument': (what) => ({ vi: `${what} cần một giá trị.`, en: `${what} needs a value.` }),
  'commander.missingMandatoryOptionValue': (what) => ({ vi: `Thiếu ${what}.`, en: `${what} is missing.` }),
  'commander.excessArguments': (what) => ({
    vi: `Lệnh ${what} không nhận nhiều tham số như vậy.`,
    en: `${what} does not take so many arguments.`,
  }),
};

function misuse(error: CommanderError, command: Command): Stop {
  const what = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const plain = error.message.replace(/^error: /, '');
  const choices = /Allowed choices are ([^.]+)\./.exec(error.message)?.[1];
  const guess = /Did you mean (?:one of )?([^?]+)\?/.exec(error.message)?.[1];
  const say = SAID[error.code]?.(what) ?? { vi: `Chưa đúng: ${plain}`, en: plain };
  const path: string[] = [];
  for (let each: Command | null = command; each; each = each.parent) path.unshift(each.name());
  return new Stop('usage', {
    vi: `${say.vi}${choices ? ` Chọn: ${choices}.` : ''}${guess ? ` Có phải ${guess}?` : ''} Xem: ${path.join(' ')} --help`,
    en: `${say.en}${choices ? ` Choose: ${choices}.` : ''}${guess ? ` Did you mean ${guess}?` : ''} See: ${path.join(' ')} --help`,
  });
}
