/** What the command's exit code says, for scripts. The one list; `giamsat --help` prints it. */
export const EXIT = {
  ok: { code: 0, vi: 'được', en: 'done' },
  refused: { code: 1, vi: 'bị từ chối, hoặc câu trả lời là không', en: 'refused, or the answer is no' },
  usage: { code: 2, vi: 'lệnh hoặc tệp chưa đúng', en: 'wrong usage or input' },
  notFound: { code: 3, vi: 'không có, hoặc không phải của bạn', en: 'not found, or not yours' },
  unreachable: {
    code: 4,
    vi: 'không gọi được máy chủ, hoặc chưa đăng nhập',
    en: 'server not reachable, or not signed in',
  },
  divergence: { code: 5, vi: 'hồ sơ lưu không khớp nhau', en: 'records disagree' },
} as const;
export type Exit = keyof typeof EXIT;

/** Ends a command with one sentence in both languages and, where it helps, lines below it. */
export class Stop extends Error {
  constructor(
    readonly exit: Exit,
    readonly say: { vi: string; en: string },
    readonly lines: string[] = [],
    readonly json: object | undefined = undefined,
  ) {
    super(say.en);
  }
}
