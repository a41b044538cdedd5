import type { Opening } from './events.js';

/**
 * The day of the decision a case rests on: the latest paper among the campaign steps it took over. Names of units are
 * those of that day (design §3.19). Null where no step has a paper's day.
 */
export function decidedOn({ mandate }: Pick<Opening, 'mandate'>): string | null {
  const days = Object.values(mandate).flatMap(({ dates, paper }) => paper?.date ?? dates.document ?? []);
  return days.sort().at(-1)?.slice(0, 10) ?? null;
}
