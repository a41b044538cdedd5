import type { CompiledCalendar } from '../calendar/calendar.js';
import type { CompiledProcedure } from '../definition/definition.js';
import type { Envelope } from './commands.js';
import { consequences } from './consequences.js';
import { Recorder } from './decide.js';
import type { CaseEvent, EventOf, Opening } from './events.js';
import { fold } from './fold.js';

/** The first events of a stream: what it took over, and the dues in force from the start. Seq begins with 1. */
export function openStream(input: {
  opening: Opening;
  procedure: CompiledProcedure;
  calendar: CompiledCalendar;
  envelope: Envelope;
}): CaseEvent[] {
  const { opening, procedure, calendar, envelope } = input;
  const { commandId, enteredAt, actor, capacity, paper } = envelope;
  const opened: EventOf<'opened'> = {
    seq: 1,
    type: 'opened',
    v: 1,
    at: enteredAt,
    commandId,
    by: capacity === 'engine' ? 'engine' : { actor, capacity },
    dates: {},
    ...(paper ? { paper } : {}),
    data: { opening, procedure, calendar },
  };
  const recorder = new Recorder(fold([opened]), envelope);
  consequences(recorder, null, 'open');
  return [opened, ...recorder.events];
}
