// `npm test`: every Jest test, whatever arguments follow passed through. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'giamsat-result-'));
const resultFile = join(folder, 'result.json');

const code = await runJest();
const { passed, failed } = await count();
await rm(folder, { recursive: true, force: true });
process.exitCode = code === 0 && failed === 0 && passed > 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);

function runJest() {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--config', join(root, 'test', 'jest.config.mjs'), '--json', '--outputFile', resultFile];
  // Native ES modules in Jest need the flag; its warning on every worker would drown the results.
  const flags = [process.env.NODE_OPTIONS, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [jest, ...args, ...process.argv.slice(2)], {
    cwd: root,
    // With --json Jest prints the whole result to stdout as well; people read stderr.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: flags.filter(Boolean).join(' ') },
  });
  // Ctrl-C reaches Jest as well; this process stays to print the last line.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.once('exit', (exitCode) => resolve(exitCode ?? 1)));
}

/** A suite that could not run at all (a syntax error, say) counts as one failed test; no result at all as one failure. */
async function count() {
  const text = await readFile(resultFile, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1 };
  const result = JSON.parse(text);
  return { passed: result.numPassedTests, failed: result.numFailedTests + result.numRuntimeErrorTestSuites };
}
