import { readConfig } from './config.js';
import { givenUrls, prepareDatabase } from './database.js';
import { Fault } from './fault.js';
import { root } from './root.js';

/** For installations whose servers somebody else runs: roles and schema, nothing else. */
export async function migrateOnly(): Promise<void> {
  try {
    const config = readConfig(process.env, root);
    const urls = givenUrls(config);
    if (!urls) throw urlsMissing();
    await prepareDatabase(config.DATABASE_URL ?? urls.migrator, urls, config.GIAMSAT_ATTEST_KEY);
    console.log('Cơ sở dữ liệu đã sẵn sàng · The database is ready');
  } catch (error) {
    console.error(error instanceof Fault ? error.message : (error as Error).stack);
    process.exitCode = 1;
  }
}

const urlsMissing = (): Fault =>
  new Fault(
    'Cần địa chỉ của cả năm vai trò: hãy đặt DATABASE_URL_MIGRATOR, _APP, _ENGINE, _AUDITOR và _ERASER.',
    'The urls of all five roles are needed: set DATABASE_URL_MIGRATOR, _APP, _ENGINE, _AUDITOR and _ERASER.',
  );
