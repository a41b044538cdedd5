import { ProblemError } from '@giamsat/contracts/http';
import { Command, CommanderError } from 'commander';
import { commands as audit } from '../audit/index.js';
import { commands as client } from '../client/index.js';
import { commands as demo } from '../demo/index.js';
import { commands as drill } from '../drill/index.js';
import { commands as offline } from '../offline/index.js';
import { EXIT, Stop } from './exit.js';
import type { Io } from './io.js';

/** Runs one command line; resolves to its exit code and never throws. */
export async function run(args: string[], io: Io): Promise<number> {
  try {
    await program(io).parseAsync(args, { from: 'user' });
    return EXIT.ok.code;
  } catch (error) {
    return failed(error, io);
  }
}

function program(io: Io): Command {
  const root = new Command('giamsat')
    .description(
      io.say({
        vi: 'Giám sát: các cuộc giám sát, từ kế hoạch đến hồ sơ lưu',
        en: 'Supervision campaigns, from the plan to the filed dossier',
      }),
    )
    .option('--json', io.say({ vi: 'trả lời bằng JSON', en: 'answer in JSON' }))
    .option('--lang <vi|en>', io.say({ vi: 'ngôn ngữ', en: 'language' }))
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .addHelpText('after', () => `\n${io.say({ vi: 'Mã kết thúc:', en: 'Exit codes:' })}\n${exits(io)}`)
    .hook('preAction', (_, command) => {
      const { json, lang } = command.optsWithGlobals<{ json?: boolean; lang?: string }>();
      io.json = json === true;
      if (lang === 'en' || lang === 'vi') io.lang = lang;
    });
  for (const register of [...offline, ...client, ...demo, ...drill, ...audit]) register(root, io);
  for (const each of allOf(root)) each.exitOverride().showHelpAfterError(false);
  return root;
}

const allOf = (command: Command): Command[] => command.commands.flatMap((each) => [each, ...allOf(each)]);
const exits = (io: Io): string =>
  Object.values(EXIT)
    .map((exit) => `  ${exit.code}  ${io.say(exit)}`)
    .join('\n');

/** One sentence and the remedy; never a stack. */
function failed(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok.code : EXIT.usage.code;
  const stop = error instanceof Stop ? error : error instanceof ProblemError ? ofProblem(error) : ofAnything(error);
  if (io.json)
    io.out(JSON.stringify(stop.json ?? { error: stop.exit, message: io.say(stop.say), lines: stop.lines }, null, 2));
  else io.err([io.say(stop.say), ...stop.lines].join('\n'));
  return EXIT[stop.exit].code;
}

function ofProblem({ problem }: ProblemError): Stop {
  const { status } = problem;
  const exit =
    status === 401 || status >= 500
      ? 'unreachable'
      : status === 404
        ? 'notFound'
        : status === 400 || status === 422
          ? 'usage'
          : 'refused';
  const lines = problem.errors.map(({ path, message }) => `  ${path}: ${message.vi}`);
  const more =
    problem.code === 'UNAUTHENTICATED'
      ? { vi: ' Hãy chạy: giamsat login', en: ' Run: giamsat login' }
      : { vi: '', en: '' };
  return new Stop(exit, { vi: problem.titles.vi + more.vi, en: problem.titles.en + more.en }, lines, problem);
}

function ofAnything(error: unknown): Stop {
  const { code, cause, message } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  if (code === 'ENOENT')
    return new Stop('usage', {
      vi: `Không có tệp: ${message.split("'")[1] ?? ''}`,
      en: `No such file: ${message.split("'")[1] ?? ''}`,
    });
  if (cause?.code === 'ECONNREFUSED' || message === 'fetch failed')
    return new Stop('unreachable', {
      vi: 'Không gọi được máy chủ: hãy chạy npm start, hoặc đặt GIAMSAT_API.',
      en: 'The server cannot be reached: run npm start, or set GIAMSAT_API.',
    });
  return new Stop('refused', { vi: `Lỗi ngoài dự kiến: ${message}`, en: `Unexpected: ${message}` });
}
