import { z } from 'zod';
import { type CalendarDay, type CalendarSource, DAY_KINDS, type OwnDays, type Words } from '../calendar/source.js';
import { addDays, type CivilDate, isCivilDate, weekday } from '../civil/civil-date.js';
import { isInstant } from '../civil/instant.js';
import { LayeredYaml, type Path } from './yaml-file.js';

/** Reads a calendar. Throws `FileProblems`. */
export function readCalendar(text: string, file: string): CalendarSource {
  const yaml = new LayeredYaml({ text, file });
  const head = yaml.check(CALENDAR, yaml.value);
  const days = readDays(yaml);
  if (head) {
    checkOrder(yaml, head);
    for (const { day, at } of days) checkDay(yaml, day, at, head);
    checkTwice(yaml, days, head.announcedTo);
  }
  checkSources(yaml, days);
  return { ...yaml.orThrow(head), days: days.map(({ day }) => day) };
}

/** Reads a body's own days, to be laid over a calendar with `overlay`. Throws `FileProblems`. */
export function readOwnDays(text: string, file: string): OwnDays {
  const yaml = new LayeredYaml({ text, file });
  const head = yaml.check(OWN, yaml.value);
  const days = readDays(yaml);
  for (const { day, at } of days) {
    if (!OWN_KINDS.has(day.kind)) yaml.problem([...at, 'kind'], SAY.ownKind);
    if (day.option !== undefined) yaml.problem([...at, 'option'], SAY.option);
  }
  checkTwice(yaml, days, null);
  checkSources(yaml, days);
  return { ...yaml.orThrow(head), days: days.map(({ day }) => day) };
}

interface Placed {
  day: CalendarDay;
  at: Path;
}

const OWN_KINDS = new Set<string>(['own', 'half', 'make-up']);
const LONGEST_RANGE = 62;

const SAY = {
  date: { vi: 'phải là một ngày có thật, dạng 2026-04-30', en: 'must be a day that exists, like 2026-04-30' },
  range: {
    vi: `phải là ngày hoặc khoảng A..B, A không sau B, tối đa ${LONGEST_RANGE} ngày`,
    en: `must be a day or a range A..B, A not after B, at most ${LONGEST_RANGE} days`,
  },
  instant: {
    vi: 'phải là thời điểm UTC, dạng 2026-03-08T07:00:00.000Z',
    en: 'must be UTC like 2026-03-08T07:00:00.000Z',
  },
  transitions: { vi: 'phải bắt đầu bằng null rồi tăng dần', en: 'must begin with null, then ascend' },
  weekend: {
    vi: 'các thứ phải khác nhau và còn ít nhất một ngày làm việc',
    en: 'days must differ and leave one worked',
  },
  order: { vi: 'phải là from ≤ announcedTo ≤ to', en: 'must be from ≤ announcedTo ≤ to' },
  outside: { vi: 'nằm ngoài khoảng from..to của lịch', en: 'lies outside from..to of the calendar' },
  makeUp: { vi: 'ngày làm bù phải rơi vào ngày nghỉ hằng tuần', en: 'a make-up day must fall on a weekend' },
  weekdayOnly: { vi: 'phải rơi vào ngày trong tuần', en: 'must fall on a weekday' },
  late: { vi: 'sau announcedTo chỉ được ghi "proposed"', en: 'after announcedTo only "proposed" is possible' },
  option: {
    vi: 'phương án chỉ dùng cho ngày "proposed" sau announcedTo',
    en: 'an option is only for "proposed" days after announcedTo',
  },
  twice: { vi: 'ngày này đã có ở dòng khác', en: 'this day is already listed on another line' },
  source: { vi: 'không có trong "sources"', en: 'is not in "sources"' },
  ownKind: { vi: 'ngày riêng chỉ là own, half hoặc make-up', en: 'own days are own, half or make-up' },
} satisfies Record<string, Words>;

// A schema's own message carries both languages; the library's come from two runs.
const say = (words: Words): { params: { words: Words } } => ({ params: { words } });
const text = z.string().trim().min(1).max(300);
const words = z.strictObject({ vi: text, en: text });
const date = z.string().refine(isCivilDate, say(SAY.date));
const dates = z.string().transform((value, ctx) => {
  const all = writtenOut(value);
  if (all) return all;
  ctx.addIssue({ code: 'custom', ...say(SAY.range) });
  return z.NEVER;
});
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const DAY = z.strictObject({
  on: z
    .preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(dates).min(1))
    .transform((lists) => lists.flat()),
  kind: z.enum(DAY_KINDS),
  name: words,
  status: z.enum(['announced', 'proposed']),
  evidence: z.enum(['V', 'V2', 'D', 'M', 'X']),
  source: text,
  option: text.optional(),
});

// The days are read one by one, so that a mistake in one hides no mistake in another.
const COMMON = {
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  revision: z.int().positive(),
  name: words,
  sources: z.record(text, text),
  days: z.array(z.unknown()),
};
const OWN = z.strictObject({ ...COMMON, extends: COMMON.id });
const CALENDAR = z.strictObject({
  ...COMMON,
  zone: z.strictObject({
    transitions: z
      .array(
        z.strictObject({
          from: z.string().refine(isInstant, say(SAY.instant)).nullable(),
          offsetMinutes: z.int().min(-840).max(840),
        }),
      )
      .min(1)
      .refine(
        (list) =>
          list.every(({ from }, i) => (i === 0 ? from === null : from !== null && from > (list[i - 1]?.from ?? ''))),
        say(SAY.transitions),
      ),
  }),
  weekend: z
    .array(z.int().min(1).max(7))
    .refine((days) => new Set(days).size === days.length && days.length < 7, say(SAY.weekend)),
  from: date,
  announcedTo: date,
  to: date,
  makeUpSaturdays: z.boolean(),
  hours: z.strictObject({ start: clock, end: clock }),
});

function readDays(yaml: LayeredYaml): Placed[] {
  const list = (yaml.value as { days?: unknown } | null)?.days;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, i) => {
    const at = ['days', i];
    const day = yaml.check(DAY, item, at);
    return day ? [{ day, at }] : [];
  });
}

function checkOrder(yaml: LayeredYaml, head: z.infer<typeof CALENDAR>): void {
  if (head.from > head.announcedTo || head.announcedTo > head.to) yaml.problem(['announcedTo'], SAY.order);
}

function checkDay(yaml: LayeredYaml, day: CalendarDay, at: Path, head: z.infer<typeof CALENDAR>): void {
  const some = (test: (date: CivilDate) => boolean): boolean => day.on.some(test);
  const onWeekend = (date: CivilDate): boolean => head.weekend.includes(weekday(date));
  if (some((date) => date < head.from || date > head.to)) yaml.problem([...at, 'on'], SAY.outside);
  if (day.kind === 'make-up' && some((date) => !onWeekend(date))) yaml.problem([...at, 'on'], SAY.makeUp);
  if (['substitute', 'swapped', 'half'].includes(day.kind) && some(onWeekend))
    yaml.problem([...at, 'on'], SAY.weekdayOnly);
  if (day.status === 'announced' && some((date) => date > head.announcedTo)) yaml.problem([...at, 'status'], SAY.late);
  const isOpen = day.status === 'proposed' && day.on.every((date) => date > head.announcedTo);
  if (day.option !== undefined && !isOpen) yaml.problem([...at, 'option'], SAY.option);
}

/** A day has one line, or one for each competing proposal. */
function checkTwice(yaml: LayeredYaml, days: Placed[], announcedTo: CivilDate | null): void {
  const seen = new Map<CivilDate, (string | undefined)[]>();
  for (const { day, at } of days) {
    const clash = day.on.some((date) => {
      const others = seen.get(date) ?? [];
      seen.set(date, [...others, day.option]);
      const isProposal = day.option !== undefined && announcedTo !== null && date > announcedTo;
      return others.length > 0 && (!isProposal || others.includes(undefined) || others.includes(day.option));
    });
    if (clash) yaml.problem([...at, 'on'], SAY.twice);
  }
}

function checkSources(yaml: LayeredYaml, days: Placed[]): void {
  const sources = (yaml.value as { sources?: object } | null)?.sources;
  if (sources === undefined || sources === null || typeof sources !== 'object') return;
  for (const { day, at } of days) if (!Object.hasOwn(sources, day.source)) yaml.problem([...at, 'source'], SAY.source);
}

/** '2026-09-01' or '2026-09-01..2026-09-02', every day written out; null when it is neither. */
function writtenOut(value: string): CivilDate[] | null {
  const [first, last = first, ...rest] = value.split('..');
  if (rest.length > 0 || !isCivilDate(first) || !isCivilDate(last) || first > last) return null;
  const all = [first];
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) {
    if (all.push(day) > LONGEST_RANGE) return null;
  }
  return all;
}
