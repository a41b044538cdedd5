import { procedureLibrary, words, type ProcedureWords } from '@giamsat/procedure/source';
import type { Io } from '../cli/io.js';

/** Names of a shipped procedure by `id@version`; ids as they are when it is not one of ours. */
export function namesOf(
  procedure: string,
  io: Io,
): {
  step(id: string): string;
  party(id: string | null): string;
  stage(id: string | null): string;
  outcome(step: string, id: string): string;
  office(id: string): string;
} {
  const shipped = procedureLibrary().getProcedure(procedure);
  const say: ProcedureWords | null = shipped ? words(shipped.source) : null;
  const pick = (of: ((say: ProcedureWords) => { vi: string; en: string }) | null, id: string): string =>
    say && of ? io.say(of(say)) : id;
  return {
    step: (key) => {
      const [id = key, item] = key.split('/');
      return pick((each) => each.step(id), id) + (item ? ` [${item.slice(-6)}]` : '');
    },
    party: (id) => (id === null ? '' : pick((each) => each.party(id), id)),
    stage: (id) => (id === null ? '' : pick((each) => each.stage(id), id)),
    outcome: (step, id) => pick((each) => each.outcome(step.split('/')[0]!, id), id),
    office: (id) => pick((each) => each.office(id), id),
  };
}

/** An office by its name in whichever procedure knows it: a register of offices belongs to none. */
export function officeName(id: string, io: Io): string {
  const found = procedureLibrary()
    .listProcedures()
    .find(({ compiled }) => id in compiled.offices);
  return found ? io.say(words(found.source).office(id)) : id;
}

export const STATUS: Record<string, { vi: string; en: string }> = {
  running: { vi: 'đang thực hiện', en: 'running' },
  suspended: { vi: 'tạm dừng', en: 'suspended' },
  closed: { vi: 'đã kết thúc', en: 'closed' },
  cancelled: { vi: 'đã hủy', en: 'cancelled' },
  'without-conclusion': { vi: 'kết thúc không kết luận', en: 'ended without conclusion' },
  waiting: { vi: 'chưa đến', en: 'waiting' },
  open: { vi: 'đang mở', en: 'open' },
  submitted: { vi: 'đã gửi, chờ xem xét', en: 'submitted' },
  met: { vi: 'xong', en: 'done' },
  ended: { vi: 'không còn', en: 'ended' },
  draft: { vi: 'bản thảo', en: 'draft' },
  issued: { vi: 'đã ban hành', en: 'issued' },
  discarded: { vi: 'đã bỏ', en: 'discarded' },
  launching: { vi: 'đang triển khai', en: 'launching' },
  standing: { vi: 'đã triển khai', en: 'launched' },
  withdrawn: { vi: 'đã rút lại', en: 'withdrawn' },
};
export const status = (id: string | null, io: Io): string => (id === null ? '' : STATUS[id] ? io.say(STATUS[id]) : id);

export const FINDING: Record<string, { vi: string; en: string }> = {
  strength: { vi: 'ưu điểm', en: 'strengths' },
  limitation: { vi: 'hạn chế', en: 'limitations' },
  cause: { vi: 'nguyên nhân', en: 'causes' },
  direction: { vi: 'phương hướng', en: 'directions' },
};
export const MEASURE: Record<string, { vi: string; en: string }> = {
  open: { vi: 'chưa báo cáo', en: 'not reported' },
  reported: { vi: 'đã báo cáo', en: 'reported' },
  done: { vi: 'đã khắc phục', en: 'done' },
  partly: { vi: 'một phần', en: 'partly' },
  'not-adequate': { vi: 'chưa đạt', en: 'not adequate' },
  'not-done': { vi: 'chưa làm', en: 'not done' },
  'no-duty': { vi: 'không phải nhiệm vụ', en: 'no duty' },
  closed: { vi: 'đã kết thúc khi chuyển giao', en: 'closed by a succession' },
};
/** Why a step has no date. */
export const NO_DATE: Record<string, { vi: string; en: string }> = {
  'no-anchor': { vi: 'chưa có mốc để tính', en: 'nothing to count from' },
  suspended: { vi: 'tạm dừng', en: 'suspended' },
  'awaiting-review': { vi: 'chờ xem xét', en: 'awaits review' },
  'no-duty': { vi: 'không phải nhiệm vụ', en: 'no duty' },
  'no-rule': { vi: 'không đặt hạn', en: 'none is set' },
};
