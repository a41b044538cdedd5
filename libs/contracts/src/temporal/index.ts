/** What every Node process shares when it talks to Temporal. Not for workflows and not for browsers. */
export { openRemotely } from './remote-codec.js';
export { dataConverter, FAILURE_CONVERTER_PATH } from './data-converter.js';
export {
  clientOver,
  connectClient,
  connectionOptions,
  isBroken,
  isFailing,
  isGivenUp,
  standsAt,
  startStream,
  wakeDelivery,
} from './client.js';
export { parsePayloadKeys, type PayloadKey } from './payload-keys.js';
export { settingsFrom } from './secret-files.js';
export { attested, Commander } from './commander.js';
export { sealingKeys, temporalSecrets, temporalVariables, type TemporalConfig } from './variables.js';
