import { NOBODY, ScopedDatabase, type Viewer } from '@giamsat/database';
import type { DataSource } from 'typeorm';

export interface Storm {
  transactions: number;
  /** how each came to its end */
  ends: Record<string, number>;
  /** rows somebody saw who must not */
  foreign: number;
  /** transactions in which the viewer's own row was missing */
  blind: number;
}

/** A viewer and the board rows he must see, no more and no fewer. */
export interface Watched {
  viewer: Viewer;
  rows: string[];
}

const LOOK = 'SELECT id FROM case_row ORDER BY id';
/** More at once than there are connections: each is handed from one viewer to the next. */
const AT_ONCE = 24;

/**
 * Transactions of many viewers over few connections, ended in every way there is: committed, given up, failed, timed out,
 * cut off, abandoned while they run. Whoever comes next on the connection must see his own rows, and who names nobody none.
 */
export async function storm(
  dataSource: DataSource,
  watched: Watched[],
  transactions: number,
  random: () => number,
): Promise<Storm> {
  const database = new ScopedDatabase(dataSource);
  const result: Storm = { transactions: 0, ends: {}, foreign: 0, blind: 0 };
  const pick = <T>(from: T[]): T => from[Math.floor(random() * from.length)]!;
  const check = (found: { id: string }[], allowed: string[]): void => {
    result.foreign += found.filter(({ id }) => !allowed.includes(id)).length;
    if (found.length < allowed.length) result.blind++;
  };
  const look = async (of: Watched): Promise<void> => check(await database.query(LOOK), of.rows);
  const looking = (of: Watched, and: string) =>
    database.transaction(async (manager) => {
      check(await manager.query(LOOK), of.rows);
      await manager.query(and);
    });
  const ends: Record<string, (of: Watched) => Promise<unknown>> = {
    committed: look,
    failed: (of) => looking(of, 'SELECT 1 / 0'),
    'timed out': (of) => looking(of, `SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)`),
    'cut off': (of) => looking(of, 'SELECT pg_terminate_backend(pg_backend_pid())'),
    'given up': (of) =>
      database.transaction(async (manager) => {
        check(await manager.query(LOOK), of.rows);
        throw new Error('given up');
      }),
  };
  const read = (of: Watched) =>
    database.within({ ...of.viewer, person: NOBODY }, async (end) => {
      database.become(of.viewer, { reading: true });
      await look(of);
      const last = database.query('SELECT pg_sleep(0.001)').catch(() => undefined);
      await end();
      await last;
    });
  const one = async (): Promise<void> => {
    const of = pick(watched);
    const end =
      random() < 0.02 ? 'cut off' : pick([...Object.keys(ends).filter((name) => name !== 'cut off'), 'read', 'nobody']);
    result.ends[end] = (result.ends[end] ?? 0) + 1;
    if (end === 'nobody') return check(await database.query(LOOK), []);
    await (end === 'read' ? read(of) : database.within(of.viewer, () => ends[end]!(of))).catch(() => undefined);
  };
  const runner = async (): Promise<void> => {
    while (result.transactions++ < transactions) await one();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
  return { ...result, transactions };
}
