import type { Mistake } from './problem.js';
import { fill, type Words } from './words.js';

/** What can be wrong with a campaign beyond its shape, and what would be right. `missing…` are of the launch gate. */
export const DOCUMENT_WORDS = {
  PROCEDURE_UNKNOWN: { vi: 'Không có quy trình này; hiện có: {known}.', en: 'No such procedure; there are: {known}.' },
  CALENDAR_UNKNOWN: { vi: 'Không có lịch này; hiện có: {known}.', en: 'No such calendar; there are: {known}.' },
  CALENDAR_OTHER: {
    vi: 'Tệp là của lịch {given}; ở đây dùng lịch {calendar}.',
    en: 'The file is of the calendar {given}; this runs on {calendar}.',
  },
  CALENDAR_NOT_NEWER: {
    vi: 'Lịch đang dùng là bản {revision}: tệp mới phải ghi revision lớn hơn.',
    en: 'The calendar in use is revision {revision}: a new file needs a higher one.',
  },
  LEVEL_UNKNOWN: {
    vi: 'Quy trình không có cấp này; hãy dùng: {known}.',
    en: 'The procedure has no such level; use one of: {known}.',
  },
  STEP_UNKNOWN: { vi: 'Quy trình không có bước này.', en: 'The procedure has no such step.' },
  STEP_TAKES_NO_DATE: {
    vi: 'Quy trình không cho kế hoạch ấn định ngày của bước này.',
    en: 'The procedure lets no plan set the date of this step.',
  },
  PARTY_UNKNOWN: { vi: 'Quy trình không có bên này.', en: 'The procedure has no such party.' },
  OFFICE_UNKNOWN: { vi: 'Quy trình không có chức trách này.', en: 'The procedure has no such office.' },
  PAPER_NEEDED: {
    vi: 'Quy trình cần văn bản này: số và ngày.',
    en: 'The procedure needs this paper: number and date.',
  },
  DATE_IN_FUTURE: { vi: 'Ngày của văn bản ở tương lai.', en: 'The date of the paper lies in the future.' },
  DATE_ORDER: { vi: 'Ngày này trước ngày {before} của {of}.', en: 'This date lies before that of the {of}, {before}.' },
  DATE_BEFORE_PLAN: { vi: 'Ngày này trước ngày ban hành kế hoạch.', en: 'This date lies before the plan itself.' },
  UNIT_UNKNOWN: {
    vi: 'Không có đơn vị nào mang mã này, hoặc có hơn một.',
    en: 'No unit has this code, or more than one does.',
  },
  UNIT_ENDED: {
    vi: 'Đơn vị này đã kết thúc hoạt động vào ngày ban hành kế hoạch.',
    en: 'This unit had ended by the day of the plan.',
  },
  UNIT_NOT_SUCCESSOR: {
    vi: 'Theo sổ đơn vị, đơn vị này không phải đơn vị kế thừa của đơn vị đã kết thúc.',
    en: 'By the register this unit is no successor of the unit that ended.',
  },
  OWNER_NOT_YOURS: {
    vi: 'Đồng chí không giữ chức trách lập kế hoạch ở đơn vị này.',
    en: 'You hold no planning office in this unit.',
  },
  PERSON_UNKNOWN: { vi: 'Không có ai mang tên đăng nhập hoặc mã này.', en: 'Nobody has this login or id.' },
  TEAM_UNKNOWN: { vi: 'Không có đoàn này trong kế hoạch.', en: 'The plan has no such team.' },
  TEAM_NEEDED: { vi: 'Chưa phân công đoàn cho đơn vị này.', en: 'No team is assigned to this unit.' },
  TEAM_TWICE: { vi: 'Mã đoàn này đã dùng.', en: 'This team id is used twice.' },
  WAVE_UNKNOWN: { vi: 'Kế hoạch không có đợt này.', en: 'The plan has no such wave.' },
  WAVE_TWICE: { vi: 'Đợt này ghi hai lần.', en: 'This wave stands there twice.' },
  SUBJECT_TWICE: { vi: 'Đối tượng này đã có ở dòng {first}.', en: 'This subject stands there already, at {first}.' },
  MEMBER_NEEDED: { vi: 'Giám sát đảng viên thì phải ghi ai.', en: 'A supervised member has to be named.' },
  SUBJECTS_NEEDED: { vi: 'Chưa có đơn vị nào được giám sát.', en: 'Nobody is supervised yet.' },
  PERSON_TWICE: { vi: 'Một người ghi hai lần trong cùng một đoàn.', en: 'One person stands twice in one team.' },
  MISSING_MANDATE: { vi: 'Chưa xong bước "{step}".', en: 'The step "{step}" has not been done.' },
  MISSING_CALENDAR: { vi: 'Lịch làm việc chỉ công bố đến {to}.', en: 'The calendar is announced only to {to}.' },
  MISSING_TEAM: { vi: 'Đơn vị chưa có đoàn.', en: 'The unit has no team.' },
  MISSING_HEAD: {
    vi: 'Chưa có ai giữ chức trách đứng đầu ({office}).',
    en: 'Nobody holds the office of its head ({office}).',
  },
  MISSING_ADDRESS: {
    vi: 'Người giữ {office} chưa có địa chỉ thư điện tử.',
    en: 'Whoever holds {office} has no e-mail address.',
  },
  MISSING_HOLDER: {
    vi: 'Chưa có ai giữ chức trách {office} mà quy trình gửi nhắc đến.',
    en: 'Nobody holds {office}, to whom the procedure sends notices.',
  },
  MEMBER_RECUSED: {
    vi: 'Người này phải rút khỏi đoàn giám sát đơn vị đó ({reason}); hãy thay người.',
    en: 'This person may not sit in a team that supervises that unit ({reason}); name somebody else.',
  },
  OFFICE_VACANT: {
    vi: 'Chức trách {office} đang khuyết: nhắc việc sẽ đi tiếp lên bậc trên.',
    en: 'The office {office} is vacant: notices climb over it to the next rung.',
  },
} as const satisfies Record<string, Words>;
export type DocumentCode = keyof typeof DOCUMENT_WORDS;

export function documentMistake(
  path: string,
  code: DocumentCode,
  params: NonNullable<Mistake['params']> = {},
): Mistake {
  return { path, code, message: fill(DOCUMENT_WORDS[code], params), params };
}
