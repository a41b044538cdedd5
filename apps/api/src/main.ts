import { connectionOptions, dataConverter } from '@giamsat/contracts/temporal';
import { openDatabase } from '@giamsat/database';
import { Client, Connection } from '@temporalio/client';
import { type ApiConfig, readConfig } from './config.js';
import { createApi } from './create-api.js';

/** Boots without Temporal: `/readyz` says when it is there. Postgres it cannot do without. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const database = await openDatabase({ url: config.DATABASE_URL_APP, name: 'giamsat-api' });
  const connection = Connection.lazy(connectionOptions(config));
  const temporal = new Client({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    dataConverter: dataConverter(config.GIAMSAT_PAYLOAD_KEY),
  });
  const app = await createApi({ config, database, temporal });
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await Promise.all([connection.close(), database.destroy()]);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  await app.listen(config.GIAMSAT_API_PORT, hostOf(config));
}

const hostOf = ({ GIAMSAT_API_HOST, NODE_ENV }: ApiConfig): string =>
  GIAMSAT_API_HOST ?? (NODE_ENV === 'production' ? '0.0.0.0' : '127.0.0.1');

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
