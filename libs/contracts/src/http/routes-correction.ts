import { z } from 'zod';
import { commandAnswer, correctionBody } from './commands.js';
import type { RouteSpec } from './route.js';
import { byId, COMMAND_PROBLEMS } from './routes-case.js';
import { office, pageOf } from './values.js';
import { caseUnit, correction } from './views.js';

const byProposal = z.strictObject({ id: z.uuid(), proposal: z.uuid() });

/** A correction asks for two people (design §4.4): one proposes it, another one confirms it, and only then it is an entry. */
const correctionsOn = <Scope extends 'case' | 'campaign'>(access: Scope) =>
  ({
    propose: {
      method: 'POST',
      path: `/${access}s/:id/corrections`,
      access,
      summary: {
        vi: 'Đề nghị đính chính một mục; chờ người thứ hai xác nhận',
        en: 'Propose to correct an entry; it waits for a second person',
      },
      params: byId,
      body: correctionBody,
      response: correction,
      keyed: true,
      problems: COMMAND_PROBLEMS,
    },
    list: {
      method: 'GET',
      path: `/${access}s/:id/corrections`,
      access,
      summary: {
        vi: 'Các đề nghị đính chính đang chờ; chỉ người được đính chính mới thấy',
        en: 'Corrections that wait; shown to whoever may correct',
      },
      params: byId,
      response: pageOf(correction),
    },
    confirm: {
      method: 'POST',
      path: `/${access}s/:id/corrections/:proposal/confirmation`,
      access,
      summary: { vi: 'Xác nhận một đề nghị đính chính', en: 'Confirm a correction that somebody else proposed' },
      params: byProposal,
      /** the office in which it is confirmed; needed only by who holds several that may */
      body: z.strictObject({ capacity: office.optional() }),
      response: commandAnswer,
      keyed: true,
      proof: true,
      problems: COMMAND_PROBLEMS,
    },
    decline: {
      method: 'DELETE',
      path: `/${access}s/:id/corrections/:proposal`,
      access,
      summary: {
        vi: 'Rút lại, hoặc không xác nhận, một đề nghị đính chính',
        en: 'Take back, or do not confirm, a proposed correction',
      },
      params: byProposal,
      response: z.object({ declined: z.literal(true) }),
      problems: ['NOT_ALLOWED', 'PROPOSAL_STALE', 'FOREIGN_ORIGIN'],
    },
  }) as const satisfies Record<string, RouteSpec>;

const [onCase, onCampaign] = [correctionsOn('case'), correctionsOn('campaign')];

export const correctionRoutes = {
  proposeCaseCorrection: onCase.propose,
  listCaseCorrections: onCase.list,
  confirmCaseCorrection: onCase.confirm,
  declineCaseCorrection: onCase.decline,
  proposeCampaignCorrection: onCampaign.propose,
  listCampaignCorrections: onCampaign.list,
  confirmCampaignCorrection: onCampaign.confirm,
  declineCampaignCorrection: onCampaign.decline,
  listCorrections: {
    method: 'GET',
    path: '/corrections',
    access: 'person',
    readsCases: true,
    summary: { vi: 'Các đề nghị đính chính chờ tôi xác nhận', en: 'Corrections that wait for my confirmation' },
    response: pageOf(
      z.object({
        proposal: z.string(),
        scope: z.enum(['case', 'campaign']),
        id: z.string(),
        title: z.string(),
        unit: caseUnit.nullable(),
        at: z.string(),
      }),
    ),
  },
} as const satisfies Record<string, RouteSpec>;
