import { type Client, createClient } from '@giamsat/contracts/http';
import { openDatabase } from '@giamsat/database';
import type { Client as Temporal } from '@temporalio/client';
import { readConfig } from '../src/config.js';
import { createApi } from '../src/create-api.js';
import type { Surroundings } from '../src/api.module.js';
import { PASSWORD } from './province.js';

export interface RunningApi {
  url: string;
  anybody: Client;
  /** Signs in, gives the password again as whoever issues must, and returns that person's client. */
  as(login: string): Promise<Client>;
  tokenOf(login: string): Promise<string>;
  close(): Promise<void>;
}

/** The api on a free port, with the settings a process would get. */
export async function startApi(
  { environment, client }: { environment: Record<string, string>; client: Temporal },
  more: Partial<Surroundings> = {},
): Promise<RunningApi> {
  const config = readConfig(environment);
  const database = await openDatabase({ url: config.DATABASE_URL_APP, name: 'api-test' });
  const app = await createApi({ config, database, temporal: client, ...more });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const anybody = createClient({ baseUrl: url });
  const tokenOf = async (login: string): Promise<string> => {
    const { token } = await anybody.login({ body: { login, password: PASSWORD } });
    return token ?? '';
  };
  return {
    url,
    anybody,
    tokenOf,
    async as(login) {
      const client = createClient({ baseUrl: url, token: await tokenOf(login) });
      await client.confirmSession({ body: { password: PASSWORD } });
      return client;
    },
    async close() {
      await app.close();
      await database.destroy();
    },
  };
}

/** The problem an answer is, for tests of refusals. */
export async function problemOf(answer: Promise<unknown>) {
  try {
    await answer;
  } catch (error) {
    return (error as { problem: { code: string; errors: { path: string; code: string }[]; params: object } }).problem;
  }
  throw new Error('it was no problem at all');
}
