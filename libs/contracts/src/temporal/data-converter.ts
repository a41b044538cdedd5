import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { CompressingCodec } from './compressing-codec.js';
import { EncryptingCodec } from './encrypting-codec.js';
import { parsePayloadKeys } from './payload-keys.js';

/** Goes into the workflow bundle too (`bundleWorkflowCode({ failureConverterPath })`). */
export const FAILURE_CONVERTER_PATH = fileURLToPath(new URL('../../failure-converter.cjs', import.meta.url));

/**
 * The one converter of client, worker, tests and replay (design §3.12). `keys` as `parsePayloadKeys` reads them; without
 * any, payloads travel readable; large ones are packed either way.
 */
export function dataConverter(keys?: string): DataConverter {
  return {
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadCodecs: [new CompressingCodec(), new EncryptingCodec(keys ? parsePayloadKeys(keys) : [])],
  };
}
