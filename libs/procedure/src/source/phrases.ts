import { z } from 'zod';
import type { Anchor, DueRule, Span, Step } from '../definition/definition.js';

/**
 * The short sentences of a procedure file, as an official would write them: `10 wd after kick-off met (received)`.
 * Each one becomes a rule of the compiled procedure; nothing else is read from them.
 */
type Bare<R> = R extends unknown ? Omit<R, 'authority'> : never;
export type BareRule = Bare<Exclude<DueRule, { kind: 'earliest' }>>;
export type Entry = Step['entry'][number];

const ID = '[A-Za-z][\\w.-]*';
const SPAN = '(\\d{1,4}) (wd|cd|months|s)';
const ANCHOR = `(${ID}) (submitted|met) \\((document|sent|received)\\)`;
type Match = (string | undefined)[];

const span = (n?: string, unit?: string): Span => ({ n: Number(n), unit: unit as Span['unit'] });
const anchor = (step?: string, at?: string, date?: string): Anchor => ({ step, at, date }) as Anchor;

const RULES: [form: string, pattern: string, rule: (m: Match) => BareRule][] = [
  [
    '10 wd after kick-off met (received)',
    `${SPAN} after ${ANCHOR}`,
    ([, n, unit, ...a]) => ({ kind: 'count', span: span(n, unit), anchor: anchor(...a) }),
  ],
  [
    'by level after self-report submitted (received): central 45 wd, base 20 wd',
    `by level after ${ANCHOR}: (.+)`,
    ([, step, at, date, list]) => ({ kind: 'count-by-level', spans: byLevel(list), anchor: anchor(step, at, date) }),
  ],
  [
    '5 wd before field-work',
    `${SPAN} before (${ID})`,
    ([, n, unit, step = '']) => ({ kind: 'count-before', span: span(n, unit), step }),
  ],
  ['within field-work', `within (${ID})`, ([, step = '']) => ({ kind: 'within', step })],
  [
    'date in plan | conclusion | measure',
    'date in (plan|conclusion|measure)',
    ([, paper]) => ({ kind: 'paper-date', paper: paper as 'plan' }),
  ],
  [
    '31/1 every year',
    '(\\d{1,2})/(\\d{1,2}) every year',
    ([, day, month]) => ({ kind: 'date-of-year', month: Number(month), day: Number(day) }),
  ],
  ['end of programme quarter', 'end of programme quarter', () => ({ kind: 'programme-quarter' })],
  [
    'next session of standing-committee, at most 30 wd after report-submitted submitted (document)',
    `next session of (${ID}), at most ${SPAN} after ${ANCHOR}`,
    ([, body = '', n, unit, ...a]) => ({ kind: 'session', body, atMost: span(n, unit), anchor: anchor(...a) }),
  ],
];

const SPAN_FORMS = '10 wd, 30 cd, 6 months, 20 s';
const LEVEL = new RegExp(`^(${ID}) ${SPAN}$`);

/** 'central 45 wd, base 20 wd'; an entry that cannot be read comes back with n = NaN. */
function byLevel(list = ''): Record<string, Span> {
  return Object.fromEntries(
    list.split(/, */).map((entry) => {
      const [, level = entry, n, unit] = LEVEL.exec(entry) ?? [];
      return [level, span(n, unit)];
    }),
  );
}

export function parseSpan(text: string): Span | null {
  const [, n, unit] = new RegExp(`^${SPAN}$`).exec(text) ?? [];
  return n === undefined ? null : span(n, unit);
}

export function parseRule(text: string): BareRule | null {
  for (const [, pattern, rule] of RULES) {
    const match = new RegExp(`^${pattern}$`).exec(text);
    if (!match) continue;
    const bare = rule([...match]);
    return 'spans' in bare && Object.values(bare.spans).some(({ n }) => Number.isNaN(n)) ? null : bare;
  }
  return null;
}

/** 'report-reviewed met as concluded, signs-of-violation' */
export function parseEntry(text: string): Entry | null {
  const [, step, at, outcomes] = new RegExp(`^(${ID}) (submitted|met)(?: as (.+))?$`).exec(text) ?? [];
  if (step === undefined) return null;
  return { step, at: at as Entry['at'], ...(outcomes === undefined ? {} : { outcomes: outcomes.split(/, */) }) };
}

/** A string of a known form; anything else is refused with the forms that are possible. */
const phrase = <T>(parse: (text: string) => T | null, forms: string) =>
  z.string().transform((text, ctx) => {
    const parsed = parse(text.trim());
    if (parsed !== null) return parsed;
    const words = {
      vi: `không hiểu "${text}"; hãy viết như: ${forms}`,
      en: `"${text}" is not understood; write it like: ${forms}`,
    };
    ctx.addIssue({ code: 'custom', params: { words } });
    return z.NEVER;
  });

export const SPAN_PHRASE = phrase(parseSpan, SPAN_FORMS);
export const ENTRY_PHRASE = phrase(parseEntry, 'kick-off met · report-reviewed met as concluded');
export const RULE_PHRASE = phrase(parseRule, RULES.map(([form]) => form).join(' · '));
