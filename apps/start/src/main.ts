import { giamsat } from './giamsat.js';
import { migrateOnly } from './migrate-only.js';
import { run } from './run.js';
import { welcome } from './welcome.js';

if (process.argv[2] === 'migrate') await migrateOnly();
else await run(giamsat, welcome);
