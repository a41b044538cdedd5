import type { Mistake } from '@giamsat/contracts/http';
import { z } from 'zod';

const LANGUAGES = { vi: z.locales.vi().localeError, en: z.locales.en().localeError };

/** Every mistake with its place, in both languages. What was written there is not repeated: it may be a name. */
export function mistakesIn(schema: z.ZodType, value: unknown, prefix = ''): Mistake[] {
  const vi = schema.safeParse(value, { error: LANGUAGES.vi }).error?.issues ?? [];
  const en = schema.safeParse(value, { error: LANGUAGES.en }).error?.issues ?? [];
  return en.map(({ path, code, message }, i) => ({
    path: [...(prefix ? [prefix] : []), ...path.map(String)].join('.'),
    code: code.toUpperCase(),
    message: { vi: vi[i]?.message ?? message, en: message },
  }));
}
