/**
 * Set phrases of these papers. A place that differs from one by marks only, or (four syllables and more) by one letter
 * of one syllable, is probably a slip. Single words are left to the rules of the script.
 */
export const SET_PHRASES: readonly string[] = [
  'thông báo kết luận',
  'ưu điểm',
  'khuyết điểm',
  'hạn chế',
  'nguyên nhân',
  'phương hướng',
  'ban thường vụ',
  'ban chấp hành',
  'ủy ban kiểm tra',
  'thường trực tỉnh ủy',
  'cán bộ, đảng viên',
  'đảng viên',
  'tổ chức đảng',
  'cấp ủy viên',
  'đoàn giám sát',
  'đoàn kiểm tra',
  'giám sát chuyên đề',
  'kế hoạch khắc phục',
  'đợt sinh hoạt chính trị',
  'sinh hoạt chi bộ',
  'học tập và làm theo',
  'nêu gương',
  'người đứng đầu',
  'chức trách, nhiệm vụ',
  'kiểm tra, giám sát',
  'lãnh đạo, chỉ đạo',
  'triển khai thực hiện',
  'quán triệt',
  'xây dựng, chỉnh đốn đảng',
  'cải cách hành chính',
  'mặt trận tổ quốc',
  'nơi nhận',
];

/** Words often written with the other of two tones or letters; the wrong form means nothing. */
export const SLIPS: Readonly<Record<string, string>> = {
  'nỗi lên': 'nổi lên',
  'nỗi bật': 'nổi bật',
  'kỹ luật': 'kỷ luật',
  'kỹ cương': 'kỷ cương',
  'bổ xung': 'bổ sung',
  'xữ lý': 'xử lý',
  'sữa đổi': 'sửa đổi',
  'sữa chữa': 'sửa chữa',
  'cũng cố': 'củng cố',
  'chia sẽ': 'chia sẻ',
  'giử vững': 'giữ vững',
  'nghiêm chỉnh chấp hàng': 'nghiêm chỉnh chấp hành',
  'đẩy mạng': 'đẩy mạnh',
  'hổ trợ': 'hỗ trợ',
  'lảnh đạo': 'lãnh đạo',
  'khắc phụ': 'khắc phục',
  'tham mưa': 'tham mưu',
  'sơ xuất': 'sơ suất',
  'chẩn chỉnh': 'chấn chỉnh',
  'bảo đãm': 'bảo đảm',
  'thẳng thắng': 'thẳng thắn',
};

/** Short names in lists of recipients; those for a committee end in its letters. */
export const SHORT_NAMES: Readonly<Record<'TU' | 'HU' | 'ĐU', readonly string[]>> = {
  TU: ['TTTU', 'TVTU', 'VPTU', 'UVTU'],
  HU: ['TTHU', 'TVHU', 'VPHU', 'UVHU'],
  ĐU: ['TTĐU', 'TVĐU', 'VPĐU', 'UVĐU'],
};
