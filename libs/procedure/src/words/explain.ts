import type { Explanation } from '../case/explain.js';
import type { Zone } from '../civil/instant.js';
import type { ProcedureWords } from './procedure-words.js';
import { sayDate, type Language } from './dates.js';

const WHY: Record<string, { vi: string; en: string }> = {
  weekend: { vi: 'ngày nghỉ hằng tuần', en: 'weekend' },
  holiday: { vi: 'ngày lễ', en: 'holiday' },
  substitute: { vi: 'nghỉ bù', en: 'substitute day' },
  swapped: { vi: 'nghỉ hoán đổi', en: 'swapped day' },
  own: { vi: 'ngày nghỉ riêng của đơn vị', en: 'own day off' },
  paused: { vi: 'tạm dừng', en: 'paused' },
};
const REASON: Record<string, { vi: string; en: string }> = {
  'no-anchor': {
    vi: 'chưa có ngày, vì chưa chứng minh được việc giao nhận mà thời hạn tính từ đó',
    en: 'no date: the delivery it counts from is not proven',
  },
  suspended: { vi: 'chưa có ngày, vì hồ sơ đang tạm dừng', en: 'no date: the case is suspended' },
  'awaiting-review': { vi: 'đã gửi, đang chờ xem xét', en: 'submitted, awaiting review' },
  'no-duty': { vi: 'không phải nhiệm vụ có thời hạn', en: 'no duty' },
  'no-rule': { vi: 'quy trình không đặt thời hạn', en: 'the procedure sets none' },
};
const DATE: Record<string, { vi: string; en: string }> = {
  document: { vi: 'ngày văn bản', en: 'date of the paper' },
  sent: { vi: 'ngày gửi', en: 'day of sending' },
  received: { vi: 'ngày nhận', en: 'day of receipt' },
  due: { vi: 'hạn', en: 'deadline' },
};

/** Why a date is what it is, line by line as `explain` gives it; free days of one kind in a row are one sentence. */
export function explainInWords(lines: Explanation[], words: ProcedureWords, zone: Zone, lang: Language): string[] {
  const said: string[] = [];
  const skipped = lines.filter(({ code }) => code === 'skipped');
  for (const line of lines) {
    if (line.code === 'skipped') {
      if (line === skipped[0]) said.push(skippedDays(skipped, zone, lang));
      continue;
    }
    const sentence = one(line, words, zone, lang);
    if (sentence) said.push(sentence);
  }
  return said;
}

function one({ code, params }: Explanation, words: ProcedureWords, zone: Zone, lang: Language): string | null {
  const date = (name: string): string => sayDate((params[name] as string | null) ?? null, zone);
  const pick = (vi: string, en: string): string => (lang === 'vi' ? vi : en);
  switch (code) {
    case 'anchor': {
      const step = words.step(String(params.step))[lang];
      const kind = DATE[String(params.date)]?.[lang] ?? String(params.date);
      const paper = params.paper ? pick(`, văn bản ${params.paper}`, `, paper ${params.paper}`) : '';
      return pick(
        `Tính từ ${kind} của bước “${step}”: ${date('on')}${paper}.`,
        `Counted from the ${kind} of “${step}”: ${date('on')}${paper}.`,
      );
    }
    case 'rule':
      return params.kind === 'before'
        ? pick('Văn bản ghi “trước” ngày đó, nên hạn là ngày liền trước.', 'The paper says “before” that day.')
        : null;
    case 'basis': {
      const basis = words.basis(String(params.basis));
      return basis
        ? pick(
            `Căn cứ: ${basis.vi}${basis.article ? `, ${basis.article}` : ''} [${params.evidence}].`,
            `Basis: ${basis.en}${basis.article ? `, ${basis.article}` : ''} [${params.evidence}].`,
          )
        : null;
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
        `Ngày cuối ${date('from')} là ngày nghỉ, nên hạn là ngày làm việc tiếp theo.`,
        `The last day ${date('from')} is free, so the term ends with the next working day.`,
      );
    case 'paused':
      return params.to === null
        ? pick(`Tạm dừng từ ${date('from')}.`, `Paused since ${date('from')}.`)
        : pick(
            `Tạm dừng từ ${date('from')} đến ${date('to')}, không tính.`,
            `Paused from ${date('from')} to ${date('to')}, not counted.`,
          );
    case 'extended':
      return pick(`Đã gia hạn thêm ${params.by} ngày.`, `Extended by ${params.by}.`);
    case 'capped':
      return pick(
        `Không quá “${words.cap(String(params.cap)).vi}”: ${date('due')}.`,
        `Not beyond “${words.cap(String(params.cap)).en}”: ${date('due')}.`,
      );
    case 'provisional':
      return pick(
        'Tạm tính: lịch của những ngày này chưa được công bố.',
        'Provisional: the calendar of these days is not announced.',
      );
    case 'due':
      return pick(`Hạn: ${date('due')}.`, `Due: ${date('due')}.`);
    case 'no-date':
      return (REASON[String(params.reason)] ?? REASON['no-rule']!)[lang] + '.';
    case 'skipped':
      return null;
  }
}

/** Consecutive days of one reason are one range: a Tết is said once. */
function skippedDays(lines: Explanation[], zone: Zone, lang: Language): string {
  const byReason = new Map<string, string[]>();
  for (const { params } of lines) {
    const why = String(params.why);
    byReason.set(why, [...(byReason.get(why) ?? []), sayDate(String(params.date), zone)]);
  }
  const groups = [...byReason].map(([why, days]) => `${WHY[why]?.[lang] ?? why}: ${days.join(', ')}`);
  return `${lang === 'vi' ? 'Không tính' : 'Left out'} — ${groups.join('; ')}.`;
}
