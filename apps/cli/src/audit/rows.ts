import { checkRows, rebuildRows } from '@giamsat/database';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { withDatabase } from './database.js';

/** Holds every row of the board against the ledger, or rebuilds them from it. */
export async function rows({ rebuild }: { rebuild?: boolean }, io: Io): Promise<void> {
  if (rebuild) {
    const count = await withDatabase(io, 'MIGRATOR', (database) => rebuildRows(database));
    return io.show(io.say({ vi: `Đã dựng lại ${count} dòng.`, en: `Rebuilt ${count} rows.` }), { rebuilt: count });
  }
  const found = await withDatabase(io, 'AUDITOR', (database) => checkRows(database));
  if (found.length > 0)
    throw new Stop(
      'divergence',
      { vi: `${found.length} dòng không khớp sổ cái:`, en: `${found.length} rows differ from the ledger:` },
      table(found.map((each) => ['  ', ...Object.values(each).map((value) => JSON.stringify(value))])),
      found,
    );
  io.show(io.say({ vi: 'Bảng theo dõi khớp với sổ cái.', en: 'The board agrees with the ledger.' }), []);
}
