import { documentMistake, type Mistake } from '@giamsat/contracts/http';
import { type Db, recusals } from '@giamsat/database';

/** Somebody in a team, and a unit that team supervises: where both are written down. */
export interface Seat {
  path: string;
  person: string;
  unit: string;
}

/** Every seat that its holder may not have, each named once for a unit. */
export async function recusedSeats(db: Db, seats: Seat[], on: string): Promise<Mistake[]> {
  if (seats.length === 0) return [];
  const found = await recusals.list(db, {
    on,
    units: [...new Set(seats.map(({ unit }) => unit))],
    people: [...new Set(seats.map(({ person }) => person))],
  });
  const reasons = new Map(found.map(({ person, unit, reason }) => [`${person} ${unit}`, reason]));
  return seats.flatMap(({ path, person, unit }) => {
    const reason = reasons.get(`${person} ${unit}`);
    return reason === undefined ? [] : [documentMistake(path, 'MEMBER_RECUSED', { person, unit, reason })];
  });
}
