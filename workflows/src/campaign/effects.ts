import type { LaunchActivities, StreamInput } from '@giamsat/contracts/workflow';
import { completeLaunchCommandId, engineEnvelope } from '@giamsat/contracts/workflow';
import type { CaseEvent, EventType } from '@giamsat/procedure';
import { proxyActivities } from '@temporalio/workflow';
import type { Stream } from '../stream/stream.js';

/** Both are safe to kill and repeat, and neither may ever be given up: an interrupted launch rolls forward (design §3.9). */
const { launchWave, fanOut } = proxyActivities<LaunchActivities>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});

/** Acts of the campaign that every open case has to hear of. */
const SPREADING: ReadonlySet<EventType> = new Set<EventType>([
  'teamChanged',
  'planAmended',
  'calendarApplied',
  'procedureApplied',
  'waveWithdrawn',
  'subjectWithdrawn',
  'cancelled',
]);

/** What a campaign's recorded events make happen outside it: one effect at a time, in the order of the events. */
export class Effects {
  private last: Promise<unknown> = Promise.resolve();
  private pending = 0;

  constructor(private readonly input: StreamInput) {}

  get idle(): boolean {
    return this.pending === 0;
  }

  /** After a restore or a new run: launches that have not ended, and the last act that spreads, which brings those before. */
  resume(stream: Stream): void {
    const { events } = this.input;
    const settled = new Set(events.flatMap((event) => (isLaunchEnd(event) ? [event.data.wave] : [])));
    const last = events.findLast((event) => SPREADING.has(event.type));
    for (const event of events)
      if (event === last || (event.type === 'waveLaunched' && !settled.has(event.data.wave)))
        this.follow(stream, event);
  }

  follow(stream: Stream, event: CaseEvent): void {
    if (event.type === 'waveLaunched') this.queue(() => this.launch(stream, event.data.wave));
    else if (SPREADING.has(event.type)) this.queue(() => fanOut({ campaignId: this.input.id, seq: event.seq }));
  }

  private async launch(stream: Stream, wave: number): Promise<void> {
    await launchWave({ campaignId: this.input.id, wave });
    const commandId = completeLaunchCommandId(this.input.id, wave);
    const envelope = engineEnvelope(commandId, new Date(Date.now()).toISOString());
    await stream.give({ type: 'completeLaunch', wave, envelope });
  }

  private queue(effect: () => Promise<unknown>): void {
    this.pending++;
    this.last = this.last.then(effect).finally(() => this.pending--);
  }
}

const isLaunchEnd = (event: CaseEvent) => event.type === 'launchCompleted' || event.type === 'waveWithdrawn';
