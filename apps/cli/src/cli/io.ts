import type { Command } from 'commander';

export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Everything a command may touch of the world around it; tests put their own in its place. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  env: Record<string, string | undefined>;
  isTerminal: boolean;
  lang: Language;
  json: boolean;
  /** that is being carried out, once it is known */
  command: Command | null;
  /** the command's one answer is out; what is said after it goes to the error stream */
  answered: boolean;
  /** a human answer, or the same as JSON with --json */
  show(human: string | string[], value: unknown): void;
  say(words: { vi: string; en: string }): string;
}

export type Register = (program: Command, io: Io) => void;

export function createIo(
  env: Io['env'],
  write: { out(text: string): void; err(text: string): void },
  isTerminal: boolean,
): Io {
  const io: Io = {
    ...write,
    env,
    isTerminal,
    lang: languageOf(env.LANG),
    json: false,
    command: null,
    answered: false,
    show(human, value) {
      io.answered = true;
      io.out(io.json ? JSON.stringify(value, null, 2) : [human].flat().join('\n') || io.say(NOTHING));
    },
    say: (words) => words[io.lang],
  };
  return io;
}

/** An empty list says that it is one. */
const NOTHING = { vi: 'Không có gì.', en: 'Nothing.' };

const languageOf = (locale: string | undefined): Language => (locale?.startsWith('en') ? 'en' : 'vi');

/** Columns as wide as their longest cell. */
export function table(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, width(cell))), []);
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd(),
  );
}

const width = (text: string): number => [...text.normalize('NFC')].length;
