import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import pg from 'pg';
import { createDatabase, testEnv } from '../../../../test/support/index.js';
import { postgresUser } from './postgres-programs.js';
import { startPostgres } from './postgres.js';

describe('a Postgres of our own', () => {
  it('starts again after a crash, though its process id has gone to another program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'giamsat-postgres-'));
    await chmod(folder, 0o711);
    const options = { folder, logFile: join(folder, 'log'), password: 'a b/c' };
    const first = await startPostgres(options);
    process.kill(-first.child.pid, 'SIGKILL');
    await first.child.exited;
    // Of the same user: another user's process Postgres itself takes for a stranger.
    const stranger = spawn('sleep', ['1000'], { ...(await postgresUser()), stdio: 'ignore' });
    const lock = join(first.data, 'postmaster.pid');
    await writeFile(lock, (await readFile(lock, 'utf8')).replace(/^\d+/, `${stranger.pid}`));

    const second = await startPostgres(options).finally(() => stranger.kill());
    await second.stop();
    expect(second.child.ending()).toBe('exit code 0');
    await rm(folder, { recursive: true });
  });
});

describe('the engines of a test run', () => {
  it('give every caller a database of its own on Postgres 18', async () => {
    const [one, other] = await Promise.all([createDatabase('engines'), createDatabase('engines')]);
    expect(one.url).not.toBe(other.url);
    const client = new pg.Client({ connectionString: one.url });
    await client.connect();
    const { rows } = await client.query('SHOW server_version_num');
    await client.end();
    await Promise.all([one.drop(), other.drop()]);
    expect(Number(rows[0].server_version_num)).toBeGreaterThanOrEqual(180000);
  });

  it('include a Temporal server that keeps closed histories for 90 days', async () => {
    const { temporalAddress, namespace } = testEnv();
    const connection = await Connection.connect({ address: temporalAddress });
    const described = await connection.workflowService.describeNamespace({ namespace });
    await connection.close();
    expect(Number(described.config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 86_400);
  });
});
