import { migrate, ROLES, roleUrl, type Role, type RolePasswords } from '@giamsat/database';
import pg from 'pg';
import type { StarterConfig } from './config.js';
import { Fault } from './fault.js';

export type RoleUrls = Readonly<Record<Role, string>>;

/** `DATABASE_URL_APP` and so on. */
export const urlVariable = (role: Role): `DATABASE_URL_${string}` => `DATABASE_URL_${role.toUpperCase()}`;

const forEachRole = <T>(value: (role: Role) => T): Record<Role, T> =>
  Object.fromEntries(ROLES.map((role) => [role, value(role)])) as Record<Role, T>;

export const urlVariables = (urls: RoleUrls): Record<string, string> =>
  Object.fromEntries(ROLES.map((role) => [urlVariable(role), urls[role]]));

/** The urls of all roles when the settings give them; undefined when they give none. */
export function givenUrls(config: StarterConfig): RoleUrls | undefined {
  const settings = config as unknown as Record<string, string>;
  const missing = ROLES.map(urlVariable).filter((variable) => settings[variable] === undefined);
  if (missing.length === ROLES.length) return undefined;
  if (missing.length === 0) return forEachRole((role) => settings[urlVariable(role)] as string);
  throw new Fault(
    `Cần đủ các biến DATABASE_URL_… hoặc không có biến nào: còn thiếu ${missing.join(', ')}.`,
    `All variables DATABASE_URL_… are needed, or none of them: ${missing.join(', ')} missing.`,
  );
}

const DATABASE = 'giamsat';

/** The database in a cluster of our own, made when it is not there. Returns the superuser's url of it. */
export async function createDatabase(superuserUrl: string): Promise<string> {
  await withClient(superuserUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
  const url = new URL(superuserUrl);
  url.pathname = `/${DATABASE}`;
  return url.href;
}

export const urlsFrom = (adminUrl: string, passwords: Readonly<Record<Role, string>>): RoleUrls =>
  forEachRole((role) => roleUrl(adminUrl, role, passwords[role]));

/**
 * Brings schema and roles to this version as the administrator, gives the roles the passwords of their own urls, makes the
 * attesting keys known, and makes sure that each role can log in.
 */
export async function prepareDatabase(adminUrl: string, urls: RoleUrls, attestKeys?: string): Promise<void> {
  const passwords = passwordsIn(urls);
  try {
    await migrate({ url: adminUrl, passwords, ...(attestKeys !== undefined && { attestKeys }) });
    await Promise.all(Object.values(urls).map((url) => withClient(url, (client) => client.query('SELECT 1'))));
  } catch (error) {
    throw notPrepared(error as Error);
  }
}

/** Of the urls that log in as the role itself: what another account's password is, is not the role's. */
function passwordsIn(urls: RoleUrls): RolePasswords {
  const own = ROLES.filter((role) => new URL(urls[role]).username === role);
  return Object.fromEntries(own.map((role) => [role, decodeURIComponent(new URL(urls[role]).password)]));
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const notPrepared = (error: Error): Fault =>
  new Fault(
    'Không chuẩn bị được cơ sở dữ liệu: hãy kiểm tra DATABASE_URL và quyền tạo vai trò, hoặc tự tạo năm vai trò và đặt các biến DATABASE_URL_….',
    'The database could not be prepared: check DATABASE_URL and its right to create roles, or create the five roles yourself and set the variables DATABASE_URL_….',
    error.message,
  );
