import { type Mistake, sayIssue } from '@giamsat/contracts/http';
import type { z } from 'zod';

/** Every mistake with its place, in both languages. What was written there is not repeated: it may be a name. */
export function mistakesIn(schema: z.ZodType, value: unknown, prefix = ''): Mistake[] {
  const vi = schema.safeParse(value, { error: sayIssue('vi') }).error?.issues ?? [];
  const en = schema.safeParse(value, { error: sayIssue('en') }).error?.issues ?? [];
  return en.map(({ path, code, message }, i) => ({
    path: [...(prefix ? [prefix] : []), ...path.map(String)].join('.'),
    code: code.toUpperCase(),
    message: { vi: vi[i]?.message ?? message, en: message },
  }));
}
