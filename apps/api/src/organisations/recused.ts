import { documentMistake, type Mistake } from '@giamsat/contracts/http';
import { type Db, people, recusals } from '@giamsat/database';
import { teamOffices } from '../rights/parties.js';

/** Somebody in a team, and a unit that team supervises: where both are written down. */
export interface Seat {
  path: string;
  person: string;
  unit: string;
}

/**
 * Every seat that its holder may not have, each named once for a unit. Where he stepped back from a unit that has passed into
 * this one, `recorded` names that.
 */
export async function recusedSeats(db: Db, seats: Seat[], on: string): Promise<Mistake[]> {
  if (seats.length === 0) return [];
  const found = await recusals.against(db, {
    on,
    units: [...new Set(seats.map(({ unit }) => unit))],
    people: [...new Set(seats.map(({ person }) => person))],
  });
  const known = new Map(found.map((each) => [`${each.person} ${each.unit}`, each]));
  return seats.flatMap(({ path, person, unit }) => {
    const recusal = known.get(`${person} ${unit}`);
    if (!recusal) return [];
    const { reason, recorded } = recusal;
    const params = { person, unit, reason, ...(recorded !== unit && { recorded }) };
    return [documentMistake(path, 'MEMBER_RECUSED', params)];
  });
}

type Named = Pick<people.PersonRecord, 'id' | 'name'>;

/** By case: who sits in its team now and should not, because the recusal came after the seat. */
export async function recusedIn(db: Db, cases: string[], on: string): Promise<Record<string, Named[]>> {
  if (cases.length === 0) return {};
  const found = await recusals.seated(db, { on, teamOffices: teamOffices(), cases });
  const named = await people.findMany(db, [...new Set(found.map(({ person }) => person))]);
  const byCase: Record<string, Named[]> = {};
  for (const { case: of, person } of found) (byCase[of] ??= []).push({ id: person, name: named[person]?.name ?? '' });
  return byCase;
}
