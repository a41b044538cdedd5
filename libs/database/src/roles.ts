import pg from 'pg';

/** The five database roles (design §3.13). `migrator` owns the schema; the others own nothing. */
export const ROLES = ['migrator', 'app', 'engine', 'auditor', 'eraser'] as const;
export type Role = (typeof ROLES)[number];
export type RolePasswords = Partial<Record<Role, string>>;

const INSUFFICIENT_PRIVILEGE = '42501';
const DUPLICATE_OBJECT = '42710';
const UNIQUE_VIOLATION = '23505';
const CONCURRENT_UPDATE = 'XX000';

/**
 * Creates the roles that are missing and sets the passwords given. Roles belong to the whole server, so another database
 * may be doing the same at this moment. A set of roles made by an administrator is taken as it is.
 * @throws Error naming the missing roles when this connection may not create them.
 */
export async function ensureRoles(client: pg.Client, passwords: RolePasswords = {}): Promise<void> {
  const { rows } = await client.query<{ rolname: Role }>('SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)', [
    ROLES as readonly string[],
  ]);
  const present = new Set(rows.map((row) => row.rolname));
  for (const role of ROLES.filter((name) => !present.has(name))) await createRole(client, role);
  for (const role of ROLES) await setPassword(client, role, passwords[role]);
}

/** The same server and database, as one of the roles. */
export function roleUrl(url: string, role: Role, password: string): string {
  const as = new URL(url);
  as.username = role;
  as.password = encodeURIComponent(password);
  return as.href;
}

async function createRole(client: pg.Client, role: Role): Promise<void> {
  try {
    await client.query(`CREATE ROLE ${role} NOLOGIN`);
  } catch (error) {
    const code = codeOf(error);
    if (code === DUPLICATE_OBJECT || code === UNIQUE_VIOLATION) return;
    if (code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new Error(
      `The database role "${role}" is missing and this account may not create it: ask for ${ROLES.join(', ')}.`,
    );
  }
}

/** A password that an administrator keeps is his to set: being refused here is no failure. */
async function setPassword(client: pg.Client, role: Role, password: string | undefined, tries = 5): Promise<void> {
  if (password === undefined) return;
  try {
    await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  } catch (error) {
    const code = codeOf(error);
    if (code === CONCURRENT_UPDATE && tries > 1) return setPassword(client, role, password, tries - 1);
    if (code !== INSUFFICIENT_PRIVILEGE) throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}
