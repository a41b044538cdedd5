import type { Explanation } from '../case/explain.js';
import { addDays } from '../civil/civil-date.js';
import type { Zone } from '../civil/instant.js';
import type { DayUnit } from '../definition/definition.js';
import type { ProcedureWords } from './procedure-words.js';
import { sayDate, sayWhen, type Language } from './dates.js';
import { saySpan } from './tell-words.js';

type Said = Record<string, { vi: string; en: string }>;

const WHY: Said = {
  weekend: { vi: 'ngày nghỉ hằng tuần', en: 'weekend' },
  holiday: { vi: 'ngày lễ', en: 'holiday' },
  substitute: { vi: 'nghỉ bù', en: 'substitute day' },
  swapped: { vi: 'nghỉ hoán đổi', en: 'swapped day' },
  own: { vi: 'ngày nghỉ riêng của đơn vị', en: 'own day off' },
};
const REASON: Said = {
  'no-anchor': {
    vi: 'Chưa có ngày, vì chưa chứng minh được việc giao nhận mà thời hạn tính từ đó.',
    en: 'No date: the delivery it counts from is not proven.',
  },
  suspended: { vi: 'Chưa có ngày, vì hồ sơ đang tạm dừng.', en: 'No date: the case is suspended.' },
  'awaiting-review': { vi: 'Đã gửi, đang chờ xem xét.', en: 'Submitted, awaiting review.' },
  'no-duty': { vi: 'Không phải nhiệm vụ có thời hạn.', en: 'No duty with a deadline.' },
  'no-rule': { vi: 'Quy trình không đặt thời hạn.', en: 'The procedure sets no deadline.' },
};
const DATE: Said = {
  document: { vi: 'ngày văn bản', en: 'date of the paper' },
  sent: { vi: 'ngày gửi', en: 'day of sending' },
  received: { vi: 'ngày nhận', en: 'day of receipt' },
  due: { vi: 'hạn', en: 'deadline' },
};
const RULE: Said = {
  're-entry': { vi: 'Đếm lại từ khi bị trả lại.', en: 'Counted anew since it was given back.' },
  round: { vi: 'Kỳ tiếp theo, đếm từ hạn của kỳ trước.', en: 'The next round, counted from the deadline before.' },
  'count-before': { vi: 'Đếm lùi từ hạn của bước đó.', en: 'Counted backward from the deadline of that step.' },
  within: {
    vi: 'Cùng hạn với bước mà bước này nằm trong.',
    en: 'The same deadline as the step within which it lies.',
  },
  'paper-date': { vi: 'Hạn là ngày đã định sẵn, không đếm.', en: 'A date set beforehand; nothing is counted.' },
  session: {
    vi: 'Hạn là phiên họp đã biết gần nhất sau ngày đó.',
    en: 'The deadline is the next known session after that day.',
  },
  cap: {
    vi: 'Theo thời hạn chung của nhiều bước, vì thời hạn đó đến trước.',
    en: 'By the limit that several steps share, because it comes first.',
  },
};

/**
 * Why a date is what it is, line by line as `explain` gives it. Days left out are one sentence, by reason, days in a row as
 * a range; a pause is told once, by its own line, and only if it could touch the term.
 */
export function explainInWords(lines: Explanation[], words: ProcedureWords, zone: Zone, lang: Language): string[] {
  const skipped = lines.filter(({ code, params }) => code === 'skipped' && params.why !== 'paused');
  return lines.flatMap((line) => {
    if (line.code === 'skipped') return line === skipped[0] ? [daysLeftOut(lines, skipped, zone, lang)] : [];
    if (line.code === 'paused' && !couldTouch(line, lines)) return [];
    return one(line, lines, words, zone, lang) ?? [];
  });
}

function one(line: Explanation, lines: Explanation[], words: ProcedureWords, zone: Zone, lang: Language) {
  const { code, params } = line;
  const date = (name: string): string => sayDate((params[name] as string | null) ?? null, zone, lang);
  const pick = (vi: string, en: string): string => (lang === 'vi' ? vi : en);
  switch (code) {
    case 'anchor': {
      const step = words.step(String(params.step))[lang];
      const paper = params.paper ? pick(`, văn bản số ${params.paper}`, `, paper no. ${params.paper}`) : '';
      if (of(lines, 'rule', 'rule') === 're-entry')
        return pick(
          `Tính từ khi bước “${step}” bị trả lại: ${date('on')}${paper}.`,
          `Counted from when “${step}” was given back: ${date('on')}${paper}.`,
        );
      const kind = DATE[String(params.date)]?.[lang] ?? pick('ngày', 'day');
      return pick(
        `Tính từ ${kind} của bước “${step}”: ${date('on')}${paper}.`,
        `Counted from the ${kind} of “${step}”: ${date('on')}${paper}.`,
      );
    }
    case 'rule':
      if (params.kind === 'before')
        return pick(
          'Văn bản ghi “trước” ngày đó, nên hạn là ngày liền trước.',
          'The paper says “before” that day, so the deadline is the day before it.',
        );
      return [
        params.rule === 'count' ? counted(line, lines, lang) : RULE[String(params.rule)]?.[lang],
        figure(line, lang),
      ]
        .filter((said) => said !== undefined)
        .join(' ');
    case 'basis': {
      const basis = words.basis(String(params.basis));
      if (!basis) return undefined;
      const text = `${basis[lang]}${basis.article ? `, ${basis.article}` : ''} [${params.evidence}]`;
      return pick(`Căn cứ: ${text}.`, `Basis: ${text}.`);
    }
    case 'force':
      return params.force === 'binding'
        ? pick('Thời hạn bắt buộc.', 'A binding deadline.')
        : pick(
            'Mốc nội bộ do đơn vị đặt, không phải thời hạn quy định.',
            "The installation's own mark, not a deadline set by a regulation.",
          );
    case 'rolled':
      return pick(
        `Ngày cuối ${date('from')} là ngày nghỉ, nên chuyển sang ngày làm việc tiếp theo.`,
        `The last day ${date('from')} is free, so it moves to the next working day.`,
      );
    case 'paused': {
      const from = sayWhen(String(params.from), zone, lang);
      if (params.to === null) return pick(`Tạm dừng từ ${from}, chưa tiếp tục.`, `Paused ${from}, not yet resumed.`);
      const to = sayWhen(String(params.to), zone, lang);
      return pick(`Tạm dừng từ ${from} đến ${to}, không tính.`, `Paused ${from}, resumed ${to}; not counted.`);
    }
    case 'extended': {
      const by = spanIn(line, lang);
      return pick(`Đã gia hạn thêm ${by}.`, `Extended by ${by}.`);
    }
    case 'capped': {
      const cap = words.cap(String(params.cap))[lang];
      return pick(`Không quá “${cap}”: ${date('due')}.`, `Not beyond “${cap}”: ${date('due')}.`);
    }
    case 'provisional':
      return pick(
        'Tạm tính: lịch của những ngày này chưa được công bố.',
        'Provisional: the calendar of these days is not announced.',
      );
    case 'due':
      return pick(`Hạn: ${date('due')}.`, `Due: ${date('due')}.`);
    case 'no-date':
      return (REASON[String(params.reason)] ?? REASON['no-rule']!)[lang];
    case 'skipped':
      return undefined;
  }
}

const of = (lines: Explanation[], code: Explanation['code'], name: string) =>
  lines.find((line) => line.code === code)?.params[name];

const spanIn = ({ params }: Explanation, lang: Language): string =>
  saySpan({ n: Number(params.n), unit: params.unit as DayUnit }, lang);

/** What counting does with the day it starts from; nothing where that day is not known. */
function counted(line: Explanation, lines: Explanation[], lang: Language): string | undefined {
  const on = of(lines, 'anchor', 'on');
  if (typeof on !== 'string') return undefined;
  const span = spanIn(line, lang);
  if (on.length > 10) return lang === 'vi' ? `Đếm tới ${span} từ lúc đó.` : `Counted ${span} from that moment.`;
  if (line.params.n === 0) return lang === 'vi' ? 'Hạn là chính ngày đó.' : 'The deadline is that day itself.';
  return lang === 'vi'
    ? `Đếm tới ${span}, không tính chính ngày đó.`
    : `Counted forward ${span}; that day itself is not counted.`;
}

/** The figure of every other rule that counts. */
function figure(line: Explanation, lang: Language): string | undefined {
  const { rule, n } = line.params;
  if (rule === 'count' || n === undefined) return undefined;
  return lang === 'vi' ? `Thời gian: ${spanIn(line, lang)}.` : `Term: ${spanIn(line, lang)}.`;
}

/** All pauses of the case are listed; one that ended before the count began, or began after it ended, says nothing here. */
function couldTouch({ params }: Explanation, lines: Explanation[]): boolean {
  const on = of(lines, 'anchor', 'date') === 'due' ? undefined : of(lines, 'anchor', 'on');
  return !isBefore(params.to, on) && !isBefore(of(lines, 'due', 'due'), params.from);
}

/** Only where both are known and of one kind, so that a doubt leaves the line in. */
const isBefore = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' && a.length === b.length && a <= b;

function daysLeftOut(lines: Explanation[], skipped: Explanation[], zone: Zone, lang: Language): string {
  const ranges = new Map<string, { from: string; to: string }[]>();
  for (const { params } of skipped) {
    const date = String(params.date);
    const why = String(params.why);
    const known = ranges.get(why) ?? [];
    const last = known.at(-1);
    if (last && addDays(last.to, 1) === date) last.to = date;
    else known.push({ from: date, to: date });
    ranges.set(why, known);
  }
  const say = ({ from, to }: { from: string; to: string }): string =>
    from === to ? sayDate(from, zone) : `${sayDate(from, zone)}–${sayDate(to, zone)}`;
  const groups = [...ranges].map(([why, days]) => `${WHY[why]?.[lang] ?? why}: ${days.map(say).join(', ')}`);
  // counted backward from another step's deadline, the days left out are those of that deadline
  const isOther = of(lines, 'rule', 'rule') === 'count-before';
  const head =
    lang === 'vi'
      ? isOther
        ? 'Trong thời hạn của bước đó không tính'
        : 'Không tính'
      : isOther
        ? 'Left out in the term of that step'
        : 'Left out';
  return `${head} — ${groups.join('; ')}.`;
}
