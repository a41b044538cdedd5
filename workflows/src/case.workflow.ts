import { pack, unpack, type TravellingInput } from '@giamsat/contracts/workflow';
import { continueAsNew } from '@temporalio/workflow';
import { listen, live } from './stream/run.js';
import { Stream } from './stream/stream.js';

/** One case, from its launch to its end: months of waiting for commands and moments. */
export async function caseWorkflow(input: TravellingInput): Promise<void> {
  const stream = new Stream(unpack(input));
  listen(stream);
  await live(stream);
  if (stream.state.ended === null) await continueAsNew<typeof caseWorkflow>(pack(stream.toInput()));
}
