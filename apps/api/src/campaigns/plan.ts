import type { CampaignDocument } from '@giamsat/contracts/http';
import type { FrozenPlan } from '@giamsat/database';
import type { CaseState } from '@giamsat/procedure';

/** What is frozen when a plan is issued: the coordinator's own document, and its subjects resolved to ids. */
export interface IssuedPlan extends FrozenPlan {
  document: CampaignDocument;
}

/** Team ids are written by coordinators ('Đ1'); the campaign in front makes them its own. */
export const teamIdOf = (campaignId: string, team: string): string =>
  team.startsWith(`${campaignId}.`) ? team : `${campaignId}.${team}`;

/** Subjects of a wave: those of the plan and those added since, less those withdrawn. */
export function plannedFor(plan: FrozenPlan, { facts }: CaseState, wave: number): FrozenPlan['subjects'] {
  const added = facts.flatMap((fact) => (fact.type === 'subjectAdded' ? [fact.data.subject] : []));
  const withdrawn = new Set(facts.flatMap((fact) => (fact.type === 'subjectWithdrawn' ? [fact.data.caseId] : [])));
  return [...plan.subjects, ...added].filter((subject) => subject.wave === wave && !withdrawn.has(subject.caseId));
}
