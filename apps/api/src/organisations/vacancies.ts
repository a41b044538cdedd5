import type { Db } from '@giamsat/database';
import type { CaseRow, CompiledProcedure } from '@giamsat/procedure';
import { plannedHolders, toldOffices } from '../campaigns/plan-offices.js';

interface Asked {
  campaign: string;
  owner: string;
  procedure: CompiledProcedure;
  on: string;
  cases: { id: string; unit: string; row: Pick<CaseRow, 'open' | 'team' | 'units'> }[];
}

/** By case: offices that its open steps would tell, and that nobody holds that day. Notices climb over them. */
export async function vacanciesOf(db: Db, { cases, procedure, ...asked }: Asked): Promise<Record<string, string[]>> {
  // Where several units stand for the subject, each of them has to have somebody who is told.
  const subjects = cases.map(({ id, unit, row }) =>
    (row.units.length > 0 ? row.units : [unit]).map((standing) => ({
      caseId: id,
      unit: standing,
      passed: standing !== unit,
      kind: 'body' as const,
      wave: 1,
      ...(row.team !== null && { team: row.team }),
    })),
  );
  const holders = await plannedHolders(db, { ...asked, procedure, subjects: subjects.flat() });
  return Object.fromEntries(
    cases.map(({ id, row }, i) => {
      const told = toldOffices(procedure, new Set(row.open.map(({ step }) => step)));
      const isVacant = (office: string): boolean =>
        subjects[i]!.some((subject) => holders.of(office, subject).length === 0);
      return [id, told.filter(isVacant)];
    }),
  );
}
