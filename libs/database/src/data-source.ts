import 'reflect-metadata';
import type pg from 'pg';
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { entities } from './entities/index.js';
import { migrations } from './migrations/index.js';
import { plainTypes } from './plain-types.js';

export interface DatabaseOptions {
  /** of one of the roles, see `roleUrl` */
  url: string;
  /** at most so many connections; 10 unless told */
  poolSize?: number;
  /** shown in pg_stat_activity */
  name?: string;
}

/** A connection that is made anew signs in, and plans every statement of a commit again: dear when many come at once. */
export const IDLE_MS = 10 * 60_000;

/** Opens a connection pool. Moments come back as canonical instants, days as 'YYYY-MM-DD', bigint as number. */
export function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  return new DataSource(dataSourceOptions(options)).initialize();
}

export function dataSourceOptions({ url, poolSize = 10, name = 'giamsat' }: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    applicationName: name,
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    connectTimeoutMS: 5_000,
    // A statement that waits for ever would outlive the activity that sent it; a dead client must not keep a stream locked.
    extra: {
      types: plainTypes,
      keepAlive: true,
      idleTimeoutMillis: IDLE_MS,
      options: '-c lock_timeout=8s -c idle_in_transaction_session_timeout=60s',
    },
  };
}

/**
 * Runs `work` in one transaction; everything asked of the manager it is handed is inside, nothing else is. Within another
 * transaction it is a savepoint of that one: both stand or fall together.
 */
export function inTransaction<T>(within: Transactional, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  return within.transaction(work);
}

/** A DataSource, a ScopedDatabase, or the manager of a transaction. */
export interface Transactional {
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
}

/** The pool under the DataSource, for the few statements that must be prepared by name. */
export function poolOf(dataSource: DataSource): pg.Pool {
  return (dataSource.driver as unknown as { master: pg.Pool }).master;
}
