import type { Group } from './letter.js';

export type Language = 'vi' | 'en';

interface Words {
  subject(count: number, first: Group): string;
  greeting(name: string): string;
  heading: Record<Group, string>;
  due: string;
  record: string;
  closing: string;
}

const SUBJECT_VI: Record<Group, string> = {
  correction: 'Đính chính thông báo đã gửi',
  overdue: 'Việc đã quá hạn',
  pastMark: 'Việc quá mốc nội bộ',
  reminder: 'Việc sắp đến hạn',
};
const SUBJECT_EN: Record<Group, string> = {
  correction: 'Correction of a notice',
  overdue: 'Overdue',
  pastMark: 'Past the internal mark',
  reminder: 'Due soon',
};

/** What a letter says. A letter of ours never accuses: it names the work, the day and where to see why. */
export const WORDS: Record<Language, Words> = {
  vi: {
    subject: (count, first) => `[Giám sát] ${SUBJECT_VI[first]}${count > 1 ? ` (${count} việc)` : ''}`,
    greeting: (name) => `Kính gửi đồng chí ${name},`,
    heading: {
      correction: 'Thông báo trước đây về các việc sau không còn căn cứ; xin đồng chí bỏ qua thông báo đó:',
      overdue: 'Các việc sau đã quá hạn:',
      pastMark:
        'Các việc sau đã quá mốc nội bộ (mốc do cơ quan chủ trì giám sát tự đặt, không phải thời hạn quy định):',
      reminder: 'Các việc sau sắp đến hạn:',
    },
    due: 'Hạn:',
    record: 'Mã hồ sơ:',
    closing:
      'Căn cứ tính từng thời hạn được ghi trong hồ sơ. Nếu thông tin chưa đúng, đơn vị có thể nêu ý kiến ngay trong hồ sơ.',
  },
  en: {
    subject: (count, first) => `[giamsat] ${SUBJECT_EN[first]}${count > 1 ? ` (${count})` : ''}`,
    greeting: (name) => `Dear ${name},`,
    heading: {
      correction: 'An earlier notice about the following has lost its reason; please disregard it:',
      overdue: 'The following is overdue:',
      pastMark: 'The following is past an internal mark (set by the office, not by a regulation):',
      reminder: 'The following is due soon:',
    },
    due: 'Due:',
    record: 'Record:',
    closing: 'How each date was counted is on record in the case. If anything is wrong, say so there.',
  },
};
