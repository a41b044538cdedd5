import { z } from 'zod';
import { campaignDocument } from './campaign-document.js';
import { commandAnswer, commandBody } from './commands.js';
import { mistake } from './problem.js';
import { rehearsal, rehearsalBody, rehearsalLine } from './rehearsal.js';
import type { RouteSpec } from './route.js';
import { atQuery, byId, COMMAND_PROBLEMS, restored } from './routes-case.js';
import { page, pageById, pageOf } from './values.js';
import { boardRow, campaignItem, history, movement, streamDetail, summary, unit, waveProgress } from './views.js';

/** Counts the changes of a draft; kept as an integer of 32 bits. */
const version = z.int().min(1).max(2_147_483_647);

/** The draft as it is stored may have mistakes: a coordinator saves what he has. Only its outer shape is asked for here. */
const draft = z.object({
  id: z.string(),
  version: z.int(),
  state: z.enum(['draft', 'issued', 'discarded']),
  revision: z.int(),
  document: z.looseObject({}),
  mistakes: z.array(mistake),
});
const draftBody = z.looseObject({});

export const campaignRoutes = {
  listCampaigns: {
    method: 'GET',
    path: '/campaigns',
    access: 'person',
    summary: { vi: 'Các cuộc giám sát của tôi', en: 'Campaigns I hold an office in' },
    query: pageById,
    response: pageOf(campaignItem),
  },
  createCampaign: {
    method: 'POST',
    path: '/campaigns',
    access: 'planner',
    summary: { vi: 'Tạo bản thảo cuộc giám sát', en: 'Write a new draft' },
    body: z.strictObject({ ownerUnit: z.string().max(64), document: draftBody }),
    response: draft,
    status: 201,
  },
  checkCampaign: {
    method: 'POST',
    path: '/campaigns/check',
    access: 'planner',
    summary: { vi: 'Kiểm tra một kế hoạch, không lưu', en: 'Every mistake of a campaign document; stores nothing' },
    body: z.strictObject({ document: draftBody }),
    response: z.object({ document: campaignDocument.nullable(), mistakes: z.array(mistake) }),
  },
  getDraft: {
    method: 'GET',
    path: '/campaigns/:id/draft',
    access: 'campaign',
    summary: { vi: 'Bản thảo và những chỗ chưa đúng', en: 'The draft and its mistakes' },
    params: byId,
    response: draft,
  },
  saveDraft: {
    method: 'PUT',
    path: '/campaigns/:id/draft',
    access: 'campaign',
    summary: { vi: 'Lưu bản thảo', en: 'Save the draft, if nobody else has since `version`' },
    params: byId,
    body: z.strictObject({ version, document: draftBody }),
    response: draft,
    problems: ['VERSION_MOVED', 'DRAFT_NOT_EDITABLE'],
  },
  discardDraft: {
    method: 'DELETE',
    path: '/campaigns/:id/draft',
    access: 'campaign',
    summary: { vi: 'Bỏ bản thảo', en: 'Discard the draft' },
    params: byId,
    response: z.object({ id: z.string(), state: z.literal('discarded') }),
    problems: ['DRAFT_NOT_EDITABLE', 'FOREIGN_ORIGIN'],
  },
  issuePlan: {
    method: 'POST',
    path: '/campaigns/:id/issue-plan',
    access: 'campaign',
    proof: true,
    summary: { vi: 'Ban hành kế hoạch', en: 'Issue the plan: freeze the draft, open the campaign' },
    params: byId,
    body: z.strictObject({ version }),
    response: z.object({ commandId: z.string(), id: z.string(), revision: z.int(), seq: z.int() }),
    keyed: true,
    problems: ['VERSION_MOVED', 'DRAFT_NOT_EDITABLE', 'NOT_ALLOWED', 'STEP_NOT_OPEN', 'DATE_NOT_YOURS', 'DATE_ORDER'],
  },
  rehearseCampaign: {
    method: 'POST',
    path: '/campaigns/:id/rehearsals',
    access: 'campaign',
    summary: {
      vi: 'Diễn tập kế hoạch đến cùng; chỉ giữ lại bản báo cáo',
      en: 'Play the plan to its end; nothing but the report is kept',
    },
    params: byId,
    body: rehearsalBody,
    response: rehearsal,
    status: 201,
    problems: ['NOT_ALLOWED', 'DRAFT_NOT_EDITABLE'],
  },
  listRehearsals: {
    method: 'GET',
    path: '/campaigns/:id/rehearsals',
    access: 'campaign',
    summary: { vi: 'Các lần diễn tập, còn đúng hay đã cũ', en: 'Rehearsals, newest first, each fresh or stale' },
    params: byId,
    query: pageById,
    response: pageOf(rehearsalLine),
  },
  getRehearsal: {
    method: 'GET',
    path: '/campaigns/:id/rehearsals/:rehearsal',
    access: 'campaign',
    summary: { vi: 'Báo cáo một lần diễn tập', en: 'The report of a rehearsal' },
    params: byId.extend({ rehearsal: z.uuid() }),
    response: rehearsal,
  },
  getGate: {
    method: 'GET',
    path: '/campaigns/:id/gate',
    access: 'campaign',
    summary: { vi: 'Điều kiện triển khai một đợt', en: 'What a wave still lacks before it can be launched' },
    params: byId,
    query: z.strictObject({ wave: z.coerce.number().int().min(1).default(1) }),
    response: z.object({
      wave: z.int(),
      cases: z.int(),
      open: z.boolean(),
      missing: z.array(mistake),
      warnings: z.array(mistake),
    }),
    problems: ['CAMPAIGN_NOT_READY'],
  },
  getCampaign: {
    method: 'GET',
    path: '/campaigns/:id',
    access: 'campaign',
    summary: { vi: 'Cuộc giám sát: tiến độ, việc được làm', en: 'A campaign: progress and what may be done' },
    params: byId,
    response: campaignItem.extend({
      waves: z.array(waveProgress),
      /** cases by status and by stage */
      byStatus: z.record(z.string(), z.int()),
      byStage: z.record(z.string(), z.int()),
      late: z.int(),
      pastMark: z.int(),
      /** the last one */
      rehearsal: rehearsalLine.nullable(),
      /** absent before the plan is issued */
      stream: streamDetail.nullable(),
    }),
  },
  getBoard: {
    method: 'GET',
    path: '/campaigns/:id/board',
    access: 'campaign',
    summary: { vi: 'Bảng theo dõi: ai chậm, ai phải làm', en: 'The board: who is late and who must act' },
    params: byId,
    query: page,
    response: pageOf(boardRow),
  },
  getSummary: {
    method: 'GET',
    path: '/campaigns/:id/summary',
    access: 'campaign',
    summary: { vi: 'Tổng kết cuộc giám sát', en: 'What a campaign came to: steps in time and not, findings, measures' },
    params: byId,
    response: summary,
  },
  getCampaignHistory: {
    method: 'GET',
    path: '/campaigns/:id/history',
    access: 'campaign',
    summary: { vi: 'Cuộc giám sát như đã biết vào một thời điểm', en: 'The campaign as it was known at a moment' },
    params: byId,
    query: atQuery,
    response: history,
    problems: ['BEFORE_BEGINNING'],
  },
  commandCampaign: {
    method: 'POST',
    path: '/campaigns/:id/commands',
    access: 'campaign',
    summary: { vi: 'Thực hiện một việc trên cuộc giám sát', en: 'Do something to the campaign' },
    params: byId,
    body: commandBody,
    response: commandAnswer,
    keyed: true,
    problems: [...COMMAND_PROBLEMS, 'GATE_CLOSED'],
  },
  restoreCampaign: {
    method: 'POST',
    path: '/campaigns/:id/restore',
    access: 'campaign',
    summary: {
      vi: 'Dựng lại cuộc giám sát trong Temporal từ sổ cái',
      en: 'Start the workflow of a campaign again from the ledger, after it was ended or lost in Temporal',
    },
    params: byId,
    response: restored,
    problems: ['NOT_ALLOWED', 'CASE_ENDED', 'CAMPAIGN_NOT_READY', 'FOREIGN_ORIGIN'],
  },
  previewCampaign: {
    method: 'POST',
    path: '/campaigns/:id/preview',
    access: 'campaign',
    summary: { vi: 'Xem trước trên mọi hồ sơ', en: 'What a change would move in every open case; changes nothing' },
    params: byId,
    body: commandBody,
    response: z.object({ campaign: movement, cases: z.array(movement.extend({ caseId: z.string(), unit })) }),
    problems: COMMAND_PROBLEMS,
  },
} as const satisfies Record<string, RouteSpec>;
