import type { ProblemCode } from './codes.js';

export interface Words {
  vi: string;
  en: string;
}

/** What a person reads for each code; `{name}` stands for the parameter of that name. One table, no second list. */
export const PROBLEM_WORDS: Record<ProblemCode, Words> = {
  STEP_UNKNOWN: { vi: 'Quy trình không có bước này.', en: 'The procedure has no such step.' },
  STEP_NOT_OPEN: { vi: 'Bước này chưa mở hoặc đã xong.', en: 'This step is not open: not yet, or no longer.' },
  STEP_NOT_SUBMITTED: {
    vi: 'Bước này chưa được trình, chưa có gì để xem xét.',
    en: 'Nothing has been submitted for this step yet.',
  },
  STEP_NEEDS_SUBMISSION: {
    vi: 'Bước này phải được trình trước, rồi mới được xem xét.',
    en: 'This step has to be submitted first and is then reviewed.',
  },
  NO_ANSWER_YET: {
    vi: 'Chưa biết kết quả. Gửi lại với cùng khóa là an toàn.',
    en: 'The outcome is not known yet. Sending it again with the same key is safe.',
  },
  OUTCOME_UNKNOWN: { vi: 'Bước này không có kết quả đó.', en: 'This step has no such outcome.' },
  OUTCOME_NOT_A_RETURN: { vi: 'Kết quả này không phải là trả lại.', en: 'This outcome does not return anything.' },
  OUTCOME_IS_A_RETURN: {
    vi: 'Kết quả này là trả lại: dùng lệnh trả lại.',
    en: 'This outcome is a return: use the command that returns.',
  },
  NOT_ALLOWED: { vi: 'Chức trách của đồng chí không được làm việc này.', en: 'The office you act in may not do this.' },
  DATE_MISSING: {
    vi: 'Thiếu ngày của văn bản hoặc ngày gửi, ngày nhận.',
    en: 'A date is missing: of the paper, its sending or its receipt.',
  },
  DATE_INVALID: { vi: 'Ngày không hợp lệ.', en: 'That is not a date this procedure can use.' },
  DATE_IN_FUTURE: {
    vi: 'Ngày ở tương lai: chỉ ghi việc đã xảy ra.',
    en: 'The date lies in the future; only what has happened is recorded.',
  },
  DATE_ORDER: { vi: 'Thứ tự các ngày không đúng.', en: 'The dates are out of order.' },
  DATE_NOT_YOURS: {
    vi: 'Việc gửi của đơn vị lấy giờ máy chủ nhận; chỉ thư ký đoàn và văn thư được ghi ngày của văn bản.',
    en: "A unit's own submission is dated by its receipt here; only secretary and document office enter paper dates.",
  },
  NOTICE_TOO_SHORT: { vi: 'Thời gian báo trước cho đơn vị không đủ.', en: 'The unit was given too little notice.' },
  PAPER_MISSING: {
    vi: 'Việc của tập thể phải có văn bản: số, ngày, người ký.',
    en: 'An act of a collective needs its paper: number, date, signer.',
  },
  PAPER_SECRET: {
    vi: 'Văn bản có dấu mật không được đưa vào hệ thống; không lưu lại nội dung nào.',
    en: 'A paper marked secret stays out of this system; nothing of it was kept.',
  },
  EXTENSION_NOT_POSSIBLE: { vi: 'Bước này không được gia hạn.', en: 'This step cannot be extended.' },
  EXTENSION_USED: { vi: 'Đã gia hạn đủ số lần cho phép.', en: 'The extension has been used already.' },
  EXTENSION_PENDING: {
    vi: 'Đang có một đề nghị gia hạn chờ quyết định.',
    en: 'A request for an extension is waiting for its decision.',
  },
  EXTENSION_TOO_LONG: { vi: 'Thời gian gia hạn vượt mức cho phép.', en: 'The extension is longer than allowed.' },
  EXTENSION_UNKNOWN: { vi: 'Không có đề nghị gia hạn này.', en: 'There is no such request for an extension.' },
  ALREADY_SUSPENDED: { vi: 'Hồ sơ đang tạm dừng.', en: 'The case is suspended already.' },
  NOT_SUSPENDED: { vi: 'Hồ sơ không tạm dừng.', en: 'The case is not suspended.' },
  ID_TAKEN: { vi: 'Mã này đã được dùng.', en: 'This id is taken.' },
  FINDING_UNKNOWN: { vi: 'Không có nội dung kết luận này.', en: 'There is no such finding.' },
  MEASURE_UNKNOWN: { vi: 'Không có việc khắc phục này.', en: 'There is no such measure.' },
  ENTRY_UNKNOWN: { vi: 'Không có mục ghi này.', en: 'There is no such entry.' },
  ENTRY_DERIVED: {
    vi: 'Mục này do hệ thống tự ghi; hãy đính chính hoặc nêu ý kiến về việc đã ghi làm căn cứ cho nó.',
    en: 'This entry was recorded by the system itself; correct or contest the act on record that it rests on.',
  },
  ENTRY_NOT_CORRECTABLE: { vi: 'Mục ghi này không đính chính được.', en: 'This entry cannot be corrected.' },
  ENTRY_ALREADY_CORRECTED: {
    vi: 'Mục ghi này đã được đính chính; hãy đính chính mục mới nhất.',
    en: 'This entry was corrected already; correct the latest one.',
  },
  CORRECTION_BREAKS_LATER: {
    vi: 'Đính chính này làm mất căn cứ của mục ghi sau.',
    en: 'The correction would leave a later entry without ground.',
  },
  SAME_PERSON: {
    vi: 'Người soạn, người duyệt và người ban hành một văn bản phải là những người khác nhau. Nếu cơ quan không đủ người, hãy nhập văn bản đã ký và ghi ký thay mặt ai (T/M, K/T, T/L).',
    en: 'Author, approver and issuer of a paper are different people. Where a body has too few, enter the signed paper and on whose behalf it is signed (T/M, K/T, T/L).',
  },
  SECOND_PERSON_MISSING: {
    vi: 'Cần một người khác có thẩm quyền xác nhận. Nếu cơ quan không đủ người, hãy nhập văn bản đã ký và ghi ký thay mặt ai (T/M, K/T, T/L).',
    en: 'Somebody else who may do so has to confirm. Where a body has too few, enter the signed paper and on whose behalf it is signed (T/M, K/T, T/L).',
  },
  PROPOSAL_STALE: {
    vi: 'Đề nghị đính chính này đã giải quyết xong, hoặc hồ sơ đã thay đổi từ đó; hãy xem lại và đề nghị lại.',
    en: 'This proposal has been settled, or what it moves has changed since; look again and propose it anew.',
  },
  NOT_LATE: {
    vi: 'Bước này không chậm, không có gì để giải trình.',
    en: 'This step is not late; there is nothing to explain.',
  },
  NOT_CONTESTED: { vi: 'Mục này không có ý kiến khác.', en: 'This entry has not been contested.' },
  NOTHING_TO_ANSWER: { vi: 'Không có gì phải trả lời.', en: 'There is nothing to answer.' },
  NOTHING_TO_RECALL: { vi: 'Không có văn bản đã giao để thu hồi.', en: 'There is no delivery to recall.' },
  TRANSFER_UNKNOWN: { vi: 'Không có việc chuyển giao này.', en: 'There is no such transfer.' },
  UNIT_NOT_STANDING: {
    vi: 'Hồ sơ có nhiều đơn vị hoặc không có đơn vị này; hãy nêu rõ việc của đơn vị nào được chuyển (from).',
    en: 'Several units stand in the case, or this one does not; say whose duties pass (from).',
  },
  NOT_A_SUCCESSOR: {
    vi: 'Đơn vị này không phải là đơn vị nhận của lần chuyển giao này.',
    en: 'This unit is not a receiver of this transfer.',
  },
  NOTHING_TO_TAKE_OVER: {
    vi: 'Đơn vị nhận này không được giao việc nào; hãy giao việc hoặc bỏ tên.',
    en: 'This receiver is given nothing to take over; give it a duty or leave it out.',
  },
  DUTY_UNKNOWN: {
    vi: 'Đơn vị này không có việc đang mở nào như vậy: {duty}.',
    en: 'This unit has no such open duty: {duty}.',
  },
  DUTY_TWICE: { vi: 'Một việc được nêu hai lần: {duty}.', en: 'A duty is named twice: {duty}.' },
  DUTY_NOT_NAMED: {
    vi: 'Chưa nêu đơn vị nào nhận việc này, hoặc kết thúc nó: {duty}.',
    en: 'It is not said who owes this duty from now on, or that it is closed: {duty}.',
  },
  DUTY_SHARED: {
    vi: 'Nhiều đơn vị cùng nhận một việc thì phải nêu rõ (jointly): {duty}.',
    en: 'A duty that several units share has to be said to be shared (jointly): {duty}.',
  },
  REASON_MISSING: { vi: 'Kết thúc một việc phải nêu lý do.', en: 'A duty is closed with a reason.' },
  NOTHING_LEFT: {
    vi: 'Sau đó hồ sơ không còn việc gì; hãy kết thúc cả hồ sơ (closeWithoutConclusion).',
    en: 'Nothing would be left to do in the case; end the case as a whole (closeWithoutConclusion).',
  },
  INSPECTION_NOT_FOUNDED: {
    vi: 'Chưa có kết quả "dấu hiệu vi phạm" để làm căn cứ kiểm tra.',
    en: 'No outcome "signs of violation" founds an inspection.',
  },
  INSPECTION_UNKNOWN: { vi: 'Chưa ghi nhận quyết định kiểm tra.', en: 'No inspection decision has been recorded.' },
  CASE_ENDED: { vi: 'Hồ sơ đã kết thúc.', en: 'The case has ended.' },
  CASES_OPEN: { vi: 'Còn {open} hồ sơ chưa kết thúc.', en: '{open} cases are still open.' },
  CAMPAIGN_NOT_READY: { vi: 'Cuộc giám sát chưa đến bước này.', en: 'The campaign is not ready for this.' },
  LAUNCH_IN_PROGRESS: {
    vi: 'Đang triển khai một đợt, hãy đợi triển khai xong.',
    en: 'A wave is being launched; wait until it stands.',
  },
  WAVE_UNKNOWN: { vi: 'Không có đợt này.', en: 'There is no such wave.' },
  WAVE_TOLD: {
    vi: 'Đã có đơn vị được thông báo, không thể rút cả đợt.',
    en: 'Somebody has been told already; the wave cannot be withdrawn.',
  },
  WAVE_BEGUN: {
    vi: '{cases} hồ sơ của đợt này đã có việc được thực hiện, không thể rút cả đợt; hãy rút từng đối tượng (withdrawSubject), có lý do.',
    en: 'Work has begun in {cases} cases of this wave; it cannot be withdrawn as a whole. Withdraw its subjects one by one (withdrawSubject), each with a reason.',
  },
  SUBJECT_UNKNOWN: { vi: 'Không có đối tượng giám sát này.', en: 'There is no such subject.' },
  SCOPE: { vi: 'Lệnh này không dùng cho loại hồ sơ này.', en: 'This command does not belong to this kind of stream.' },
  SEQ_MOVED: {
    vi: 'Hồ sơ đã thay đổi từ lúc đồng chí mở; hãy xem lại.',
    en: 'The case has moved on since you looked; look again.',
  },
  NOTHING_DUE: { vi: 'Chưa đến lúc nào phải làm gì.', en: 'Nothing is due.' },
  NOTICE_UNANSWERED: {
    vi: 'Thông báo đã vào sổ có chỗ không khớp với hồ sơ ({codes}); phải có người trả lời (mục {entry}) trước khi ban hành.',
    en: 'The recorded notice does not fit the case ({codes}); somebody must answer it (entry {entry}) before it is issued.',
  },
  NOTICE_UNKNOWN: { vi: 'Không có lần nhắc này.', en: 'There is no such notice.' },
  PAYLOAD_UNREADABLE: {
    vi: 'Có nội dung không mở được bằng các khóa đang có.',
    en: 'Something here does not open with the keys there are.',
  },
  GRANT_TAKEN: {
    vi: 'Chức trách làm căn cứ vừa bị thu hồi.',
    en: 'The office this rested on has just been taken away.',
  },
  KEY_REUSED: { vi: 'Khóa này đã dùng cho một yêu cầu khác.', en: 'This key was used for another request.' },
  INVALID: { vi: 'Yêu cầu có chỗ chưa đúng.', en: 'The request has mistakes.' },
  NOT_JSON: { vi: 'Nội dung phải là JSON.', en: 'The body has to be JSON.' },
  TOO_LARGE: { vi: 'Nội dung quá lớn.', en: 'The body is too large.' },
  UNAUTHENTICATED: { vi: 'Cần đăng nhập.', en: 'Please sign in.' },
  LOGIN_FAILED: { vi: 'Tên đăng nhập hoặc mật khẩu không đúng.', en: 'Login or password is wrong.' },
  THROTTLED: { vi: 'Quá nhiều lần thử; đợi {seconds} giây.', en: 'Too many attempts; wait {seconds} seconds.' },
  CODE_NEEDED: {
    vi: 'Cần thêm mã 6 số của ứng dụng xác thực, hoặc một mã dự phòng.',
    en: 'The six digits of your authenticator, or a recovery code, are needed too.',
  },
  BUSY: {
    vi: 'Đang có quá nhiều người đăng nhập; thử lại sau {seconds} giây.',
    en: 'Too many people are signing in; try again in {seconds} seconds.',
  },
  TOO_MANY: {
    vi: 'Phiên này gửi quá nhiều yêu cầu; đợi {seconds} giây.',
    en: 'This session sends too many requests; wait {seconds} seconds.',
  },
  CSRF_MISSING: {
    vi: 'Thiếu tiêu đề X-CSRF-Token của phiên này.',
    en: 'The header X-CSRF-Token of this session is missing.',
  },
  PASSWORD_CHANGE_NEEDED: {
    vi: 'Mật khẩu này chỉ dùng một lần: hãy đổi mật khẩu trước.',
    en: 'This password was for one use: change it first.',
  },
  PROOF_NEEDED: {
    vi: 'Việc này cần nhập lại mật khẩu (có giá trị trong năm phút).',
    en: 'This asks for your password again (good for five minutes).',
  },
  PROOF_WRONG: { vi: 'Mật khẩu hoặc mã không đúng.', en: 'Password or code is wrong.' },
  SECOND_FACTOR_NEEDED: {
    vi: 'Người ký văn bản phải bật xác thực hai lớp trước.',
    en: 'Whoever signs papers has to set up a second factor first.',
  },
  SECOND_FACTOR_OFF: {
    vi: 'Nơi này chưa bật xác thực hai lớp (thiếu GIAMSAT_ACCOUNT_KEY).',
    en: 'The second factor is not set up here (no GIAMSAT_ACCOUNT_KEY).',
  },
  LOGIN_TAKEN: {
    vi: 'Tên đăng nhập này, hoặc người này, đã có tài khoản.',
    en: 'This login is taken, or this person has an account.',
  },
  FOREIGN_ORIGIN: { vi: 'Yêu cầu đến từ trang khác.', en: 'The request comes from another site.' },
  NOT_FOUND: { vi: 'Không tìm thấy.', en: 'Not found.' },
  KEY_MISSING: {
    vi: 'Thiếu tiêu đề Idempotency-Key (một UUID).',
    en: 'The header Idempotency-Key (a UUID) is missing.',
  },
  BEFORE_BEGINNING: {
    vi: 'Lúc đó chưa có gì được ghi: sổ bắt đầu từ {from}. Hãy cho thời điểm đó hoặc sau đó, hoặc số mục từ 1.',
    en: 'Nothing was recorded then: it began on {from}. Give that day or a later one, or the number of an entry from 1.',
  },
  VERSION_MOVED: {
    vi: 'Bản thảo đã được người khác sửa (phiên bản {version}).',
    en: 'Somebody else has changed the draft (version {version}).',
  },
  DRAFT_NOT_EDITABLE: {
    vi: 'Kế hoạch đã ban hành, không sửa bản thảo được nữa.',
    en: 'The plan has been issued; its draft is closed.',
  },
  GATE_CLOSED: {
    vi: 'Chưa đủ điều kiện triển khai; chưa có gì được bắt đầu.',
    en: 'The launch gate is closed; nothing was started.',
  },
  REGISTER_REFUSED: {
    vi: 'Sổ tổ chức không cho phép việc này; chưa có gì được ghi.',
    en: 'The register does not allow this; nothing was written.',
  },
  CAPACITY_UNCLEAR: {
    vi: 'Đồng chí giữ nhiều chức trách ({offices}); hãy chọn một.',
    en: 'You hold several offices ({offices}); say which one you act in.',
  },
  NOTICE_UNREADABLE: {
    vi: 'Không đọc được thông báo kết luận nào trong văn bản này ({why}).',
    en: 'No notice of conclusion could be read from this text ({why}).',
  },
  UNAVAILABLE: {
    vi: 'Một phần của hệ thống chưa sẵn sàng; hãy thử lại sau ít phút.',
    en: 'Part of the system is away; try again shortly.',
  },
  INTERNAL: { vi: 'Lỗi của hệ thống. Mã yêu cầu: {requestId}.', en: 'A fault of ours. Request id: {requestId}.' },
};

/** The sentence for a code, its parameters filled in. */
export const say = (code: ProblemCode, params: Record<string, unknown> = {}): Words =>
  fill(PROBLEM_WORDS[code], params);

/** A parameter that is not known stays visible. */
export function fill({ vi, en }: Words, params: Record<string, unknown>): Words {
  const put = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  return { vi: put(vi), en: put(en) };
}
