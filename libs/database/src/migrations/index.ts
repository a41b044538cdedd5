import type { SqlMigration } from './sql-migration.js';
import { Organisations } from './1764000000001-organisations.js';
import { People } from './1764000000002-people.js';
import { Ledger } from './1764000000003-ledger.js';
import { Campaigns } from './1764000000004-campaigns.js';
import { Outbox } from './1764000000005-outbox.js';
import { Operations } from './1764000000006-operations.js';
import { Commit } from './1764000000007-commit.js';
import { Rehearsals } from './1764000000010-rehearsals.js';
import { EndedCases } from './1764000000011-ended-cases.js';
import { Register } from './1764000000020-register.js';
import { AccountSecurity } from './1764000000030-account-security.js';
import { Walls } from './1764000000040-walls.js';
import { Attest } from './1764000000041-attest.js';
import { Duties } from './1764000000049-duties.js';
import { SecondPerson } from './1764000000050-second-person.js';
import { Standing } from './1764000000051-standing.js';
import { PaceAndPlaces } from './1764000000052-pace-and-places.js';
import { Directory } from './1764000000054-directory.js';
import { Alarms } from './1764000000060-alarms.js';
import { WaveBegun } from './1764000000061-wave-begun.js';
import { SettledByCommit } from './1764000000062-settled-by-commit.js';
import { OwedMeasures } from './1764000000071-owed-measures.js';
import { OwnUnits } from './1764000000072-own-units.js';
import { FewerStatements } from './1764000000080-fewer-statements.js';
import { Decided } from './1764000000081-decided.js';
import { Offers } from './1764000000082-offers.js';
import { WaveRefusal } from './1764000000083-wave-refusal.js';

/** In the order they run. A released one is never edited. */
export const migrations: (new () => SqlMigration)[] = [
  Organisations,
  People,
  Ledger,
  Campaigns,
  Outbox,
  Operations,
  Commit,
  Rehearsals,
  EndedCases,
  Register,
  AccountSecurity,
  Walls,
  Attest,
  Duties,
  SecondPerson,
  Standing,
  PaceAndPlaces,
  Directory,
  Alarms,
  WaveBegun,
  SettledByCommit,
  OwedMeasures,
  OwnUnits,
  FewerStatements,
  Decided,
  Offers,
  WaveRefusal,
];
