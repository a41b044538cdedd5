import { isCivilDate, isInstant } from '@giamsat/procedure';
import type { Command } from 'commander';
import { Stop } from './exit.js';

/** Every option that takes a `<date>` takes it as people write it, 5/3/2026 or 2026-03-05; a moment where seconds count. */
export function readDates(commands: Command[]): void {
  for (const option of commands.flatMap((command) => command.options)) {
    const [, also = ''] = /<(.*\|)?date>/.exec(option.flags) ?? [, null];
    if (also !== null) option.argParser((text: string) => (also && isEntry(text) ? text : dateOf(text, option.long!)));
  }
}

/** A number of the record, beside a date. */
const isEntry = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text);

function dateOf(text: string, option: string): string {
  const [, d, m, y] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text.trim()) ?? [];
  const date = d && m ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : text;
  if (isCivilDate(date) || isInstant(date)) return date;
  throw new Stop('usage', {
    vi: `${option} ${text}: không phải ngày có thật; viết 05/03/2026 hoặc 2026-03-05`,
    en: `${option} ${text}: no such day; write 05/03/2026 or 2026-03-05`,
  });
}
