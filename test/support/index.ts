import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestEnvironment {
  /** Postgres 18, superuser, database `postgres`. */
  readonly postgresUrl: string;
  /** host:port of a Temporal development server. */
  readonly temporalAddress: string;
  readonly namespace: string;
  /** Paths of the programs, for tests that run servers of their own. */
  readonly temporalBinary: string;
  readonly timeSkippingBinary: string;
}

/** The servers of this run; only `*.int.test.ts` files have them. */
export function testEnv(): TestEnvironment {
  return {
    postgresUrl: variable('GIAMSAT_TEST_PG'),
    temporalAddress: variable('GIAMSAT_TEST_TEMPORAL'),
    namespace: variable('GIAMSAT_TEST_NAMESPACE'),
    temporalBinary: variable('GIAMSAT_TEST_TEMPORAL_BIN'),
    timeSkippingBinary: variable('GIAMSAT_TEST_TIMESKIPPING_BIN'),
  };
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: servers run only for files named *.int.test.ts`);
  return value;
}

export interface TestDatabase {
  readonly name: string;
  /** Superuser url of this database. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh, empty database, one per test file: `const db = await createDatabase('ledger')`, `await db.drop()` afterwards. */
export async function createDatabase(label: string, template = 'template1'): Promise<TestDatabase> {
  const name = `${label.replace(/\W/g, '_').toLowerCase()}_${randomBytes(6).toString('hex')}`;
  await asSuperuser(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  const url = new URL(testEnv().postgresUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => asSuperuser(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: testEnv().postgresUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
