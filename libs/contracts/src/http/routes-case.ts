import { z } from 'zod';
import { REFUSAL_CODES } from '@giamsat/procedure';
import { COMMIT_CODES } from './codes.js';
import { commandAnswer, commandBody } from './commands.js';
import type { RouteSpec } from './route.js';
import { page, pageById, pageOf } from './values.js';
import { accessLine, alarmLine, duty, history, movement, notice, noticeFinding, streamDetail } from './views.js';

export const byId = z.strictObject({ id: z.uuid() });
/** A seq, a day (its end, in the calendar's zone) or a moment; absent = now. */
export const atQuery = z.strictObject({
  at: z.union([z.coerce.number().int().min(1), z.iso.date(), z.iso.datetime({ precision: 3 })]).optional(),
});

/** Whatever the core, the transaction or the door can answer to a command. */
export const COMMAND_PROBLEMS = [
  ...REFUSAL_CODES,
  ...COMMIT_CODES,
  'CAPACITY_UNCLEAR',
  'NO_ANSWER_YET',
  'PROOF_NEEDED',
  'SECOND_FACTOR_NEEDED',
] as const;

/** false: it was running, nothing was done */
export const restored = z.object({ id: z.string(), restored: z.boolean() });

export const caseRoutes = {
  getCase: {
    method: 'GET',
    path: '/cases/:id',
    access: 'case',
    summary: {
      vi: 'Hồ sơ: các bước, thời hạn và lý do, việc được làm',
      en: 'A case: steps, deadlines and why, what may be done',
    },
    params: byId,
    response: streamDetail,
  },
  getCaseHistory: {
    method: 'GET',
    path: '/cases/:id/history',
    access: 'case',
    summary: { vi: 'Hồ sơ như đã biết vào một thời điểm', en: 'The case as it was known at a moment' },
    params: byId,
    query: atQuery,
    response: history,
    problems: ['BEFORE_BEGINNING'],
  },
  listCaseNotices: {
    method: 'GET',
    path: '/cases/:id/notices',
    access: 'case',
    summary: { vi: 'Các lần nhắc và kết quả gửi', en: 'Notices of the case and their ends' },
    params: byId,
    query: pageById,
    response: pageOf(notice),
  },
  commandCase: {
    method: 'POST',
    path: '/cases/:id/commands',
    access: 'case',
    summary: { vi: 'Thực hiện một việc trên hồ sơ', en: 'Do something to the case' },
    params: byId,
    body: commandBody,
    response: commandAnswer,
    keyed: true,
    problems: COMMAND_PROBLEMS,
  },
  previewCase: {
    method: 'POST',
    path: '/cases/:id/preview',
    access: 'case',
    summary: { vi: 'Xem trước: thời hạn nào thay đổi', en: 'What a change would move; changes nothing' },
    params: byId,
    body: commandBody,
    response: movement,
    problems: COMMAND_PROBLEMS,
  },
  checkNotice: {
    method: 'POST',
    path: '/cases/:id/notice-check',
    access: 'case',
    summary: {
      vi: 'Đọc một thông báo và so với hồ sơ; không lưu',
      en: 'Read a notice of conclusion and hold it against the case; stores nothing',
    },
    params: byId,
    body: z.strictObject({ text: z.string().min(1).max(400_000) }),
    response: z.object({
      /** something in it must be answered by a person before it is issued */
      blocked: z.boolean(),
      notice: z.looseObject({}),
      findings: z.array(noticeFinding),
    }),
    problems: ['PAPER_SECRET', 'NOTICE_UNREADABLE'],
  },
  restoreCase: {
    method: 'POST',
    path: '/cases/:id/restore',
    access: 'case',
    summary: {
      vi: 'Dựng lại hồ sơ trong Temporal từ sổ cái',
      en: 'Start the workflow of a case again from the ledger, after it was ended or lost in Temporal',
    },
    params: byId,
    response: restored,
    problems: ['NOT_ALLOWED', 'CASE_ENDED', 'FOREIGN_ORIGIN'],
  },
  listCaseAccess: {
    method: 'GET',
    path: '/cases/:id/access',
    access: 'case',
    summary: {
      vi: 'Ai đã xem hồ sơ, ai bị từ chối: mọi người với người kiểm tra hồ sơ, riêng mình với người khác',
      en: 'Who was at the case, read or refused: of everybody to whoever audits it, of oneself to others',
    },
    params: byId,
    query: pageById,
    response: pageOf(accessLine),
  },
  listAlarms: {
    method: 'GET',
    path: '/alarms',
    access: 'person',
    readsCases: true,
    summary: {
      vi: 'Báo động: hồ sơ, cuộc giám sát nào cần người xem, vì sao và phải làm gì',
      en: 'Alarms: cases and campaigns that need a person, of the campaigns I reach as a whole; to administrators all, by id',
    },
    query: pageById.extend({ campaign: z.uuid().optional() }),
    response: pageOf(alarmLine),
  },
  clearAlarm: {
    method: 'POST',
    path: '/alarms/:id/clear',
    access: 'person',
    summary: {
      vi: 'Đã xem một báo động; còn sai thì báo lại',
      en: 'An alarm has been looked at; what is still wrong is raised again',
    },
    params: byId,
    response: alarmLine,
    problems: ['NOT_FOUND', 'NOT_ALLOWED', 'FOREIGN_ORIGIN'],
  },
  listDuties: {
    method: 'GET',
    path: '/duties',
    access: 'person',
    readsCases: true,
    summary: { vi: 'Việc đang chờ một người', en: 'What waits for a person' },
    /** `of` a login or id; of others only where the caller may see the case too · `all`: also what waits for somebody else */
    query: page.extend({ of: z.string().max(64).optional(), all: z.stringbool().default(false) }),
    response: pageOf(duty),
    problems: ['NOT_FOUND'],
  },
} as const satisfies Record<string, RouteSpec>;
