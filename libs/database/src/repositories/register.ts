import type { Register, RegisterAct, UnitEntry } from '@giamsat/registry';
import { select, type Db } from '../sql.js';
import * as organisations from './organisations.js';
import type { Act } from './organisations.js';

/** Acts on the register come one at a time: each is checked against what stands, and stands when the next is checked. */
export async function lock(db: Db): Promise<void> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtext('giamsat register'))`);
}

/** Every unit there ever was, through time. A province has some thousands. */
export async function load(db: Db): Promise<Register> {
  const rows = await select<UnitEntry>(
    db,
    `SELECT u.id, u.kind, u.symbol,
       (SELECT jsonb_agg(jsonb_build_object('name', name, 'from', valid_from, 'to', valid_to, 'instrument', instrument)
         ORDER BY valid_from) FROM org_name WHERE unit_id = u.id) AS names,
       coalesce((SELECT jsonb_agg(jsonb_build_object('parent', parent_id, 'from', valid_from, 'to', valid_to,
         'instrument', instrument) ORDER BY valid_from) FROM org_parent WHERE unit_id = u.id), '[]') AS parents,
       coalesce((SELECT jsonb_agg(jsonb_build_object('successor', successor_id, 'kind', kind, 'on', effective_on,
         'instrument', instrument) ORDER BY effective_on, successor_id)
         FROM org_succession WHERE unit_id = u.id), '[]') AS successions
     FROM org_unit AS u ORDER BY u.id`,
  );
  return new Map(rows.map((unit) => [unit.id, unit]));
}

/** Writes an act that the register's own rules let through, with one event for each unit that changes. */
export async function write(db: Db, change: RegisterAct, by: Act): Promise<void> {
  const { on, instrument } = change;
  const act: Act = { ...by, ...(instrument && { paper: { ...instrument }, dates: { document: instrument.date } }) };
  switch (change.type) {
    case 'addUnit': {
      const { unit: id, kind, symbol, name, parent } = change;
      await organisations.addUnit(db, { id, kind, symbol, name, parent, from: on }, act);
      break;
    }
    case 'renameUnit':
      return organisations.rename(db, { id: change.unit, name: change.name, from: on }, act);
    case 'moveUnit':
      return organisations.move(db, { id: change.unit, parent: change.parent, from: on }, act);
    case 'mergeUnits':
      for (const id of change.units)
        await organisations.end(db, { id, kind: 'merge', successors: [change.into], on }, act);
      break;
    case 'splitUnit':
      return organisations.end(db, { id: change.unit, kind: 'split', successors: change.into, on }, act);
    case 'dissolveUnit':
      return organisations.end(db, { id: change.unit, kind: 'dissolve', successors: [], on }, act);
  }
}
