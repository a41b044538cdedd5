import type { Language } from './words.js';
import { WORDS } from './words.js';

/** One notice as its reader needs it: names are resolved by the caller, nothing is looked up here. */
export interface LetterItem {
  notice: string;
  kind: 'notice' | 'correction';
  /** `Rs-3` before the due, `EU+1` after it */
  rung: string;
  step: string;
  unit: string;
  campaign: string;
  /** a day 'YYYY-MM-DD', or a moment in procedures counted in seconds */
  due: string;
  binding: boolean;
  /** id of the case or campaign, unless it is somebody else's */
  record?: string;
  /** its page, where the installation has pages */
  link?: string;
}

export interface Letter {
  subject: string;
  text: string;
}

/** 'YYYY-MM-DD' as people here write it; a moment keeps its time of day (already civil text). */
export const civil = (day: string): string => {
  const [year, month, rest = ''] = day.split('-');
  return `${rest.slice(0, 2)}/${month}/${year}${rest.length > 2 ? ` ${rest.slice(3, 11)}` : ''}`;
};

/** One letter per person and day: corrections first, then what is overdue, then what is coming (design §3.15). */
export function writeLetter(name: string, items: LetterItem[], language: Language): Letter {
  const words = WORDS[language];
  const groups = (['correction', 'overdue', 'pastMark', 'reminder'] as const)
    .map((group) => ({ group, items: items.filter((item) => groupOf(item) === group).sort(byDue) }))
    .filter((each) => each.items.length > 0);
  const body = groups.map(({ group, items: each }) =>
    [words.heading[group], ...each.map((item) => line(item, words))].join('\n'),
  );
  return {
    subject: words.subject(items.length, groups[0]?.group ?? 'reminder'),
    text: [words.greeting(name), ...body, words.closing].join('\n\n') + '\n',
  };
}

export type Group = 'correction' | 'overdue' | 'pastMark' | 'reminder';

/** The installation's own mark is never called late. */
function groupOf(item: LetterItem): Group {
  if (item.kind === 'correction') return 'correction';
  if (!item.rung.includes('+')) return 'reminder';
  return item.binding ? 'overdue' : 'pastMark';
}

const byDue = (a: LetterItem, b: LetterItem): number => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0);

function line(item: LetterItem, words: (typeof WORDS)[Language]): string {
  const where = item.link ?? (item.record && `${words.record} ${item.record}`);
  return [
    `- ${item.step} — ${item.unit}`,
    `  ${words.due} ${civil(item.due)} (${item.campaign})`,
    ...(where ? [`  ${where}`] : []),
  ].join('\n');
}
