import type { CampaignDocument } from '@giamsat/contracts/http';
import { type FrozenPlan, newId } from '@giamsat/database';
import type { Resolved } from './check.js';

/** What is frozen when a plan is issued: the coordinator's own document, and its subjects resolved to ids. */
export interface IssuedPlan extends FrozenPlan {
  document: CampaignDocument;
}

/** Team ids are written by coordinators ('Đ1'); the campaign in front makes them its own. */
export const teamIdOf = (campaignId: string, team: string): string =>
  team.startsWith(`${campaignId}.`) ? team : `${campaignId}.${team}`;

/** The subjects of a document as cases of a campaign, each with the id it will have. */
export const subjectsIn = (
  campaignId: string,
  { subjects }: CampaignDocument,
  { unit: known }: Resolved,
): FrozenPlan['subjects'] =>
  subjects.map(({ unit, kind, wave, team }) => ({
    caseId: newId(),
    unit: known[unit]!,
    kind,
    wave,
    ...(team !== undefined && { team: teamIdOf(campaignId, team) }),
  }));
