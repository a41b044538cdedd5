import { CancellationScope, sleep } from '@temporalio/workflow';

/**
 * One timer, to the next moment anything must happen; it stands until that moment moves (design §3.10). A plain timer and no
 * `condition` with a time-out: that one makes some thirty promises a step, and the SDK pays for each.
 */
export class Alarm {
  private moment: string | null = null;
  private timer: CancellationScope | null = null;

  constructor(
    private readonly shield: CancellationScope,
    private readonly ring: (moment: string) => Promise<void>,
  ) {}

  set(moment: string | null): void {
    if (moment === this.moment) return;
    this.moment = moment;
    this.timer?.cancel();
    this.timer = null;
    if (moment === null) return;
    const wait = Date.parse(moment) - Date.now();
    if (wait > 0) this.sleep(moment, wait);
    else void this.ring(moment);
  }

  /** Rings again for a moment that has come and did not pass. */
  again(): void {
    if (this.moment !== null && this.timer === null) void this.ring(this.moment);
  }

  private sleep(moment: string, wait: number): void {
    const timer = new CancellationScope({ cancellable: true, parent: this.shield });
    this.timer = timer;
    const ring = (): Promise<void> => {
      this.timer = null;
      return this.ring(moment);
    };
    void timer.run(() => sleep(wait)).then(ring, () => undefined);
  }
}
