import { availableParallelism } from 'node:os';
import { sealingKeys, settingsFrom, temporalSecrets, temporalVariables } from '@giamsat/contracts/temporal';
import { z } from 'zod';

const minutes = (byDefault: number) => z.coerce.number().int().min(1).max(43_200).default(byDefault);

/** Every setting of the api. */
export const apiVariables = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
    DATABASE_URL_APP: z.url({ protocol: /^postgres(ql)?$/ }),
    ...temporalVariables,
    /** absent = every address in production (it runs in a container there), this machine alone otherwise */
    GIAMSAT_API_HOST: z.string().min(1).optional(),
    GIAMSAT_API_PORT: z.coerce.number().int().min(0).max(65_535).default(4600),
    GIAMSAT_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    /** a session ends when it has not been used for so long, and after so long whatever happens */
    GIAMSAT_SESSION_IDLE_MINUTES: minutes(60),
    GIAMSAT_SESSION_MINUTES: minutes(12 * 60),
    /** cookies over https only; on by itself in production */
    GIAMSAT_SECURE_COOKIES: z.stringbool().optional(),
    /** proxies whose word on the caller's address is taken: `loopback`, addresses or networks, by commas; none unless told */
    GIAMSAT_TRUSTED_PROXIES: z.string().min(1).optional(),
    /** passwords hashed at once, each 19 MiB and one core: so many that the rest of the machine goes on */
    GIAMSAT_PASSWORD_HASHES: z.coerce
      .number()
      .int()
      .min(1)
      .max(3)
      .default(Math.min(3, Math.max(1, Math.floor(availableParallelism() / 2)))),
    /** sign-ins that may wait for their turn; one more is sent away with a time to come back */
    GIAMSAT_PASSWORD_QUEUE: z.coerce.number().int().min(0).max(10_000).default(64),
    /** requests of one session, on the average of a minute */
    GIAMSAT_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(3_000),
    /** origin of Temporal's pages, `http://127.0.0.1:8080`: they may ask for what is sealed to be opened; none unless told */
    GIAMSAT_CODEC_ORIGIN: z
      .url({ protocol: /^https?$/ })
      .refine((url) => new URL(url).origin === url, 'must be an origin, such as http://127.0.0.1:8080')
      .optional(),
    /** seals what second factors are made of; `<id>:<32 bytes in base64>`, the first seals, all open */
    GIAMSAT_ACCOUNT_KEY: sealingKeys.optional(),
    /** `signers`: whoever signs papers must have a second factor before he issues one · `off`: nobody must */
    GIAMSAT_SECOND_FACTOR: z.enum(['off', 'signers']).optional(),
  })
  .superRefine((config, context) => {
    const need = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (config.NODE_ENV === 'production')
      for (const key of ['GIAMSAT_PAYLOAD_KEY', 'GIAMSAT_ATTEST_KEY', 'GIAMSAT_ACCOUNT_KEY'] as const)
        if (!config[key]) need(key, 'is needed in production');
    if (config.GIAMSAT_SECOND_FACTOR === 'signers' && !config.GIAMSAT_ACCOUNT_KEY)
      need('GIAMSAT_ACCOUNT_KEY', 'is needed where signers must have a second factor');
  });

/** May also be given as a file, `…_FILE`. */
const SECRETS = [...temporalSecrets, 'DATABASE_URL_APP', 'GIAMSAT_ACCOUNT_KEY'];

export type ApiConfig = z.infer<typeof apiVariables>;

/** Whoever signs must have a second factor: in production unless told otherwise. */
export const asksSigners = ({ GIAMSAT_SECOND_FACTOR, NODE_ENV }: ApiConfig): boolean =>
  (GIAMSAT_SECOND_FACTOR ?? (NODE_ENV === 'production' ? 'signers' : 'off')) === 'signers';

/** @throws Error that names every wrong variable at once, never its value. */
export function readConfig(environment: Record<string, string | undefined>): ApiConfig {
  const read = apiVariables.safeParse(settingsFrom(environment, SECRETS));
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`Biến môi trường chưa đúng / wrong settings:\n${lines.join('\n')}`);
}
