import { Connection } from '@temporalio/client';
import pg from 'pg';
import { createDatabase, testEnv } from '../../../../test/support/index.js';

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
