import { Command, Option } from 'commander';
import { commands as audit } from '../audit/index.js';
import { commands as client } from '../client/index.js';
import { commands as demo } from '../demo/index.js';
import { commands as drill } from '../drill/index.js';
import { commands as offline } from '../offline/index.js';
import { commands as organisations } from '../organisations/index.js';
import { EXIT, type Stop } from './exit.js';
import { stopOf } from './failures.js';
import { finish, speak } from './help.js';
import { LANGUAGES, type Io, type Language } from './io.js';

/** Runs one command line; resolves to its exit code and never throws. */
export async function run(args: string[], io: Io): Promise<number> {
  io.json = args.includes('--json');
  io.lang = languageIn(args) ?? io.lang;
  try {
    await program(io).parseAsync(args, { from: 'user' });
    return EXIT.ok.code;
  } catch (error) {
    return failed(error, io);
  }
}

/** Known before anything else, for help and mistakes are said in it too. */
function languageIn(args: string[]): Language | undefined {
  const at = args.findIndex((each) => each === '--lang' || each.startsWith('--lang='));
  const given = args[at]?.split('=')[1] ?? args[at + 1];
  return at < 0 ? undefined : LANGUAGES.find((each) => each === given);
}

/** Every command there is: the one table of them. */
export function program(io: Io): Command {
  const root = new Command('giamsat')
    .description(
      io.say({
        vi: 'Giám sát: các cuộc giám sát, từ kế hoạch đến hồ sơ lưu',
        en: 'Supervision campaigns, from the plan to the filed dossier',
      }),
    )
    .option('--json', io.say({ vi: 'trả lời bằng JSON', en: 'answer in JSON' }))
    .addOption(new Option('--lang <lang>', io.say({ vi: 'ngôn ngữ', en: 'language' })).choices(LANGUAGES))
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      outputError: () => {},
    });
  root.hook('preAction', (_, command) => void (io.command = command));
  speak(root, io);
  for (const register of [...offline, ...client, ...organisations, ...demo, ...drill, ...audit]) register(root, io);
  finish(root, io);
  return root;
}

/** One sentence and the remedy; never a stack. */
function failed(error: unknown, io: Io): number {
  const stop = stopOf(error, io);
  if (stop === null) return EXIT.ok.code;
  if (io.json && !io.answered) io.out(JSON.stringify(jsonOf(stop, io), null, 2));
  else io.err([io.say(stop.say), ...stop.lines].join('\n'));
  return EXIT[stop.exit].code;
}

/**
 * Every failure has `error`, the kind its exit code stands for, and `message`, beside whatever else is known of it. What
 * was found wrong by a command that looks for it is that command's answer, a list as ever.
 */
const jsonOf = ({ exit, say, lines, json }: Stop, io: Io): object =>
  Array.isArray(json) ? json : { error: exit, message: io.say(say), ...(json ?? (lines.length > 0 && { lines })) };
