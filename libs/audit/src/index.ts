/** Independent checks of the record: the ledger, the histories and the board must tell the same story. */
export { compareEvents, compareRow, heardOf, type Divergence } from './compare.js';
export { replayStreams, type ReplayOptions, type StreamRecord, type StreamVerdict } from './replay.js';
