import type { CaseEvent } from '@giamsat/procedure';
import { releasedProcedure } from '@giamsat/procedure/released';
import type { StreamInput } from './messages.js';

/** Stands for a released procedure, nine tenths of what starts a case, on the way to a workflow (design §3.8). */
interface Released {
  released: string;
}

/** `StreamInput` on its way: whatever names a released procedure carries its hash alone. */
export type TravellingInput = Omit<StreamInput, 'events'> & { events: object[] };

/**
 * The behaviour of a workflow is fixed when it begins, so that its history replays: 1, the timer follows every move of the
 * next moment; 2, one that stands far off is left where it is; 3, also while there is no next moment.
 */
export const STREAM_SCHEMA = 3;

export const pack = (input: StreamInput): TravellingInput => ({
  schema: STREAM_SCHEMA,
  ...input,
  events: input.events.map(packed),
});
/** Of an input that travelled whole too. @throws when it names a procedure this build does not hold */
export const unpack = (input: TravellingInput): StreamInput => ({ ...input, events: unpackEvents(input.events) });
export const unpackEvents = (events: object[]): CaseEvent[] => events.map((event) => unpacked(event as CaseEvent));

function packed(event: CaseEvent): object {
  if (!carriesProcedure(event) || !releasedProcedure(event.data.procedure.hash)) return event;
  const released: Released = { released: event.data.procedure.hash };
  return { ...event, data: { ...event.data, procedure: released } };
}

function unpacked(event: CaseEvent): CaseEvent {
  if (!carriesProcedure(event) || !('released' in event.data.procedure)) return event;
  const { released } = event.data.procedure as Released;
  const procedure = releasedProcedure(released);
  if (!procedure) throw new Error(`This build holds no procedure of the hash ${released}.`);
  return { ...event, data: { ...event.data, procedure } } as CaseEvent;
}

const carriesProcedure = (event: CaseEvent) => event.type === 'opened' || event.type === 'procedureApplied';
