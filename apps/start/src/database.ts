import pg from 'pg';
import { Fault } from './fault.js';
import { roles, urlVariable, type Role, type RoleUrls } from './roles.js';
import type { StarterConfig } from './config.js';

const DATABASE = 'giamsat';
const roleName = (role: Role): string => `giamsat_${role}`;

/** The urls of all roles when the settings give them; undefined when they give none. */
export function givenUrls(config: StarterConfig): RoleUrls | undefined {
  const settings = config as unknown as Record<string, string | undefined>;
  const missing = roles.map(urlVariable).filter((variable) => settings[variable] === undefined);
  if (missing.length === roles.length) return undefined;
  if (missing.length > 0) {
    throw new Fault(
      `Cần đủ các biến DATABASE_URL_… hoặc không có biến nào: còn thiếu ${missing.join(', ')}.`,
      `All variables DATABASE_URL_… are needed, or none of them: ${missing.join(', ')} missing.`,
    );
  }
  return Object.fromEntries(roles.map((role) => [role, settings[urlVariable(role)]])) as unknown as RoleUrls;
}

/** In a cluster of our own: the database, then the roles. Safe to repeat. */
export async function createDatabase(superuserUrl: string): Promise<string> {
  await withClient(superuserUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
  const url = new URL(superuserUrl);
  url.pathname = `/${DATABASE}`;
  return url.href;
}

/** Creates the roles with their passwords, the migrator as owner of the database. Safe to repeat. */
export async function provisionRoles(adminUrl: string, passwords: Readonly<Record<Role, string>>): Promise<RoleUrls> {
  await withClient(adminUrl, async (client) => {
    for (const role of roles) await provision(client, roleName(role), passwords[role]);
    const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
    const database = client.escapeIdentifier(rows[0]?.name ?? DATABASE);
    await client.query(`GRANT ${roleName('migrator')} TO CURRENT_USER`);
    await client.query(`ALTER DATABASE ${database} OWNER TO ${roleName('migrator')}`);
  });
  return Object.fromEntries(roles.map((role) => [role, urlOf(adminUrl, role, passwords[role])])) as unknown as RoleUrls;
}

async function provision(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
}

function urlOf(adminUrl: string, role: Role, password: string): string {
  const url = new URL(adminUrl);
  url.username = roleName(role);
  url.password = password;
  return url.href;
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    throw refusedByDatabase(error as Error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const refusedByDatabase = (error: Error): Fault =>
  new Fault(
    'Không chuẩn bị được cơ sở dữ liệu: hãy kiểm tra DATABASE_URL và quyền tạo vai trò, hoặc tự tạo các vai trò và đặt DATABASE_URL_MIGRATOR, _APP, _ENGINE, _AUDITOR, _ERASER.',
    'The database could not be prepared: check DATABASE_URL and its right to create roles, or create the roles yourself and set DATABASE_URL_MIGRATOR, _APP, _ENGINE, _AUDITOR, _ERASER.',
    error.message,
  );
