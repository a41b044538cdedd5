import { civilDateAt, fromMs, type CivilDate } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { sayDate } from '@giamsat/procedure/words';

/** Moments are shown as clocks in Vietnam show them; the offset is the calendar's. */
const zone = () => procedureLibrary().getCalendar('VN')!.compiled.zone;

/** '25/07/2023', or '08:00:10 25/07/2023' of a moment; '—' when there is none. */
export const day = (when: string | null | undefined): string => (when ? sayDate(when, zone()) : '—');

export const today = (): CivilDate => civilDateAt(fromMs(Date.now()), zone());
