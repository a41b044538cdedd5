import { civilDateAt, instantMs, type Zone } from '../civil/instant.js';

export type Language = 'vi' | 'en';

/** '25/07/2023'; a moment as '08:00:10 25/07/2023' in the calendar's own zone. */
export function sayDate(when: string | null, zone: Zone): string {
  if (when === null) return '—';
  if (when.length === 10) return `${when.slice(8)}/${when.slice(5, 7)}/${when.slice(0, 4)}`;
  const day = civilDateAt(when, zone);
  return `${timeOf(when, zone)} ${sayDate(day, zone)}`;
}

function timeOf(moment: string, zone: Zone): string {
  const offset = zone.transitions.findLast(({ from }) => from === null || from <= moment)?.offsetMinutes ?? 0;
  return new Date(instantMs(moment) + offset * 60_000).toISOString().slice(11, 19);
}
