import { ProblemError, type Problem, type ProblemCode } from '@giamsat/contracts/http';
import { FileProblems } from '@giamsat/procedure/source';
import { CommanderError } from 'commander';
import { Stop, type Exit } from './exit.js';
import type { Io } from './io.js';
import { typedAs } from './places.js';

/** What ends a command, as one sentence with its remedy; null for help that was asked for. */
export function stopOf(error: unknown, io: Io): Stop | null {
  if (error instanceof Stop) return error;
  if (error instanceof CommanderError) return error.exitCode === 0 ? null : new Stop('usage', INCOMPLETE);
  if (error instanceof FileProblems) return ofFile(error, io);
  return error instanceof ProblemError ? ofProblem(error, io) : ofAnything(error);
}

/** The only misuse that `help.ts` leaves to the help itself. */
const INCOMPLETE = { vi: 'Lệnh còn thiếu.', en: 'A command is missing.' };

/** What to type to get further, where one can say. */
const HINTS: Partial<Record<ProblemCode, (params: Problem['params']) => { vi: string; en: string }>> = {
  NOT_FOUND: () => ({
    vi: 'Nếu có thì không thuộc chức trách của bạn (giamsat whoami).',
    en: 'If there is such a thing, it is not yours (giamsat whoami).',
  }),
  UNAUTHENTICATED: () => ({ vi: 'Hãy chạy: giamsat login', en: 'Run: giamsat login' }),
  DATE_MISSING: ({ kind }) => ({ vi: `Thêm --${kind} NGÀY.`, en: `Add --${kind} DATE.` }),
  CAMPAIGN_NOT_READY: ({ missing }) => ({ vi: `Còn thiếu: ${missing}.`, en: `Missing: ${missing}.` }),
  CAPACITY_UNCLEAR: () => ({ vi: 'Thêm --as CHỨC-TRÁCH.', en: 'Add --as OFFICE.' }),
};

function ofProblem({ problem }: ProblemError, io: Io): Stop {
  const { code, titles, params, errors, status } = problem;
  if (code === 'INVALID' && errors.some(({ path }) => path === 'params.id'))
    return new Stop('usage', NO_ID, [], problem);
  const hint = HINTS[code]?.(params);
  const say = hint ? { vi: `${titles.vi} ${hint.vi}`, en: `${titles.en} ${hint.en}` } : titles;
  const lines = errors.map(({ path, message }) => `  ${typedAs(path, io.command)}: ${io.say(message)}`);
  return new Stop(exitOf(status), say, lines, problem);
}

const NO_ID = {
  vi: 'Mã chưa đúng: chép cả mã (0198…-…) như lệnh list, board hoặc duties in ra.',
  en: 'That is no id: copy the whole of it (0198…-…) as list, board or duties print it.',
};

function exitOf(status: number): Exit {
  if (status === 401 || status >= 500) return 'unreachable';
  if (status === 404) return 'notFound';
  return status === 400 || status === 422 ? 'usage' : 'refused';
}

/** Every mistake of a procedure or calendar file: where it is, what is wrong, what would be right. */
function ofFile({ problems }: FileProblems, io: Io): Stop {
  return new Stop(
    'usage',
    { vi: `${problems.length} chỗ chưa đúng:`, en: `${problems.length} mistake${problems.length > 1 ? 's' : ''}:` },
    problems.map(
      ({ file, line, column, field, message }) => `  ${file}:${line}:${column} ${field}: ${io.say(message)}`,
    ),
    { ok: false, problems },
  );
}

const FILE_FAULTS: Record<string, { vi: string; en: string }> = {
  ENOENT: { vi: 'Không có tệp', en: 'No such file' },
  EISDIR: { vi: 'Đây là thư mục, không phải tệp', en: 'This is a folder, not a file' },
  EACCES: { vi: 'Không được phép mở tệp', en: 'The file may not be opened' },
};

function ofAnything(error: unknown): Stop {
  const { code = '', name, path, cause, message } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  // Ctrl-C, or the end of the input, in the middle of the questions
  if (name === 'ExitPromptError')
    return new Stop('refused', { vi: 'Đã dừng, không ghi gì.', en: 'Stopped; nothing was written.' });
  const file = FILE_FAULTS[code];
  if (file) return new Stop('usage', { vi: `${file.vi}: ${path ?? ''}`, en: `${file.en}: ${path ?? ''}` });
  if (code === 'ECONNREFUSED' || cause?.code === 'ECONNREFUSED' || message === 'fetch failed')
    return new Stop('unreachable', {
      vi: 'Không gọi được máy chủ: hãy chạy npm start, hoặc đặt GIAMSAT_API.',
      en: 'The server cannot be reached: run npm start, or set GIAMSAT_API.',
    });
  return new Stop('refused', { vi: `Lỗi ngoài dự kiến: ${message}`, en: `Unexpected: ${message}` });
}
