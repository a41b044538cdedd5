import type { Finding, FindingCode, NoticeRefusal, NoticeRefusalCode, Span } from './types.js';

export type Language = 'vi' | 'en';
type Words = Readonly<Record<Language, string>>;

/**
 * What to say of each finding. `{found}` is the text behind the first span, `{suggestion}` the suggestions, the rest are
 * `params`; a part in square brackets is left out when one of its words is empty.
 */
export const findingWords: Readonly<Record<FindingCode, Words>> = {
  RECIPIENT_UNIT_MISMATCH: {
    vi: 'Nơi nhận ghi “{found}” nhưng thông báo nói về “{suggestion}”. Phải xác nhận trước khi gửi.',
    en: 'The recipients name “{found}”, but the notice concerns “{suggestion}”. Confirm before anything is delivered.',
  },
  RECIPIENT_UNIT_MISSING: {
    vi: 'Nơi nhận không có đơn vị được giám sát (“{suggestion}”).',
    en: 'The supervised unit (“{suggestion}”) is not among the recipients.',
  },
  RECIPIENT_OTHER_UNIT: {
    vi: 'Nơi nhận còn có đơn vị khác cùng cấp: “{found}”. Gửi để biết hay ghi nhầm?',
    en: 'Another unit of the same rank is a recipient too: “{found}”. A copy, or a slip?',
  },
  UNIT_NAME_CONFLICT: {
    vi: 'Chỗ này nói về “{found}”, trích yếu nói về “{suggestion}”.',
    en: 'This place speaks of “{found}”, the title of “{suggestion}”.',
  },
  UNIT_MISSING: {
    vi: 'Không tìm thấy đơn vị được giám sát trong trích yếu và phần mở đầu.',
    en: 'Neither the title nor the opening says which unit was supervised.',
  },
  TEAM_KIND_MISMATCH: {
    vi: 'Ghi “{found}”, trong khi đây là “{suggestion}”.',
    en: 'It says “{found}”, but the team of this procedure is “{suggestion}”.',
  },
  MISSING_NUMBER: {
    vi: 'Chưa có số, ký hiệu (Số ...-TB/...): giữ ở trạng thái chưa vào số.',
    en: 'No number (Số ...-TB/...): it stays unnumbered.',
  },
  MISSING_DATE_PLACE: { vi: 'Thiếu địa danh, ngày tháng năm ban hành.', en: 'Place and date of issue are missing.' },
  MISSING_HEADING: {
    vi: 'Thiếu tiêu đề “ĐẢNG CỘNG SẢN VIỆT NAM”.',
    en: 'The heading “ĐẢNG CỘNG SẢN VIỆT NAM” is missing.',
  },
  MISSING_ISSUER: { vi: 'Thiếu tên cơ quan ban hành ở đầu văn bản.', en: 'The issuing body is missing at the top.' },
  MISSING_SIGNER: {
    vi: 'Phần ký thiếu thẩm quyền ký, chức vụ hoặc họ tên.',
    en: 'The signature lacks authority, office or name.',
  },
  MISSING_PLAN: { vi: 'Phần mở đầu không dẫn kế hoạch giám sát.', en: 'The opening cites no plan of the supervision.' },
  MISSING_DECISION: {
    vi: 'Phần mở đầu không dẫn quyết định giám sát.',
    en: 'The opening cites no decision of the supervision.',
  },
  NUMBER_KIND_MISMATCH: {
    vi: 'Ký hiệu “{kind}” không phải của thông báo (TB): “{found}”.',
    en: 'The symbol “{kind}” is not that of a notice (TB): “{found}”.',
  },
  FORM_DEVIATION: {
    vi: 'Chưa đúng thể thức văn bản của Đảng: “{found}”.',
    en: 'Not the form of a Party document: “{found}”.',
  },
  EMPTY_SECTION: { vi: 'Không tìm thấy mục {section} nào.', en: 'No {section} found.' },
  MERGED_CAUSES: {
    vi: 'Nguyên nhân viết liền trong đoạn hạn chế, đã tách ra để đọc: xem lại chỗ tách.',
    en: 'A cause is written inside a paragraph of limitations and was read apart: check where.',
  },
  NO_REMEDIATION_DUTY: {
    vi: 'Phương hướng không giao xây dựng kế hoạch khắc phục.',
    en: 'No direction asks for a remediation plan.',
  },
  NO_DUE_DATE: {
    vi: 'Mục {item} giao nhiệm vụ khắc phục nhưng không ghi thời hạn; áp dụng mốc nội bộ và ghi rõ là mốc nội bộ.',
    en: 'Item {item} demands remediation without a date; the default policy applies and is shown as such.',
  },
  DUE_INCOMPLETE: {
    vi: 'Mục {item}: thời hạn “{found}” không đủ ngày, tháng, năm hoặc không có trong lịch; không tự suy ra.',
    en: 'Item {item}: the due “{found}” lacks a part or is no day of the calendar; none is derived.',
  },
  YEAR_MISMATCH: {
    vi: 'Trích yếu ghi năm {title}, chương trình ghi năm {programme}.',
    en: 'The title says {title}, the programme {programme}.',
  },
  SPELLING: {
    vi: 'Có thể sai chính tả: “{found}”[ → “{suggestion}”].',
    en: 'Possible slip of spelling: “{found}”[ → “{suggestion}”].',
  },
  REF_WITHOUT_DATE: {
    vi: 'Dẫn {symbol} mà không ghi ngày; không tự thêm ngày.',
    en: '{symbol} is cited without a date; none is invented.',
  },
  REF_DATE_CONFLICT: {
    vi: '{symbol} được dẫn với nhiều ngày khác nhau: hai văn bản, hay ghi nhầm?',
    en: '{symbol} is cited with different dates: two documents, or a slip?',
  },
  REF_KIND_MISMATCH: {
    vi: 'Ký hiệu của {symbol} không khớp tên loại văn bản đứng trước[ (phải là “{suggestion}”)].',
    en: 'The symbol of {symbol} does not fit the kind named before it[ (should be “{suggestion}”)].',
  },
  BAD_DATE: { vi: '{symbol}: ngày “{found}” không có trong lịch.', en: '{symbol}: the calendar has no day “{found}”.' },
  MIXED_SYMBOL: {
    vi: 'Quy định được ghi bằng nhiều ký hiệu: {codes}.',
    en: 'Quy định are written with different symbols: {codes}.',
  },
  LAYOUT_NOISE: {
    vi: 'Vết trình bày ({noise}, {count} chỗ) đã được bỏ qua khi đọc; bản gốc giữ nguyên.',
    en: 'Marks of layout ({noise}, {count} places) were passed over in reading; the original is kept as it is.',
  },
  PLAN_MISMATCH: {
    vi: 'Kế hoạch trong thông báo[ ({found})][ ngày {foundDate}] khác với hồ sơ: {expected}[ ngày {expectedDate}].',
    en: 'The plan in the notice[ ({found})][ of {foundDate}] is not that of the case: {expected}[ of {expectedDate}].',
  },
  DECISION_MISMATCH: {
    vi: 'Quyết định trong thông báo[ ({found})][ ngày {foundDate}] khác với hồ sơ: {expected}[ ngày {expectedDate}].',
    en: 'The decision in the notice[ ({found})][ of {foundDate}] is not that of the case: {expected}[ of {expectedDate}].',
  },
  UNIT_MISMATCH: {
    vi: 'Đơn vị trong thông báo[ (“{found}”)] khác với hồ sơ: “{suggestion}”.',
    en: 'The unit in the notice[ (“{found}”)] is not that of the case: “{suggestion}”.',
  },
  SIGNER_MISMATCH: {
    vi: 'Người ký hoặc chức vụ[ (“{found}”)] khác với hồ sơ: “{suggestion}”.',
    en: 'The signer or the office[ (“{found}”)] is not that of the case: “{suggestion}”.',
  },
};

export const refusalWords: Readonly<Record<NoticeRefusalCode, Words>> = {
  SECRET_MARKED: {
    vi: 'Văn bản có dấu độ mật: hệ thống không nhận và không giữ gì của văn bản. Hãy ghi nhận là “giữ ngoài hệ thống”.',
    en: 'The document bears a mark of state secrecy: it is refused and nothing of it is kept. Record it as “kept outside”.',
  },
  NOT_A_NOTICE: {
    vi: 'Đây không phải thông báo kết luận giám sát. Không thấy: {missing}.',
    en: 'This is no notice of conclusion. Not found: {missing}.',
  },
  EMPTY_FILE: { vi: 'Tệp không có chữ nào.', en: 'The file has no text in it.' },
  UNREADABLE_FILE: {
    vi: 'Không đọc được tệp: tệp hỏng, có mật khẩu, hoặc không phải văn bản UTF-8/UTF-16. Hãy lưu lại dạng .docx hoặc .txt (UTF-8).',
    en: 'The file cannot be read: damaged, locked, or no UTF-8/UTF-16 text. Save it again as .docx or .txt (UTF-8).',
  },
  UNSUPPORTED_FORMAT: { vi: 'Chỉ đọc được tệp .txt, .md và .docx.', en: 'Only .txt, .md and .docx files are read.' },
  TOO_LARGE: { vi: 'Tệp quá lớn so với một thông báo.', en: 'The file is too large for a notice.' },
};

const missingWords: Readonly<Record<NoticeRefusal['refused']['missing'][number], Words>> = {
  kind: { vi: 'dòng “THÔNG BÁO”', en: 'the line “THÔNG BÁO”' },
  conclusion: { vi: 'chữ “kết luận giám sát” (hoặc kiểm tra)', en: 'the words “kết luận giám sát” (or kiểm tra)' },
  sections: { vi: 'các phần ưu điểm, hạn chế, phương hướng', en: 'sections of strengths, limitations, directions' },
};

/** Values of `params` that are codes, in words. */
const paramWords: Readonly<Record<string, Words>> = {
  strengths: { vi: 'ưu điểm', en: 'strengths' },
  limitations: { vi: 'hạn chế', en: 'limitations' },
  causes: { vi: 'nguyên nhân', en: 'causes' },
  directions: { vi: 'phương hướng', en: 'directions' },
  markdown: { vi: 'dấu markdown', en: 'markdown' },
  'page-break': { vi: 'câu bị ngắt trang', en: 'a sentence split over a page' },
  'page-number': { vi: 'số trang', en: 'page numbers' },
  'stray-bracket': { vi: 'dấu ngoặc thừa', en: 'stray brackets' },
};

const OR: Words = { vi: '” hay “', en: '” or “' };

/** A finding as a sentence. `text` is the reading's `source.text`; without it the places are not quoted. */
export function sayFinding(finding: Finding, language: Language, text?: string): string {
  const [first] = finding.spans;
  const found = first && text !== undefined ? quote(text, first) : '';
  const said = Object.entries(finding.params).map(([name, value]) => [
    name,
    paramWords[value]?.[language] ?? String(value),
  ]);
  const values = { found, suggestion: finding.suggestions.join(OR[language]), ...Object.fromEntries(said) };
  return fill(findingWords[finding.code][language], values);
}

export function sayRefusal({ refused }: NoticeRefusal, language: Language): string {
  const missing = refused.missing.map((part) => missingWords[part][language]).join(', ');
  return fill(refusalWords[refused.code][language], { missing });
}

const LONGEST_QUOTE = 120;

function quote(text: string, { start, end }: Span): string {
  const whole = text.slice(start, end).replace(/\s+/g, ' ');
  return whole.length <= LONGEST_QUOTE ? whole : `${whole.slice(0, LONGEST_QUOTE)}…`;
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  const put = (part: string): string => part.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const isEmpty = (part: string): boolean => [...part.matchAll(/\{(\w+)\}/g)].some(([, name = '']) => !values[name]);
  return put(template.replace(/\[([^\]]*)\]/g, (_, part: string) => (isEmpty(part) ? '' : part)));
}
