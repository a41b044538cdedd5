import { civilDateAt, type Zone } from '@giamsat/procedure';
import { homeZone } from '@giamsat/procedure/source';
import { Injectable } from '@nestjs/common';

/** The server's clock, as canonical instants. The only one; tests put their own in its place. */
@Injectable()
export class Clock {
  private readonly zone: Zone = homeZone();

  now(): string {
    return new Date().toISOString();
  }

  /** Rights and names go by the day. */
  today(at = this.now()): string {
    return civilDateAt(at, this.zone);
  }
}
