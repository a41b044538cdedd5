import { z } from 'zod';
import { parsePayloadKeys } from './payload-keys.js';

/** Keys as `parsePayloadKeys` reads them, still as text. */
export const sealingKeys = z.string().superRefine((text, context) => {
  try {
    parsePayloadKeys(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as RangeError).message });
  }
});

/** Settings of whoever talks to Temporal, for the configuration schema of each process. */
export const temporalVariables = {
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/, 'must be host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  /** Temporal Cloud, or any server behind TLS */
  TEMPORAL_TLS: z.stringbool().default(false),
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  GIAMSAT_PAYLOAD_KEY: sealingKeys.optional(),
  /** attests commands (`Attester`), in the same form */
  GIAMSAT_ATTEST_KEY: sealingKeys.optional(),
};

/** Those that may also be given as a file, see `settingsFrom`. */
export const temporalSecrets = ['TEMPORAL_API_KEY', 'GIAMSAT_PAYLOAD_KEY', 'GIAMSAT_ATTEST_KEY'] as const;

export type TemporalConfig = z.infer<z.ZodObject<typeof temporalVariables>>;
