import type { CaseEvent } from '../case/events.js';
import type { Zone } from '../civil/instant.js';
import { civilDateAt } from '../civil/instant.js';
import type { ProcedureWords } from './procedure-words.js';
import { sayDate, type Language } from './dates.js';

export interface Sentence {
  seq: number;
  at: string;
  sentence: string;
}

export interface ChronicleWords {
  words: ProcedureWords;
  zone: Zone;
  lang: Language;
  /** person → name; an office alone when absent */
  names?: Record<string, string>;
  /** hash → text, for reasons and explanations the reader may see */
  texts?: Record<string, string | null>;
}

/** What happened, one plain sentence per event. The caller prints the number beside it. */
export function chronicle(events: CaseEvent[], say: ChronicleWords): Sentence[] {
  return events.map((event) => ({
    seq: event.seq,
    at: event.at,
    sentence: `${what(event, say)}${paperOf(event, say)}${lateOf(event, say)}${whoOf(event, say)}.`,
  }));
}

function whoOf({ by }: CaseEvent, { words, lang, names = {} }: ChronicleWords): string {
  if (by === 'engine') return '';
  const name = names[by.actor];
  const office = by.capacity === 'engine' ? '' : words.office(by.capacity)[lang];
  return ` — ${[name, office].filter(Boolean).join(', ')}`;
}

function paperOf({ paper }: CaseEvent, { lang, zone }: ChronicleWords): string {
  if (!paper) return '';
  const number = paper.number ?? paper.kind;
  const date = paper.date ? ` ${lang === 'vi' ? 'ngày' : 'of'} ${sayDate(paper.date, zone)}` : '';
  const outside = paper.keptOutside ? (lang === 'vi' ? ', giữ ngoài hệ thống' : ', kept outside the system') : '';
  return ` (${number}${date}${outside})`;
}

/** An act that was entered on another day than its own says both. */
function lateOf({ dates, at, by }: CaseEvent, { lang, zone }: ChronicleWords): string {
  const own = dates.received ?? dates.sent ?? dates.document;
  if (by === 'engine' || own === undefined || own.length > 10 || own === civilDateAt(at, zone)) return '';
  const sent =
    dates.sent && dates.sent !== own ? `${lang === 'vi' ? 'gửi' : 'sent'} ${sayDate(dates.sent, zone)}, ` : '';
  return lang === 'vi'
    ? ` [${sent}ngày ${sayDate(own, zone)}, nhập sau]`
    : ` [${sent}on ${sayDate(own, zone)}, entered later]`;
}

function what(event: CaseEvent, say: ChronicleWords): string {
  const { words, zone, lang } = say;
  const date = (when: string | null): string => sayDate(when, zone);
  const step = (key: string): string => `“${words.step(key.split('/')[0]!)[lang]}”`;
  const outcome = (key: string, id: string): string => words.outcome(key.split('/')[0]!, id)[lang];
  const office = (id: string): string => words.office(id)[lang];
  const text = (hash: string | undefined): string => {
    const known = hash === undefined ? undefined : say.texts?.[hash];
    return known ? `: ${known.replace(/\.$/, '')}` : '';
  };
  const kind = words.event(event.type)[lang];
  switch (event.type) {
    case 'opened':
      return kind;
    case 'stepSubmitted':
      return `${kind}: ${step(event.data.step)}`;
    case 'stepCompleted':
    case 'stepReturned':
      return `${kind}: ${step(event.data.step)} — ${outcome(event.data.step, event.data.outcome)}`;
    case 'extensionRequested':
      return `${kind}: ${step(event.data.step)}${event.data.span ? `, +${event.data.span.n}` : ''}${text(event.data.reason)}`;
    case 'extensionDecided':
      return `${kind}: ${event.data.granted ? (lang === 'vi' ? 'đồng ý' : 'granted') : lang === 'vi' ? 'không đồng ý' : 'refused'}`;
    case 'suspended':
    case 'cancelled':
    case 'closedWithoutConclusion':
    case 'entryCorrected':
    case 'deliveryRecalled':
    case 'subjectWithdrawn':
    case 'waveWithdrawn':
      return `${kind}${'entry' in event.data ? ` #${event.data.entry}` : ''}${text(event.data.reason)}`;
    case 'findingRecorded':
      return `${kind} (${FINDING[event.data.kind][lang]})${text(event.data.text)}`;
    case 'measureRecorded':
      return `${kind} (${NATURE[event.data.nature][lang]}${event.data.due ? `, ${date(event.data.due.on)}` : ''})${text(event.data.text)}`;
    case 'measureJudged':
      return `${kind}: ${words.outcome('remediation-progress', event.data.outcome)[lang]}`;
    case 'delayExplained':
      return `${kind}: ${step(event.data.step)}${text(event.data.text)}`;
    case 'contested':
    case 'contestAnswered':
      return `${kind} #${event.data.entry}${text(event.data.text)}`;
    case 'waveLaunched':
    case 'launchCompleted':
      return `${kind} ${event.data.wave}`;
    case 'inspectionRecorded':
      return `${kind}${event.data.number ? ` ${event.data.number}` : ''}`;
    case 'dueSet':
      return event.data.due === null
        ? `${kind}: ${step(event.data.step)} — ${lang === 'vi' ? 'chưa có ngày' : 'no date yet'}`
        : `${kind}: ${step(event.data.step)} — ${date(event.data.due)}${event.data.was && event.data.was !== event.data.due ? (lang === 'vi' ? ` (trước là ${date(event.data.was)})` : ` (was ${date(event.data.was)})`) : ''}${event.data.provisional ? (lang === 'vi' ? ', tạm tính' : ', provisional') : ''}`;
    case 'overdueBegan':
      return event.data.force === 'binding'
        ? `${kind}: ${step(event.data.step)}`
        : `${lang === 'vi' ? 'Quá mốc nội bộ' : 'Past the internal mark'}: ${step(event.data.step)}`;
    case 'rungDue':
      return `${kind}: ${step(event.data.step)} → ${event.data.to.map(office).join(', ')}${CAUSE[event.data.cause]?.[lang] ?? ''}`;
    case 'rungPassed':
    case 'rungHeld':
      return `${kind}: ${step(event.data.step)}`;
    case 'rungUnfounded':
      return `${kind}: ${step(event.data.step)} → ${event.data.to.map(office).join(', ')}`;
    case 'noticeEnded':
      return `${kind}: ${office(event.data.office)} — ${END[event.data.end][lang]}`;
    case 'caseEnded':
      return `${kind}: ${HOW[event.data.how][lang]}`;
    default:
      return kind;
  }
}

const FINDING = {
  strength: { vi: 'ưu điểm', en: 'strength' },
  limitation: { vi: 'hạn chế', en: 'limitation' },
  cause: { vi: 'nguyên nhân', en: 'cause' },
  direction: { vi: 'phương hướng', en: 'direction' },
};
const NATURE = {
  duty: { vi: 'việc có hạn', en: 'dated duty' },
  standing: { vi: 'việc thường xuyên', en: 'standing task' },
  none: { vi: 'không phải nhiệm vụ', en: 'no duty' },
};
const CAUSE: Record<string, { vi: string; en: string }> = {
  outage: { vi: ' (chậm do hệ thống ngừng)', en: ' (late by an outage of ours)' },
  'late-entry': { vi: ' (do nhập sau)', en: ' (entered late)' },
  proof: { vi: ' (sau khi lần trước đã đến)', en: ' (after the one before had arrived)' },
};
const END = {
  sent: { vi: 'đã gửi', en: 'sent' },
  failed: { vi: 'không gửi được', en: 'failed' },
  nobody: { vi: 'không có người giữ chức trách', en: 'nobody holds the office' },
  read: { vi: 'đã đọc', en: 'read' },
  acknowledged: { vi: 'đã xác nhận', en: 'acknowledged' },
};
const HOW = {
  closed: { vi: 'hoàn thành', en: 'closed' },
  cancelled: { vi: 'hủy', en: 'cancelled' },
  'without-conclusion': { vi: 'không có kết luận', en: 'without conclusion' },
};
