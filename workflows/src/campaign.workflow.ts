import { pack, unpack, type TravellingInput } from '@giamsat/contracts/workflow';
import { allHandlersFinished, CancellationScope, condition, continueAsNew } from '@temporalio/workflow';
import { Effects } from './campaign/effects.js';
import { listen, live } from './stream/run.js';
import { Stream } from './stream/stream.js';

/** One campaign, from the issued plan to its closing. Cases never message it; it reaches them through activities. */
export async function campaignWorkflow(travelled: TravellingInput): Promise<void> {
  const input = unpack(travelled);
  const effects = new Effects(input);
  const stream: Stream = new Stream(input, (event) => effects.follow(stream, event));
  listen(stream);
  await CancellationScope.nonCancellable(async () => {
    effects.resume(stream);
    await live(stream);
    await condition(() => effects.idle && stream.idle && allHandlersFinished());
  });
  if (stream.state.ended === null) await continueAsNew<typeof campaignWorkflow>(pack(stream.toInput()));
}
