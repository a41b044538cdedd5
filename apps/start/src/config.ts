import { join, resolve } from 'node:path';
import { sealingKeys, temporalVariables } from '@giamsat/contracts/temporal';
import { ROLES } from '@giamsat/database';
import { z } from 'zod';
import { Fault } from './fault.js';
import { urlVariable } from './database.js';

/** 0 asks for any free one. */
const port = z.coerce.number().int().min(0).max(65_535).optional();
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be postgres://user:password@host:port/database',
});

const roleUrls = Object.fromEntries(ROLES.map((role) => [urlVariable(role), postgresUrl.optional()]));

/**
 * Every setting of `npm start`; what is absent has a value that works.
 * @public
 */
export const starterVariables = z.object({
  ...temporalVariables,
  /** A Temporal server to use; without it one is started. */
  TEMPORAL_ADDRESS: temporalVariables.TEMPORAL_ADDRESS.optional(),
  /** A Postgres to use, as a user who may create roles and schemas; without it one is started. */
  DATABASE_URL: postgresUrl.optional(),
  /** The user of each role, where those exist already: all of them, or none. */
  ...roleUrls,
  /** Seals second factors; without it one is made and kept. */
  GIAMSAT_ACCOUNT_KEY: sealingKeys.optional(),
  /** Whether whoever signs must have a second factor: not in a demo, where everybody has the password. */
  GIAMSAT_SECOND_FACTOR: z.enum(['off', 'signers']).default('off'),
  /** Everything we keep */
  GIAMSAT_HOME: z.string().optional(),
  /** Programs we downloaded */
  GIAMSAT_CACHE: z.string().optional(),
  GIAMSAT_API_PORT: port,
  GIAMSAT_WORKER_PORT: port,
  GIAMSAT_TEMPORAL_PORT: port,
  GIAMSAT_UI_PORT: port,
  GIAMSAT_PG_PORT: port,
  /** Megabytes that must be free on the disk before anything starts */
  GIAMSAT_MIN_FREE_MB: z.coerce.number().int().min(0).default(500),
});

export interface StarterConfig extends z.infer<typeof starterVariables> {
  readonly GIAMSAT_HOME: string;
  readonly GIAMSAT_CACHE: string;
}

/**
 * Reads the settings; an empty variable counts as absent, as `docker compose` passes them.
 * @param root the clone: what is kept lies in it unless the settings say otherwise
 * @throws Fault naming every wrong variable, without its value
 */
export function readConfig(environment: NodeJS.ProcessEnv, root: string): StarterConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = starterVariables.safeParse(given);
  if (!result.success) throw wrongVariables(result.error);
  const home = resolve(result.data.GIAMSAT_HOME ?? join(root, '.giamsat'));
  const cache = resolve(result.data.GIAMSAT_CACHE ?? join(root, '.giamsat', 'bin'));
  return { ...result.data, GIAMSAT_HOME: home, GIAMSAT_CACHE: cache };
}

function wrongVariables({ issues }: z.ZodError): Fault {
  const lines = issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  return new Fault(
    'Các biến môi trường sau không hợp lệ: hãy sửa hoặc bỏ chúng rồi chạy lại.',
    'These environment variables are wrong: correct or unset them and start again.',
    lines.join('\n'),
  );
}
