import { z } from 'zod';
import { fill, type Words } from './words.js';

/** What an act may do although somebody should think twice: said before it in a preview, and after it in the answer. */
export const WARNING_WORDS = {
  MEASURES_OPEN: {
    vi: 'Hồ sơ kết thúc khi còn {open} việc khắc phục chưa xong.',
    en: 'The case ends while {open} of its measures are not done.',
  },
  MEMBER_SEATED: {
    vi: 'Số hồ sơ đang mở mà người này ở trong đoàn và phải rút: {cases}. Hãy đổi đoàn hoặc cho thôi chức trách; bảng theo dõi và hồ sơ có ghi.',
    en: 'Open cases in whose team this person sits and may not: {cases}. Change the team or end the office; board and case say which.',
  },
} as const satisfies Record<string, Words>;
export type WarningCode = keyof typeof WARNING_WORDS;

export const warning = z.object({
  code: z.string(),
  message: z.object({ vi: z.string(), en: z.string() }),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Warning = z.infer<typeof warning>;

export const warningOf = (code: WarningCode, params: Warning['params']): Warning => ({
  code,
  message: fill(WARNING_WORDS[code], params),
  params,
});
