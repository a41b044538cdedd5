// `npm start`: plain Node without any package, because on a fresh machine there is none yet. Installs and builds what is
// missing or older than its source, then hands over to the starter in this same process.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const buildStamp = join(root, 'node_modules', '.cache', 'giamsat-build');

await main();

async function main() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    return stop(
      `Cần Node ${OLDEST_NODE.join('.')} trở lên, máy này có ${process.versions.node}: hãy nâng cấp Node rồi chạy lại.`,
      `Node ${OLDEST_NODE.join('.')} or later is needed and this is ${process.versions.node}: upgrade Node and start again.`,
    );
  }
  if (!isInstalled()) await step('Cài các gói · Installing packages', ['ci', '--include=dev', '--no-progress']);
  if (!isBuilt()) {
    await step('Biên dịch · Building', ['run', 'build']);
    mkdirSync(dirname(buildStamp), { recursive: true });
    writeFileSync(buildStamp, '');
  }
  await import('./dist/main.js');
}

/** npm writes its hidden lockfile last, so an installation that was cut short has none. */
function isInstalled() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  return existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function isBuilt() {
  if (!existsSync(join(root, 'apps', 'start', 'dist', 'main.js')) || !existsSync(buildStamp)) return false;
  const built = statSync(buildStamp).mtimeMs;
  return ['apps', 'libs', 'workflows', 'package-lock.json', 'tsconfig.json'].every(
    (name) => newest(join(root, name)) <= built,
  );
}

/** Folders count too: a file that was removed leaves no other trace. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const below = readdirSync(path, { withFileTypes: true }).filter(
    ({ name }) => name !== 'node_modules' && name !== 'dist' && !name.startsWith('.'),
  );
  return Math.max(mtimeMs, ...below.map((entry) => newest(join(path, entry.name))));
}

async function step(title, npmArgs) {
  console.log(`❯ ${title} (npm ${npmArgs.join(' ')})`);
  const began = Date.now();
  const code = await npm(npmArgs);
  if (code !== 0) {
    stop(
      `Lệnh \`npm ${npmArgs.join(' ')}\` không thành công: hãy xem lỗi ở trên (mạng, dung lượng đĩa, quyền ghi) rồi chạy lại.`,
      `The command \`npm ${npmArgs.join(' ')}\` failed: see the error above (network, disk space, rights) and start again.`,
    );
    process.exit(1);
  }
  console.log(`✔ ${title} [${((Date.now() - began) / 1000).toFixed(1)}s]`);
}

function npm(args) {
  // Under `npm start` npm tells where it is itself; by hand it is the one on PATH.
  const self = process.env.npm_execpath;
  const [command, first] = self && self.endsWith('.js') ? [process.execPath, [self]] : ['npm', []];
  const child = spawn(command, [...first, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code === null ? 1 : code));
  });
}

function stop(vi, en) {
  console.error(`${vi}\n${en}`);
  process.exitCode = 1;
}
