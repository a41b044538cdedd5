import { civilDateAt, type Zone } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { Injectable } from '@nestjs/common';

/** The calendar of the installation: its zone says which day it is when nothing else does. */
const HOME_CALENDAR = 'VN';

/** The server's clock, as canonical instants. The only one; tests put their own in its place. */
@Injectable()
export class Clock {
  private readonly zone: Zone = procedureLibrary().getCalendar(HOME_CALENDAR)!.compiled.zone;

  now(): string {
    return new Date().toISOString();
  }

  /** Rights and names go by the day. */
  today(at = this.now()): string {
    return civilDateAt(at, this.zone);
  }
}
