// Runs once per `npm test`, in Jest's own process. Jest loads this file natively, hence plain JavaScript; the engines are the
// starter's own modules, so that tests and `npm start` run Postgres and Temporal in exactly the same way.
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const root = join(import.meta.dirname, '..', '..');

export default async function setUp(globalConfig) {
  if (!(await needsEngines(globalConfig))) return;
  const { startPostgres, startTemporal, temporalBinary, timeSkippingBinary } = await tsImport(
    '../../apps/start/src/engines/index.ts',
    import.meta.url,
  );
  const folder = await mkdtemp(join(tmpdir(), 'giamsat-test-'));
  await chmod(folder, 0o711); // Postgres runs as another user when we are root.
  const janitor = startJanitor(folder);
  globalThis.giamsatEngines = { janitor, servers: [] };
  const { servers } = globalThis.giamsatEngines;

  const cache = process.env.GIAMSAT_CACHE ?? join(root, '.giamsat', 'bin');
  const [temporalProgram, timeSkippingProgram] = await Promise.all([temporalBinary(cache), timeSkippingBinary(cache)]);
  const namespace = 'giamsat-test';
  const onSpawn = (pid) => janitor.stdin.write(`${pid}\n`);
  const keep = async (starting) => {
    const server = await starting;
    servers.push(server);
    return server;
  };
  const [postgres, temporal] = await Promise.all([
    keep(
      startPostgres({
        onSpawn,
        folder: join(folder, 'postgres'),
        logFile: join(folder, 'postgres.log'),
        password: 'test',
        // Nothing here has to outlive a power cut; tests of durability start servers of their own.
        settings: { max_connections: '300', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
      }),
    ),
    keep(
      startTemporal({
        onSpawn,
        binary: temporalProgram.path,
        logFile: join(folder, 'temporal.log'),
        namespace,
        // A whole test run from one client must never meet a rate limit.
        dynamicConfig: Object.fromEntries(
          ['frontend.rps', 'frontend.namespaceRPS', 'matching.rps', 'history.rps'].map((key) => [key, '1000000']),
        ),
      }),
    ),
  ]);
  Object.assign(process.env, {
    GIAMSAT_TEST_PG: postgres.url,
    GIAMSAT_TEST_TEMPORAL: temporal.address,
    GIAMSAT_TEST_NAMESPACE: namespace,
    GIAMSAT_TEST_TEMPORAL_BIN: temporalProgram.path,
    GIAMSAT_TEST_TIMESKIPPING_BIN: timeSkippingProgram.path,
  });
}

/** Pure runs must not pay for servers: they start only when a `*.int.test.ts` is among the files asked for. */
async function needsEngines({ testPathPatterns, nonFlagArgs = [] }) {
  const asked = [...testPathPatterns.patterns, ...nonFlagArgs].map((pattern) => new RegExp(pattern, 'i'));
  const folders = ['apps', 'libs', 'workflows', 'test'].map((name) => intTestsIn(join(root, name)));
  const files = (await Promise.all(folders)).flat();
  return files.some((file) => asked.length === 0 || asked.some((pattern) => pattern.test(file)));
}

async function intTestsIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const below = entries
    .filter((entry) => entry.isDirectory() && !['node_modules', 'dist'].includes(entry.name))
    .map((entry) => intTestsIn(join(folder, entry.name)));
  const here = entries.filter((entry) => entry.name.endsWith('.int.test.ts')).map((entry) => join(folder, entry.name));
  return [...here, ...(await Promise.all(below)).flat()];
}

/** Ends the servers and removes their folder when this process goes away in whatever manner, `kill -9` and Ctrl-C included. */
function startJanitor(folder) {
  const janitor = spawn(process.execPath, [join(import.meta.dirname, 'janitor.mjs'), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  janitor.unref();
  return janitor;
}
