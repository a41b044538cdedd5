import { COMMAND_UPDATES, nudgeSignal, seqQuery } from '@giamsat/contracts/workflow';
import type { Command } from '@giamsat/procedure';
import { allHandlersFinished, condition, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Stream } from './stream.js';

/** An Update may come in the very first task: `stream` stands complete before the first handler is set (design §5). */
export function listen(stream: Stream): void {
  for (const update of Object.values(COMMAND_UPDATES))
    setHandler(update, (command: Command, mac?: string) => stream.give(command, mac));
  setHandler(nudgeSignal, () => stream.nudge());
  setHandler(seqQuery, () => ({ seq: stream.state.seq, nextMoment: stream.next }));
}

/** Returns when the stream has ended, or when its history has grown so long that the server asks for a new run. */
export function live(stream: Stream): Promise<void> {
  stream.begin();
  return stream.shield.run(async () => {
    await condition(() => stream.state.ended !== null || workflowInfo().continueAsNewSuggested);
    await condition(() => stream.idle && allHandlersFinished());
  });
}
