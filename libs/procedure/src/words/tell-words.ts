import type { EventData } from '../case/events.js';
import type { CommandBody, FindingKind, MeasureNature, NoticeEnd } from '../case/commands.js';
import type { DayUnit } from '../definition/definition.js';

/** Small words of a chronicle: what no procedure names because every procedure says it the same way. */
interface Pair {
  vi: string;
  en: string;
}
type Answer = Extract<CommandBody, { type: 'answerWrongRecipient' }>['answer'];

export const FINDING: Record<FindingKind, Pair> = {
  strength: { vi: 'ưu điểm', en: 'strength' },
  limitation: { vi: 'hạn chế', en: 'limitation' },
  cause: { vi: 'nguyên nhân', en: 'cause' },
  direction: { vi: 'phương hướng', en: 'direction' },
};
export const NATURE: Record<MeasureNature, Pair> = {
  duty: { vi: 'việc có hạn', en: 'dated duty' },
  standing: { vi: 'việc thường xuyên', en: 'standing task' },
  none: { vi: 'không phải nhiệm vụ', en: 'no duty' },
};
/** Why a due moved; where it is the ordinary course of things, nothing is said. */
export const MOVED: Record<EventData['dueSet']['cause'], Pair | null> = {
  opened: null,
  act: null,
  extension: { vi: 'do gia hạn', en: 'by an extension' },
  suspension: { vi: 'do tạm dừng', en: 'by a suspension' },
  correction: { vi: 'do đính chính', en: 'by a correction' },
  calendar: { vi: 'do lịch làm việc thay đổi', en: 'by a change of the calendar' },
  procedure: { vi: 'do quy trình thay đổi', en: 'by a change of the procedure' },
  plan: { vi: 'do điều chỉnh kế hoạch', en: 'by an amended plan' },
  recall: { vi: 'do thu hồi văn bản', en: 'by a recalled delivery' },
};
export const CAUSE: Record<EventData['rungDue']['cause'], Pair | null> = {
  planned: null,
  outage: { vi: 'chậm do hệ thống ngừng', en: 'late by an outage of ours' },
  'late-entry': { vi: 'do nhập sau', en: 'entered late' },
  proof: { vi: 'sau khi lần trước đã đến', en: 'after the one before had arrived' },
};
export const PASSED: Record<EventData['rungPassed']['why'], Pair> = {
  'before-system': { vi: 'trước khi dùng hệ thống', en: 'before the system was in use' },
  historical: { vi: 'hồ sơ nhập lại', en: 'a case entered after the fact' },
  'late-entry': { vi: 'đã qua khi nhập', en: 'already past when entered' },
  collapsed: { vi: 'đã gộp vào lần nhắc sau', en: 'taken into the notice after it' },
};
export const UNFOUNDED: Record<EventData['rungUnfounded']['why'], Pair> = {
  'entered-late': { vi: 'việc đã làm nhưng nhập sau', en: 'the act was done, and entered late' },
  corrected: { vi: 'mục đã được đính chính', en: 'an entry was corrected' },
  recalled: { vi: 'văn bản đã được thu hồi', en: 'the delivery was recalled' },
};
export const END: Record<NoticeEnd, Pair> = {
  sent: { vi: 'đã gửi', en: 'sent' },
  failed: { vi: 'không gửi được', en: 'failed' },
  nobody: { vi: 'không có người giữ chức trách', en: 'nobody holds the office' },
  read: { vi: 'đã đọc', en: 'read' },
  acknowledged: { vi: 'đã xác nhận', en: 'acknowledged' },
};
export const HOW: Record<EventData['caseEnded']['how'], Pair> = {
  closed: { vi: 'hoàn thành', en: 'closed' },
  cancelled: { vi: 'hủy', en: 'cancelled' },
  'without-conclusion': { vi: 'không có kết luận', en: 'without conclusion' },
};
export const ANSWER: Record<Answer, Pair> = {
  corrected: { vi: 'đã sửa nơi nhận', en: 'the recipient was corrected' },
  copy: { vi: 'chỉ là bản sao gửi thêm', en: 'it was a further copy' },
  'already-issued': { vi: 'văn bản đã ban hành', en: 'the paper had been issued' },
};
const UNIT: Record<DayUnit, { vi: string; en: string; one: string }> = {
  wd: { vi: 'ngày làm việc', en: 'working days', one: 'working day' },
  cd: { vi: 'ngày', en: 'days', one: 'day' },
  months: { vi: 'tháng', en: 'months', one: 'month' },
  s: { vi: 'giây', en: 'seconds', one: 'second' },
};

export const saySpan = ({ n, unit }: { n: number; unit: DayUnit }, lang: 'vi' | 'en'): string =>
  `${n} ${lang === 'en' && n === 1 ? UNIT[unit].one : UNIT[unit][lang]}`;
