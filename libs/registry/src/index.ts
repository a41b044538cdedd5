/** Units, people and offices as they change in time: what may follow on what, and how a sheet becomes acts. Pure. */
export { apply, check, unitsOf, type Fault, type RegisterAct } from './acts.js';
export {
  bornOn,
  endsOn,
  existsOn,
  findUnit,
  lineOn,
  nameOn,
  parentOn,
  successorsOn,
  type Instrument,
  type Register,
  type Succession,
  type UnitEntry,
} from './register.js';
