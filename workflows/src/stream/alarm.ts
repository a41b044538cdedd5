import { CancellationScope, sleep } from '@temporalio/workflow';

/** A timer that stands further off than this is left where it is when its moment moves further still or is none for now. */
const FAR_MS = 3 * 24 * 60 * 60_000;

/**
 * One timer, to the next moment anything must happen or, while that is far off, to one before it (design §3.10): in a burst of
 * acts each moves the moment on, and to ring once for nothing costs less than a new timer with every act. A plain timer and
 * no `condition` with a time-out: that one makes some thirty promises a step, and the SDK pays for each.
 */
export class Alarm {
  private moment: string | null = null;
  private timer: { at: number; scope: CancellationScope } | null = null;

  constructor(
    private readonly shield: CancellationScope,
    private readonly ring: (moment: string) => Promise<void>,
    /** `STREAM_SCHEMA` under which the stream began */
    private readonly schema: number,
  ) {}

  set(moment: string | null): void {
    if (moment === this.moment) return;
    this.moment = moment;
    if (this.timer && this.mayStand(this.timer.at, moment)) return;
    this.timer?.scope.cancel();
    this.timer = null;
    if (moment !== null) this.arm(moment);
  }

  /** Rings again for a moment that has come and did not pass. */
  again(): void {
    if (this.moment !== null && this.timer === null) void this.ring(this.moment);
  }

  private mayStand(at: number, moment: string | null): boolean {
    if (this.schema < (moment === null ? 3 : 2)) return false;
    return (moment === null || at <= Date.parse(moment)) && at - Date.now() > FAR_MS;
  }

  private arm(moment: string): void {
    const at = Date.parse(moment);
    const wait = at - Date.now();
    if (wait > 0) this.sleep(at, wait);
    else void this.ring(moment);
  }

  private sleep(at: number, wait: number): void {
    const scope = new CancellationScope({ cancellable: true, parent: this.shield });
    this.timer = { at, scope };
    const wake = (): Promise<void> | void => {
      this.timer = null;
      if (this.moment === null) return;
      if (Date.parse(this.moment) > at) return this.arm(this.moment);
      return this.ring(this.moment);
    };
    void scope.run(() => sleep(wait)).then(wake, () => undefined);
  }
}
