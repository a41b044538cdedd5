import { civilDateAt, instantMs, type Zone } from '../civil/instant.js';

export type Language = 'vi' | 'en';

/** '25/07/2023'; a moment as '13:05:10 ngày 25/07/2023' on the clocks of the zone, as '13:05:10 25/07/2023' in no language. */
export function sayDate(when: string | null, zone: Zone, lang?: Language): string {
  if (when === null) return '—';
  if (when.length === 10) return `${when.slice(8)}/${when.slice(5, 7)}/${when.slice(0, 4)}`;
  const day = civilDateAt(when, zone);
  const word = lang === undefined ? '' : lang === 'vi' ? 'ngày ' : 'on ';
  return `${timeOf(when, zone)} ${word}${sayDate(day, zone)}`;
}

/** Within a sentence: 'ngày 25/07/2023', 'lúc 13:05:10 ngày 25/07/2023'. */
export function sayWhen(when: string, zone: Zone, lang: Language): string {
  const isDay = when.length === 10;
  const word = lang === 'vi' ? (isDay ? 'ngày' : 'lúc') : isDay ? 'on' : 'at';
  return `${word} ${sayDate(when, zone, lang)}`;
}

function timeOf(moment: string, zone: Zone): string {
  const offset = zone.transitions.findLast(({ from }) => from === null || from <= moment)?.offsetMinutes ?? 0;
  return new Date(instantMs(moment) + offset * 60_000).toISOString().slice(11, 19);
}
