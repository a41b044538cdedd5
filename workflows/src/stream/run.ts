import { COMMAND_UPDATES, nudgeSignal, seqQuery } from '@giamsat/contracts/workflow';
import type { Command } from '@giamsat/procedure';
import { allHandlersFinished, CancellationScope, condition, log, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Stream } from './stream.js';

/** An Update may come in the very first task: `stream` stands complete before the first handler is set (design §5). */
export function listen(stream: Stream): void {
  for (const update of Object.values(COMMAND_UPDATES)) setHandler(update, (command: Command) => stream.give(command));
  setHandler(nudgeSignal, () => stream.nudge());
  setHandler(seqQuery, () => ({ seq: stream.state.seq, nextMoment: stream.next }));
}

/** Returns when the stream has ended, or when its history has grown so long that the server asks for a new run. */
export function live(stream: Stream): Promise<void> {
  return CancellationScope.nonCancellable(async () => {
    while (!over(stream)) await untilSomethingHappens(stream);
    await condition(allHandlersFinished);
  });
}

const over = (stream: Stream): boolean => stream.state.ended !== null || workflowInfo().continueAsNewSuggested;

/** One timer, to the next moment anything must happen; it stands until that moment moves (design §3.10). */
async function untilSomethingHappens(stream: Stream): Promise<void> {
  const { next: moment, nudges } = stream;
  const moved = () => stream.next !== moment || over(stream);
  if (moment === null) return condition(moved);
  const at = Date.parse(moment);
  const wait = at - Date.now();
  if (wait > 0) {
    await condition(() => moved() || Date.now() >= at, wait);
    return;
  }
  if (await stream.pass(moment)) return;
  log.warn('a due moment did not pass', { moment });
  await condition(() => moved() || stream.nudges !== nudges);
}
