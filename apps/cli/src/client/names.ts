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
};
export const status = (id: string | null, io: Io): string => (id === null ? '' : STATUS[id] ? io.say(STATUS[id]) : id);
