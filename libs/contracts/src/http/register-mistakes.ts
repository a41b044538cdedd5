import type { Mistake } from './problem.js';
import { fill, type Words } from './words.js';

/** What the register of units, people and offices does not allow, and what would be right. One list for doors and import. */
export const REGISTER_WORDS = {
  UNIT_UNKNOWN: {
    vi: 'Không có đơn vị nào mang mã {unit}, hoặc có hơn một; xem: giamsat org tree.',
    en: 'No unit has the code {unit}, or more than one does; see: giamsat org tree.',
  },
  UNIT_NOT_YOURS: {
    vi: 'Đồng chí không giữ chức trách quản lý đơn vị này; nơi quản lý là chính đơn vị đó hoặc cấp trên của nó.',
    en: 'You hold no office that keeps this unit; that is for the unit itself or a body above it.',
  },
  UNIT_NOT_YET: { vi: 'Đơn vị này đến {from} mới có.', en: 'This unit exists only from {from}.' },
  UNIT_ENDED: {
    vi: 'Đơn vị này kết thúc từ {on}; hãy dùng đơn vị kế thừa.',
    en: 'This unit ends on {on}; use its successor.',
  },
  SYMBOL_TAKEN: {
    vi: 'Mã {symbol} đã có đơn vị dùng; hãy chọn mã khác.',
    en: 'The code {symbol} is taken; choose another.',
  },
  CYCLE: {
    vi: 'Đơn vị cấp trên này đang nằm dưới chính đơn vị đó (từ {from}).',
    en: 'This parent lies under the unit itself (from {from}).',
  },
  SAME_PARENT: { vi: 'Đơn vị đã ở dưới cấp trên này.', en: 'The unit is under this parent already.' },
  SAME_NAME: { vi: 'Đơn vị đã mang tên này.', en: 'The unit has this name already.' },
  BEFORE_LAST_ACT: {
    vi: 'Đơn vị đã có thay đổi hiệu lực {last}; ngày hiệu lực mới phải sau ngày đó.',
    en: 'The unit has a change effective {last}; a new one must take effect after that day.',
  },
  HAS_CHILDREN: {
    vi: 'Còn {count} đơn vị ở dưới vào ngày này; hãy chuyển hoặc kết thúc chúng trước.',
    en: '{count} units are still below it on that day; move or end them first.',
  },
  INTO_ITSELF: { vi: 'Một đơn vị không kế thừa chính nó.', en: 'A unit is not its own successor.' },
  UNIT_TWICE: { vi: 'Đơn vị này ghi hai lần.', en: 'This unit stands there twice.' },
  INSTRUMENT_IN_FUTURE: { vi: 'Ngày của văn bản ở tương lai.', en: 'The date of the instrument lies in the future.' },
  PERSON_UNKNOWN: {
    vi: 'Không có ai mang tên đăng nhập hoặc mã {person}.',
    en: 'Nobody has the login, code or id {person}.',
  },
  PERSON_NOT_YOURS: {
    vi: 'Người này giữ chức trách ở đơn vị khác; nơi đó hoặc cấp trên mới được sửa.',
    en: 'This person holds offices in other units; those or a body above may change the entry.',
  },
  CODE_TAKEN: { vi: 'Mã {code} đã thuộc về người khác.', en: 'The code {code} belongs to somebody else.' },
  OFFICE_UNKNOWN: { vi: 'Không có chức trách này; hiện có: {known}.', en: 'No such office; there are: {known}.' },
  OFFICE_TWICE: {
    vi: 'Người này đã giữ chức trách này ở đây từ {from}; hai thời gian không được chồng nhau.',
    en: 'This person holds this office here already from {from}; the two periods may not overlap.',
  },
  OFFICE_ORDER: { vi: 'Ngày thôi phải sau ngày bắt đầu.', en: 'The end must lie after the beginning.' },
  OFFICE_ENDED: { vi: 'Chức trách này đã thôi hoặc đã bị thu hồi.', en: 'This office has ended or was revoked.' },
  GRANT_UNKNOWN: { vi: 'Không có lần giao chức trách này.', en: 'There is no such grant.' },
  NOT_TO_ONESELF: {
    vi: 'Không ai tự giao chức trách cho mình; hãy nhờ người khác có quyền.',
    en: 'Nobody grants an office to himself; ask somebody else who may.',
  },
  ACTING_NEEDS_END: { vi: 'Giữ thay phải có ngày kết thúc.', en: 'Acting for somebody needs a day on which it ends.' },
  ACTING_FOR_ONESELF: { vi: 'Không ai giữ thay chính mình.', en: 'Nobody acts for himself.' },
  ACTING_FOR_NOBODY: {
    vi: 'Người được thay không giữ chức trách này ở đây trong thời gian đó.',
    en: 'Whoever is acted for does not hold this office here at that time.',
  },
  RECUSAL_TWICE: {
    vi: 'Việc rút này đã có trong sổ từ {from}, cùng lý do.',
    en: 'This recusal is on record already from {from}, for the same reason.',
  },
  RECUSAL_UNKNOWN: { vi: 'Không có việc rút này.', en: 'There is no such recusal.' },
  FILE_UNREADABLE: {
    vi: 'Không đọc được tệp này; cần XLSX (không mật khẩu) hoặc CSV mã UTF-8.',
    en: 'This file cannot be read; it has to be XLSX (without a password) or CSV in UTF-8.',
  },
  FILE_TOO_LARGE: {
    vi: 'Tệp quá lớn; nhiều nhất {most} MB khi giải nén.',
    en: 'The file is too large; at most {most} MB unpacked.',
  },
  TOO_MANY_ROWS: {
    vi: 'Quá nhiều dòng; nhiều nhất {most} dòng một tệp.',
    en: 'Too many rows; at most {most} in a file.',
  },
  SHEET_UNKNOWN: {
    vi: 'Bảng này không có dòng tiêu đề của đơn vị ({units}) hay của người ({people}).',
    en: 'This sheet has neither the headings of units ({units}) nor those of people ({people}).',
  },
  COLUMN_UNKNOWN: { vi: 'Không có cột này; các cột là: {known}.', en: 'No such column; the columns are: {known}.' },
  COLUMN_TWICE: { vi: 'Cột này ghi hai lần.', en: 'This column stands there twice.' },
  CELL_EMPTY: { vi: 'Ô này không được trống.', en: 'This cell may not be empty.' },
  CELL_DATE: {
    vi: 'Ngày chưa đúng; viết 01/07/2025 hoặc 2025-07-01.',
    en: 'Not a date; write 01/07/2025 or 2025-07-01.',
  },
  CELL_CODE: {
    vi: 'Mã chỉ gồm chữ, số, dấu chấm, gạch, không dấu cách, nhiều nhất 64 ký tự.',
    en: 'A code has letters, digits, dots and dashes, no spaces, at most 64 characters.',
  },
  CELL_EMAIL: { vi: 'Địa chỉ thư điện tử chưa đúng.', en: 'Not an e-mail address.' },
  CELL_NUMBER: {
    vi: 'Số, ký hiệu văn bản chưa đúng, ví dụ 12-QĐ/TU.',
    en: 'Not the number of a paper, such as 12-QĐ/TU.',
  },
  CELL_TOO_LONG: { vi: 'Ô này dài quá {most} ký tự.', en: 'This cell is longer than {most} characters.' },
  ROW_TWICE: {
    vi: 'Mục này đã có ở {first} với nội dung khác.',
    en: 'This entry stands at {first} already, with other content.',
  },
  CONFLICT: {
    vi: 'Trong sổ đã có và khác ở: {fields}. Chọn skip hay update: cho tất cả (--on-conflict) hoặc riêng ô này (--choose).',
    en: 'It is in the register already and differs in: {fields}. Choose skip or update: for all (--on-conflict) or for this cell (--choose).',
  },
  NO_CONFLICT: {
    vi: 'Ô này không có gì khác với sổ để chọn; xem lại bằng --preview.',
    en: 'Nothing differs from the register in this cell; look again with --preview.',
  },
  KIND_UNKNOWN: {
    vi: 'Không có loại đơn vị này; hiện có: {known}.',
    en: 'No such kind of unit; there are: {known}.',
  },
  KIND_FIXED: {
    vi: 'Loại của đơn vị không đổi được; hãy kết thúc đơn vị cũ và lập đơn vị mới.',
    en: 'The kind of a unit cannot change; end the old unit and add a new one.',
  },
} as const satisfies Record<string, Words>;
export type RegisterCode = keyof typeof REGISTER_WORDS;

export function registerMistake(
  path: string,
  code: RegisterCode,
  params: NonNullable<Mistake['params']> = {},
): Mistake {
  return { path, code, message: fill(REGISTER_WORDS[code], params), params };
}

/** What a unit is. Nothing is decided by it: it tells units of like names apart. */
export const UNIT_KINDS = {
  central: { vi: 'Trung ương', en: 'central body' },
  province: { vi: 'tỉnh, thành phố', en: 'province' },
  district: { vi: 'huyện', en: 'district' },
  commune: { vi: 'xã, phường, đặc khu', en: 'commune' },
  base: { vi: 'tổ chức cơ sở', en: 'base organisation' },
  cell: { vi: 'chi bộ', en: 'cell' },
  agency: { vi: 'cơ quan', en: 'agency' },
  firm: { vi: 'doanh nghiệp', en: 'firm' },
} as const satisfies Record<string, Words>;
export type UnitKind = keyof typeof UNIT_KINDS;

/** Why somebody may not sit in a team. A code, so that no sentence about a person is ever kept. */
export const RECUSAL_REASONS = {
  kin: { vi: 'quan hệ gia đình', en: 'family ties' },
  'former-post': { vi: 'từng giữ chức trách ở đơn vị', en: 'held an office in the unit' },
  interest: { vi: 'có lợi ích liên quan', en: 'an interest in the matter' },
  'under-review': { vi: 'đang được xem xét', en: 'is under review' },
  'own-request': { vi: 'tự đề nghị', en: 'asked for it' },
} as const satisfies Record<string, Words>;
export type RecusalReason = keyof typeof RECUSAL_REASONS;
