import { z } from 'zod';
import type { Words } from './words.js';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

const LOCALES = { vi: z.locales.vi().localeError, en: z.locales.en().localeError };
const MISSING: Words = { vi: 'còn thiếu', en: 'is missing' };
const DATE: Words = {
  vi: 'phải là một ngày có thật, dạng 2026-03-31',
  en: 'must be a day that exists, like 2026-03-31',
};

const EMPTY: Words = { vi: 'không được để trống', en: 'must not be empty' };

const forms = new Map<string, Words>();

/** Text of a form that people write: what it should look like is said by example, never by the expression. */
export function form(expression: RegExp, words: Words): z.ZodString {
  forms.set(String(expression), words);
  return z.string().regex(expression);
}

/** What is wrong with an input, in words for people; for `safeParse`, once in each language. */
export const sayIssue =
  (lang: keyof Words): z.core.$ZodErrorMap =>
  (issue) =>
    wordsOf(issue)?.[lang] ?? LOCALES[lang](issue);

function wordsOf(issue: Issue): Words | undefined {
  if (issue.input === undefined) return MISSING;
  // The only choices between forms are those of a day and a moment.
  if (issue.code === 'invalid_union' && typeof issue.input === 'string') return DATE;
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) return EMPTY;
  if (issue.code === 'unrecognized_keys') return strange(issue.keys.map((key) => `"${key}"`).join(', '));
  if (issue.code !== 'invalid_format') return undefined;
  return issue.format === 'date' ? DATE : forms.get(String(issue.pattern));
}

const strange = (keys: string): Words => ({ vi: `không có trường ${keys}`, en: `there is no field ${keys}` });
