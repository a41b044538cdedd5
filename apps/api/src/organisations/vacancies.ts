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
  const subjects = cases.map(({ id, unit, row }) => ({
    caseId: id,
    unit: row.units[0] ?? unit,
    passed: (row.units[0] ?? unit) !== unit,
    kind: 'body' as const,
    wave: 1,
    ...(row.team !== null && { team: row.team }),
  }));
  const holders = await plannedHolders(db, { ...asked, procedure, subjects });
  return Object.fromEntries(
    cases.map(({ id, row }, i) => {
      const told = toldOffices(procedure, new Set(row.open.map(({ step }) => step)));
      return [id, told.filter((office) => holders.of(office, subjects[i]!).length === 0)];
    }),
  );
}
