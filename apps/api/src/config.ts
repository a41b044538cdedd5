import { temporalVariables } from '@giamsat/contracts/temporal';
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
  })
  .superRefine((config, context) => {
    if (config.NODE_ENV === 'production' && !config.GIAMSAT_PAYLOAD_KEY)
      context.addIssue({ code: 'custom', path: ['GIAMSAT_PAYLOAD_KEY'], message: 'is needed in production' });
  });

export type ApiConfig = z.infer<typeof apiVariables>;

/** @throws Error that names every wrong variable at once, never its value. */
export function readConfig(environment: Record<string, string | undefined>): ApiConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = apiVariables.safeParse(given);
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`Biến môi trường chưa đúng / wrong settings:\n${lines.join('\n')}`);
}
