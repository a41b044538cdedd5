import { settingsFrom, temporalSecrets, temporalVariables } from '@giamsat/contracts/temporal';
import { BUNDLE_PATH } from '@giamsat/workflows/bundle';
import { z } from 'zod';

const count = (byDefault: number) => z.coerce.number().int().min(1).max(10_000).default(byDefault);

/** Every setting of the worker. */
export const workerVariables = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
    DATABASE_URL_ENGINE: z.url({ protocol: /^postgres(ql)?$/ }),
    ...temporalVariables,
    GIAMSAT_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    /** where mail goes; without it each mail is a file under GIAMSAT_MAIL_DIR */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    GIAMSAT_MAIL_DIR: z.string().min(1).default('.giamsat/mail'),
    GIAMSAT_MAIL_FROM: z.string().min(3).default('giamsat@localhost'),
    /** language of letters */
    GIAMSAT_LANGUAGE: z.enum(['vi', 'en']).default('vi'),
    /** where a reader of a letter finds the page of a case; absent = there are none, and letters name its id */
    GIAMSAT_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** absent = the bundle that `npm run build` made */
    GIAMSAT_WORKFLOW_BUNDLE: z.string().min(1).default(BUNDLE_PATH),
    GIAMSAT_CACHED_WORKFLOWS: count(400),
    GIAMSAT_WORKFLOW_TASKS: count(16),
    GIAMSAT_ACTIVITIES: count(32),
    /** absent = no health port */
    GIAMSAT_WORKER_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
    GIAMSAT_WATCH_SECONDS: count(30),
  })
  .superRefine((config, context) => {
    const need = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    for (const key of ['GIAMSAT_PAYLOAD_KEY', 'GIAMSAT_ATTEST_KEY'] as const)
      if (config.NODE_ENV === 'production' && !config[key]) need(key, 'is needed in production');
    // The SDK hangs when in-flight workflow tasks outnumber its cache while local activities run (design §5).
    if (config.GIAMSAT_WORKFLOW_TASKS * 2 > config.GIAMSAT_CACHED_WORKFLOWS)
      need('GIAMSAT_WORKFLOW_TASKS', 'must be at most half of GIAMSAT_CACHED_WORKFLOWS');
  });

/** May also be given as a file, `…_FILE`. */
const SECRETS = [...temporalSecrets, 'DATABASE_URL_ENGINE', 'SMTP_URL'];

export type WorkerConfig = z.infer<typeof workerVariables>;

/** @throws Error that names every wrong variable at once, never its value. */
export function readConfig(environment: Record<string, string | undefined>): WorkerConfig {
  const read = workerVariables.safeParse(settingsFrom(environment, SECRETS));
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`Biến môi trường chưa đúng / wrong settings:\n${lines.join('\n')}`);
}
