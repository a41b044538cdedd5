import { paddedKeys } from '@giamsat/contracts/attest';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.js';
import { rebuildRows } from './rows/rebuild.js';
import { ensureRoles, type RolePasswords } from './roles.js';

export interface MigrateOptions {
  /** of a superuser, or of `migrator` (or a member of it) where an administrator made the roles */
  url: string;
  /** passwords to set; a role without one keeps what it has */
  passwords?: RolePasswords;
  /** keys that commands are attested with (GIAMSAT_ATTEST_KEY): exactly these hold from now on; absent = as before */
  attestKeys?: string;
}

/** One number for every migrator of every version. */
const LOCK = 4_744_721;

/**
 * Brings the database to this version: roles, then each migration that has not run, in its own transaction; then the board
 * rows, which may have another form in it, are written anew from the ledger. Under one advisory lock, so that several may
 * start at once; a second run does nothing. Returns the names of the migrations that ran.
 */
export async function migrate({ url, passwords, attestKeys }: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'giamsat migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await ensureRoles(client, passwords);
    await openSchema(client);
    const ran = await runMigrations(url);
    if (attestKeys !== undefined) await setAttestKeys(client, attestKeys);
    return ran;
  } finally {
    await client.end();
  }
}

/** Names of migrations this version has and the database has not; any role may ask. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const done: { name: string }[] = await dataSource.query('SELECT name FROM migrations');
  const names = new Set(done.map((row) => row.name));
  return dataSource.migrations.map((migration) => migration.name ?? '').filter((name) => !names.has(name));
}

async function openSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT has_schema_privilege('migrator', 'public', 'CREATE') AS may`,
  );
  if (!rows[0]?.may) await client.query('GRANT USAGE, CREATE ON SCHEMA public TO migrator');
}

/** A key is changed by putting the new one in front of the old one, and leaving the old one out when nothing uses it any more. */
async function setAttestKeys(client: pg.Client, text: string): Promise<void> {
  const keys = paddedKeys(text);
  await client.query('BEGIN');
  await client.query('SET LOCAL ROLE migrator');
  await client.query('DELETE FROM attest_key');
  for (const { id, inner, outer } of keys)
    await client.query('INSERT INTO attest_key VALUES ($1, $2, $3)', [id, inner, outer]);
  await client.query('COMMIT');
}

async function runMigrations(url: string): Promise<string[]> {
  const options = dataSourceOptions({ url, poolSize: 2, name: 'giamsat migrate' });
  // Whoever connects, the schema belongs to `migrator`.
  const asMigrator = { ...options, extra: { ...options.extra, options: '-c role=migrator' } } as typeof options;
  const dataSource = await new DataSource(asMigrator).initialize();
  try {
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    if (ran.length > 0) await rebuildRows(dataSource);
    return ran.map((migration) => migration.name);
  } finally {
    await dataSource.destroy();
  }
}
