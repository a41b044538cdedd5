import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../data-source.js';
import { migrate } from '../migrate.js';
import { migrations } from '../migrations/index.js';
import { ROLES, roleUrl, type Role } from '../roles.js';

export { act, formedCampaign, giveTo, type Invented } from './campaign.js';

/** Roles belong to the whole test server, so all test databases share these passwords. */
const PASSWORDS = Object.fromEntries(ROLES.map((role) => [role, `${role}-test`])) as Record<Role, string>;

export interface TestDatabase {
  /** superuser */
  readonly url: string;
  readonly urls: Readonly<Record<Role, string>>;
  /** Opens a pool as this role; `drop` closes it. */
  open(role: Role | 'superuser', poolSize?: number): Promise<DataSource>;
  drop(): Promise<void>;
}

/**
 * A migrated, empty database on the test server (GIAMSAT_TEST_PG), copied from a template that is made once per server and
 * per set of migrations. One per test file; `await db.drop()` afterwards.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.GIAMSAT_TEST_PG;
  if (!server) throw new Error('GIAMSAT_TEST_PG is not set: only *.int.test.ts files have a server.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withServer(server, async (client) => {
    await client.query('SELECT pg_advisory_lock(1)');
    const template = await migratedTemplate(client, server);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return handle(server, name);
}

async function migratedTemplate(client: pg.Client, server: string): Promise<string> {
  const digest = createHash('sha256').update(migrations.map((Migration) => JSON.stringify(new Migration())).join());
  const template = `template_${digest.digest('hex').slice(0, 16)}`;
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
  if (rowCount) return template;
  // Left by a run that was killed.
  await client.query(`DROP DATABASE IF EXISTS ${template}_new WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${template}_new`);
  await migrate({ url: inDatabase(server, `${template}_new`), passwords: PASSWORDS });
  await client.query(`ALTER DATABASE ${template}_new RENAME TO ${template}`);
  return template;
}

function handle(server: string, name: string): TestDatabase {
  const url = inDatabase(server, name);
  const urls = Object.fromEntries(ROLES.map((role) => [role, roleUrl(url, role, PASSWORDS[role])]));
  const opened: DataSource[] = [];
  return {
    url,
    urls: urls as Record<Role, string>,
    async open(role, poolSize) {
      const dataSource = await openDatabase({ url: role === 'superuser' ? url : urls[role]!, poolSize });
      opened.push(dataSource);
      return dataSource;
    },
    async drop() {
      await Promise.all(opened.map((dataSource) => dataSource.destroy()));
      await withServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

function inDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function withServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
