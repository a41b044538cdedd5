import type { CampaignDocument } from '@giamsat/contracts/http';
import type { FrozenPlan, offices } from '@giamsat/database';
import type { CompiledProcedure } from '@giamsat/procedure';
import type { Resolved } from './check.js';
import { headOffices } from './plan-offices.js';
import { teamIdOf } from './plan.js';
import { SUBJECT_PARTY } from '@giamsat/procedure/source';

export type Given = Pick<Parameters<typeof offices.grant>[1], 'person' | 'office' | 'scope' | 'from' | 'to'>;

/** Offices of a team, by how the document names its people. */
const TEAM_OFFICES = {
  head: 'team-head',
  deputies: 'team-deputy',
  members: 'team-member',
  secretary: 'team-secretary',
};

/** The offices a plan gives: in its teams, in the whole campaign, on single cases. Those of units' registers stand already. */
export function grantsOf(
  campaignId: string,
  document: CampaignDocument,
  subjects: FrozenPlan['subjects'],
  { person }: Resolved,
  procedure: CompiledProcedure,
): Given[] {
  const from = document.plan.date.slice(0, 10);
  const give = (office: string | undefined, who: string | undefined, scope: Given['scope']): Given[] =>
    who === undefined || office === undefined || !(office in procedure.offices)
      ? []
      : [{ office, person: person[who]!, scope, from }];
  return [
    ...document.teams.flatMap((team) => {
      const scope = { team: teamIdOf(campaignId, team.id) };
      return Object.entries(TEAM_OFFICES).flatMap(([part, office]) =>
        [team[part as keyof typeof TEAM_OFFICES]].flat().flatMap((who) => give(office, who, scope)),
      );
    }),
    ...document.offices.flatMap(({ office, person: who, from: begins, to }) =>
      give(office, who, { campaign: campaignId }).map((grant) => ({ ...grant, from: begins ?? from, to })),
    ),
    ...document.subjects.flatMap(({ areaOfficer, head, contact }, i) => {
      const scope = { case: subjects[i]!.caseId };
      return [
        ...give(procedure.areaOffice, areaOfficer, scope),
        ...give(headOffices(procedure)[0], head, scope),
        ...give(procedure.contact[SUBJECT_PARTY], contact, scope),
      ];
    }),
  ];
}
