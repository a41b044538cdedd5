import { COMMAND_UPDATES, nudgeSignal, seqQuery } from '@giamsat/contracts/workflow';
import type { Command } from '@giamsat/procedure';
import { allHandlersFinished, condition, setHandler } from '@temporalio/workflow';
import type { Stream } from './stream.js';

/** An Update may come in the very first task: `stream` stands complete before the first handler is set (design §5). */
export function listen(stream: Stream): void {
  for (const update of Object.values(COMMAND_UPDATES))
    setHandler(update, (command: Command, mac?: string) => stream.give(command, mac));
  setHandler(nudgeSignal, () => stream.nudge());
  setHandler(seqQuery, () => ({ seq: stream.state.seq, nextMoment: stream.next }));
}

/** Returns when the stream is over and everybody who asked has their answer. */
export async function live(stream: Stream): Promise<void> {
  stream.begin();
  await stream.over;
  await stream.shield.run(() => condition(() => stream.idle && allHandlersFinished()));
}
