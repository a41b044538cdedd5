import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { commitStream } from './ledger/commit.js';
import { migrate, pendingMigrations } from './migrate.js';
import { migrations } from './migrations/index.js';
import { ROLES, type Role } from './roles.js';
import { commitOf } from './testing/invent.js';
import { createTestDatabase, type TestDatabase } from './testing/index.js';

describe('migrate', () => {
  const server = process.env.GIAMSAT_TEST_PG!;
  const name = `migrate_${randomBytes(4).toString('hex')}`;
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const asked = async (sql: string, at = server) => {
    const client = new pg.Client({ connectionString: at });
    await client.connect();
    return client.query(sql).finally(() => client.end());
  };

  beforeEach(() => asked(`CREATE DATABASE ${name}`));
  afterEach(() => asked(`DROP DATABASE ${name} WITH (FORCE)`));

  it('runs each migration once when two start at the same time, and none the next time', async () => {
    const ran = await Promise.all([migrate({ url }), migrate({ url })]);
    expect(ran.flat()).toEqual(migrations.map((Migration) => new Migration().name));
    expect(await migrate({ url })).toEqual([]);
  });

  it('gives the schema to migrator, whoever ran it', async () => {
    await migrate({ url });
    const owners = await asked(`SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'`, url);
    expect(owners.rows).toEqual([{ tableowner: 'migrator' }]);
  });

  it('needs no administrator once he has made the roles and let migrator in', async () => {
    const made = await createTestDatabase();
    await asked('GRANT USAGE, CREATE ON SCHEMA public TO migrator', url);
    const own = Object.assign(new URL(made.urls.migrator), { pathname: `/${name}` }).href;
    expect(await migrate({ url: own, passwords: { app: 'not for migrator to set' } })).toHaveLength(migrations.length);
    await made.drop();
  });
});

describe('roles', () => {
  let db: TestDatabase;
  const id = randomUUID();

  beforeAll(async () => {
    db = await createTestDatabase();
    const owner = await db.open('superuser');
    await owner.query(
      `INSERT INTO stream (kind, id, campaign_id, case_id) VALUES ('case', $1, gen_random_uuid(), gen_random_uuid())`,
      [id],
    );
    await commitStream(await db.open('engine'), commitOf(id, 0));
    await owner.query(`INSERT INTO content (hash, salt, body) VALUES ('h', '\\x01', 'words')`);
  });
  afterAll(() => db.drop());

  const opened = new Map<string, Promise<DataSource>>();
  const as = (role: Role | 'superuser') => opened.get(role) ?? opened.set(role, db.open(role, 1)).get(role)!;
  const may = async (role: Role | 'superuser', sql: string) =>
    (await as(role)).query(sql).then(
      () => 'yes',
      (error: { code?: string }) => error.code,
    );

  it('knows which migrations the database lacks', async () => {
    expect(await pendingMigrations(await as('app'))).toEqual([]);
  });

  it.each(['ledger', 'ledger_leaf', 'plan_revision', 'access_log'])(
    'lets nobody change %s, its owner included',
    async (table) => {
      for (const role of ['migrator', 'superuser'] as const) {
        expect(await may(role, `UPDATE ${table} SET campaign_id = NULL`)).toBe('GS403');
        expect(await may(role, `DELETE FROM ${table}`)).toBe('GS403');
        expect(await may(role, `TRUNCATE ${table}`)).toBe('GS403');
      }
      for (const role of ROLES.filter((name) => name !== 'migrator')) {
        expect(await may(role, `UPDATE ${table} SET campaign_id = NULL`)).toBe('42501');
        expect(await may(role, `DELETE FROM ${table}`)).toBe('42501');
      }
    },
  );

  it('lets the application write no event of a case, and the auditor nothing at all', async () => {
    const leaf = `INSERT INTO ledger_leaf (stream_kind, stream_id, seq, hash) VALUES ('case', '${id}', 2, sha256(''))`;
    expect(await may('engine', leaf)).toBe('yes');
    expect(await may('app', leaf)).toBe('42501');
    expect(await may('app', `SELECT append_reference('case', '${id}', 1, NULL, '[]', '{}')`)).toBe('GS403');
    expect(await may('engine', `SELECT append_reference('grant', 'g', 0, NULL, '[]', '{}')`)).toBe('42501');
    expect(await may('auditor', `SELECT * FROM ledger`)).toBe('yes');
    expect(await may('auditor', `INSERT INTO watermark VALUES ('w', now())`)).toBe('42501');
    for (const role of ['engine', 'auditor', 'eraser'] as const)
      expect(await may(role, 'SELECT * FROM account')).toBe('42501');
  });

  it('lets the eraser blank a text and nothing else', async () => {
    expect(await may('eraser', 'SELECT body FROM content')).toBe('42501');
    expect(await may('eraser', `UPDATE content SET body = 'other' WHERE hash = 'h'`)).toBe('GS403');
    expect(await may('app', `UPDATE content SET body = NULL`)).toBe('42501');
    expect(await may('eraser', `UPDATE content SET body = NULL, salt = NULL, erased_at = now() WHERE hash = 'h'`)).toBe(
      'yes',
    );
    expect(await may('superuser', `DELETE FROM content`)).toBe('GS403');
  });
});
