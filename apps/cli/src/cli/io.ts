import type { Command } from 'commander';

export type Language = 'vi' | 'en';

/** Everything a command may touch of the world around it; tests put their own in its place. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  env: Record<string, string | undefined>;
  isTerminal: boolean;
  lang: Language;
  json: boolean;
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
    lang: env.LANG?.startsWith('en') ? 'en' : 'vi',
    json: false,
    show: (human, value) => io.out(io.json ? JSON.stringify(value, null, 2) : [human].flat().join('\n')),
    say: (words) => words[io.lang],
  };
  return io;
}

/** 'YYYY-MM-DD' as people here write it; a moment in the zone of Vietnam, which has one offset all year. */
export function day(when: string | null | undefined): string {
  if (!when) return '—';
  if (when.length === 10) return `${when.slice(8)}/${when.slice(5, 7)}/${when.slice(0, 4)}`;
  const local = new Date(Date.parse(when) + 7 * 3_600_000).toISOString();
  return `${day(local.slice(0, 10))} ${local.slice(11, 19)}`;
}

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
