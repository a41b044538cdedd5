import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase, ROLES, roleUrl, type Role } from '@giamsat/database';
import type { DataSource } from 'typeorm';
import { startPostgres } from '../../apps/start/src/engines/index.js';

const PASSWORD = 'own';

/** A migrated Postgres for this alone; `open` as one of its roles or as its superuser. */
export async function withPostgres<T>(
  work: (open: (role: Role | 'superuser', poolSize?: number) => Promise<DataSource>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'giamsat-postgres-'));
  await chmod(folder, 0o711); // Postgres runs as another user when we are root.
  const server = await startPostgres({
    folder: join(folder, 'postgres'),
    logFile: join(folder, 'postgres.log'),
    password: PASSWORD,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  const opened: DataSource[] = [];
  try {
    const passwords = Object.fromEntries(ROLES.map((role) => [role, PASSWORD])) as Record<Role, string>;
    await migrate({ url: server.url, passwords });
    return await work(async (role, poolSize) => {
      const url = role === 'superuser' ? server.url : roleUrl(server.url, role, PASSWORD);
      opened.push(await openDatabase({ url, ...(poolSize !== undefined && { poolSize }) }));
      return opened.at(-1)!;
    });
  } finally {
    await Promise.all(opened.map((dataSource) => dataSource.destroy()));
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
