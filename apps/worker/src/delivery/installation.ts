import { civilDateAt, instantAt, instantMs, isMoment } from '@giamsat/procedure';
import { homeZone } from '@giamsat/procedure/source';

/** A due as the clock on the wall shows it: 'YYYY-MM-DD', or 'YYYY-MM-DDTHH:MM:SS' where seconds count. */
export function civilText(when: string): string {
  if (!isMoment(when)) return when;
  const day = civilDateAt(when, homeZone());
  const sinceMidnight = instantMs(when) - instantMs(instantAt(day, '00:00', homeZone()));
  return `${day}T${new Date(sinceMidnight).toISOString().slice(11, 19)}`;
}
