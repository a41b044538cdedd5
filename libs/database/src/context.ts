import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { Db } from './sql.js';

/** Who looks, and on which day: row-level security shows what the offices of that person reach on that day. */
export interface Viewer {
  person: string;
  /** YYYY-MM-DD */
  on: string;
  /** offices of the supervised party */
  unitOffices: readonly string[];
  /** offices that read by a mandate which names its campaigns */
  auditOffices: readonly string[];
}

/** Somebody who has yet to say who he is: the directory, and no row of any case. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A query that runs longer is given up; so is a transaction that nobody ends. */
const LIMITS = `set_config('statement_timeout', '15s', true), set_config('transaction_timeout', '60s', true)`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d\d-\d\d$/;
const OFFICE = /^[\w-]+$/;

/** Sets the viewer for the rest of the transaction; the end of the transaction, however it comes, forgets him. */
export async function setViewer(db: Db, { person, on, unitOffices, auditOffices }: Viewer): Promise<void> {
  if (!UUID.test(person) || !DAY.test(on) || ![...unitOffices, ...auditOffices].every((office) => OFFICE.test(office)))
    throw new TypeError('not a viewer');
  await db.query(
    `SELECT set_config('giamsat.person', $1, true), set_config('giamsat.day', $2, true),
       set_config('giamsat.unit_offices', $3, true), set_config('giamsat.audit_offices', $4, true), ${LIMITS}`,
    [person, on, unitOffices.join(','), auditOffices.join(',')],
  );
}

/**
 * What one request may see. `reading`: all its questions go into one transaction and get one moment's answer. `inside`: a
 * transaction that is open, to which everything asked meanwhile belongs. No request holds one connection and waits for
 * another: many at once would wait for each other for ever.
 */
interface Scope {
  viewer: Viewer;
  reading: Reading | null;
  inside: EntityManager | null;
}

/**
 * The database as whoever asks may see it. Inside `within` every question runs in a transaction that knows its viewer;
 * anywhere else it runs without one, and finds nothing. Takes the place of a DataSource wherever code asks on behalf of a
 * person, so that a forgotten context shows no rows rather than all.
 */
export class ScopedDatabase implements Db {
  private readonly scopes = new AsyncLocalStorage<Scope>();

  constructor(private readonly dataSource: DataSource) {}

  /** Everything that `work` starts is asked as this viewer. Returns with it what ends a transaction left open. */
  within<T>(viewer: Viewer, work: (end: () => Promise<void>) => T): T {
    const scope: Scope = { viewer, reading: null, inside: null };
    return this.scopes.run(scope, () => work(async () => scope.reading?.end()));
  }

  /** From here on, in the same `within`, somebody else looks. `reading`: and only looks, in one snapshot until its end. */
  become(viewer: Viewer, { reading = false } = {}): void {
    const scope = this.scopes.getStore();
    if (!scope) throw new Error('nobody is asking');
    scope.viewer = viewer;
    scope.reading = reading ? new Reading(this.dataSource, viewer) : null;
  }

  /** The same viewer, in transactions of their own: what must stay when the rest is given up. Not inside of one. */
  apart<T>(work: () => Promise<T>): Promise<T> {
    const scope = this.scopes.getStore();
    return scope ? this.scopes.run({ viewer: scope.viewer, reading: null, inside: null }, work) : work();
  }

  query<T = unknown>(sql: string, parameters?: unknown[]): Promise<T> {
    const scope = this.scopes.getStore();
    if (!scope) return this.dataSource.query(sql, parameters);
    if (scope.inside) return scope.inside.query<T>(sql, parameters);
    if (scope.reading) return scope.reading.query(sql, parameters) as Promise<T>;
    return this.transaction((manager) => manager.query<T>(sql, parameters));
  }

  /** One transaction; within another a savepoint of it, and in a scope that only reads, a part of the reading. */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const scope = this.scopes.getStore();
    if (!scope) return this.dataSource.transaction(work);
    if (scope.inside) return scope.inside.transaction(work);
    const { viewer, reading } = scope;
    const inside = (manager: EntityManager) =>
      this.scopes.run({ viewer, reading: null, inside: manager }, () => work(manager));
    if (reading) return reading.with(inside);
    return this.dataSource.transaction(async (manager) => {
      await setViewer(manager, viewer);
      return inside(manager);
    });
  }
}

/** One read-only transaction at one moment, begun by the first question and ended once. Questions wait for each other. */
class Reading {
  private runner: QueryRunner | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private isEnded = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly viewer: Viewer,
  ) {}

  query(sql: string, parameters?: unknown[]): Promise<unknown> {
    return this.with((manager) => manager.query(sql, parameters));
  }

  with<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.inTurn(async () => work((await this.begun()).manager));
  }

  end(): Promise<void> {
    return this.inTurn(async () => {
      this.isEnded = true;
      const { runner } = this;
      this.runner = null;
      try {
        if (runner?.isTransactionActive) await runner.rollbackTransaction();
      } catch {
        // The connection is gone, and the transaction with it.
      } finally {
        await runner?.release();
      }
    });
  }

  private async begun(): Promise<QueryRunner> {
    if (this.isEnded) throw new Error('this request has ended');
    if (this.runner) return this.runner;
    this.runner = this.dataSource.createQueryRunner();
    await this.runner.startTransaction('REPEATABLE READ');
    await this.runner.query('SET TRANSACTION READ ONLY');
    await setViewer(this.runner, this.viewer);
    return this.runner;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
