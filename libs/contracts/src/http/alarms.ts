import { fill, type Words } from './words.js';

interface AlarmWords {
  means: Words;
  /** `{scope}` and `{id}` stand for what the alarm is about */
  remedy: Words;
}

/** What can be wrong with a case or campaign so that a person has to look. The one list of kinds, with their words. */
export const ALARMS = {
  'workflow-missing': {
    means: {
      vi: 'Không còn chạy trong Temporal: đã bị dừng hoặc bị xóa.',
      en: 'It no longer runs in Temporal: somebody ended or deleted it.',
    },
    remedy: {
      vi: 'Hỏi xem ai đã dừng, rồi chạy: giamsat {scope} restore {id}',
      en: 'Find out who ended it, then run: giamsat {scope} restore {id}',
    },
  },
  'workflow-replaced': {
    means: {
      vi: 'Lịch sử trong Temporal hỏng, không chạy tiếp được; đã được chạy lại từ sổ cái, không mất gì.',
      en: 'Its history in Temporal was damaged and could not go on; it was started again from the ledger, nothing is lost.',
    },
    remedy: {
      vi: 'Xem lần chạy trước của workflow {scope}/{id} trong Temporal để tìm nguyên nhân. Xem xong: giamsat alarm clear {alarm}',
      en: 'Look at the previous run of workflow {scope}/{id} in Temporal for the cause. Then: giamsat alarm clear {alarm}',
    },
  },
  'moment-stuck': {
    means: {
      vi: 'Một mốc thời gian đã qua hơn mười phút mà chưa được xử lý.',
      en: 'A moment that was due passed over ten minutes ago and nothing came of it.',
    },
    remedy: {
      vi: 'Xem worker và Temporal có chạy không. Chạy mà vẫn kẹt: dừng workflow {scope}/{id} trong Temporal, rồi giamsat {scope} restore {id}',
      en: 'See whether worker and Temporal run. If they do: end the workflow {scope}/{id} in Temporal, then giamsat {scope} restore {id}',
    },
  },
  'act-unheard': {
    means: {
      vi: 'Hồ sơ chưa nhận được một việc của cuộc giám sát (đổi đoàn, đổi lịch, rút lại …).',
      en: 'The case has not heard of an act of its campaign (a change of team or calendar, a withdrawal …).',
    },
    remedy: {
      vi: 'Việc còn thiếu tự đến khi hồ sơ chạy lại: giamsat {scope} restore {id}',
      en: 'It hears of it by itself once it runs again: giamsat {scope} restore {id}',
    },
  },
  'ledger-behind': {
    means: {
      vi: 'Sổ cái thiếu mục mà Temporal đã có: một bản sao lưu cũ đã được phục hồi.',
      en: 'The ledger lacks entries that Temporal has: an old backup was restored.',
    },
    remedy: {
      vi: 'Phục hồi bản sao lưu mới hơn của Postgres; xem chỗ lệch: giamsat audit replay {id}',
      en: 'Restore a later backup of Postgres; see what differs: giamsat audit replay {id}',
    },
  },
  forged: {
    means: {
      vi: 'Có lệnh đến thẳng Temporal mà không được api chứng thực; đã từ chối, không ghi gì.',
      en: 'A command reached Temporal that the api had not attested; it was refused, nothing was written.',
    },
    remedy: {
      vi: 'Tìm ai vào được Temporal, hoặc tiến trình nào của mình thiếu GIAMSAT_ATTEST_KEY. Xem xong: giamsat alarm clear {alarm}',
      en: 'Find who can reach Temporal, or which process of yours lacks GIAMSAT_ATTEST_KEY. Then: giamsat alarm clear {alarm}',
    },
  },
} as const satisfies Record<string, AlarmWords>;

export type AlarmKind = keyof typeof ALARMS;

/** What an alarm means and what to do about it. */
export function sayAlarm(kind: AlarmKind, about: { alarm: string; scope: string; id: string }): AlarmWords {
  const { means, remedy } = ALARMS[kind];
  return { means, remedy: fill(remedy, about) };
}
