import { civilDateAt, instantAt, instantMs, isMoment, type Zone } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';

/** Offices are held, and letters are written, by the clock of the installation's own calendar. */
export const zone = (): Zone => procedureLibrary().getCalendar('VN')!.compiled.zone;

/** A due as the clock on the wall shows it: 'YYYY-MM-DD', or 'YYYY-MM-DDTHH:MM:SS' where seconds count. */
export function civilText(when: string): string {
  if (!isMoment(when)) return when;
  const day = civilDateAt(when, zone());
  const sinceMidnight = instantMs(when) - instantMs(instantAt(day, '00:00', zone()));
  return `${day}T${new Date(sinceMidnight).toISOString().slice(11, 19)}`;
}
