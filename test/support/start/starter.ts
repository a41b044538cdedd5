// `npm start` with an application of two small processes, for the tests of the starter itself.
import { join } from 'node:path';
import pg from 'pg';
import type { ApplicationProcess } from '../../../apps/start/src/application.js';
import { run } from '../../../apps/start/src/run.js';

const script = join(import.meta.dirname, 'process.mjs');

const processOf = (name: 'worker' | 'api'): ApplicationProcess => ({
  name,
  args: [script, name],
  isReady: async ({ ports }) => name === 'worker' || (await fetch(`http://127.0.0.1:${ports.api}`)).ok,
});

async function sql(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

await run(
  {
    processes: [processOf('worker'), processOf('api')],
    loadDemo: async ({ urls }) => {
      await sql(
        urls.migrator,
        'CREATE TABLE IF NOT EXISTS public.demo (loaded integer); INSERT INTO public.demo VALUES (1)',
      );
      return 'account: newcomer';
    },
  },
  ({ demo }) => console.log(`all runs, ${demo}`),
);
