import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** MIT; needs Python 3.10 or later with pip. Kept apart from everything else in a folder of its own. */
const VERSION = '4.32.5';
/** Named too, since a later one of it broke an earlier Schemathesis. */
const HYPOTHESIS = '6.170.17';
const FOLDER = join(import.meta.dirname, '..', '..', '.giamsat', `schemathesis-${VERSION}`);
const PROGRAM = join(FOLDER, 'bin', 'schemathesis');

/** Server errors and answers outside the document, whatever was sent; that a wrong request is refused is told by its status. */
const CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';
/** They end the session that asks, or change its password: nothing could be asked after them. */
const NOT_ASKED = ['login', 'logout', 'endSession', 'changePassword'];

export interface Run {
  requests: number;
  /** what was found, in the words of the tool; empty = nothing */
  found: string[];
}

/** Installs the tool once. @throws Error when Python or the package cannot be had */
export async function install(): Promise<void> {
  if (existsSync(PROGRAM)) return;
  mkdirSync(join(FOLDER, '..'), { recursive: true });
  await done('python3', ['-m', 'venv', FOLDER]);
  await done(join(FOLDER, 'bin', 'pip'), [
    'install',
    '--quiet',
    `schemathesis==${VERSION}`,
    `hypothesis==${HYPOTHESIS}`,
  ]);
}

export interface Fuzzing {
  url: string;
  /** null = somebody who has not signed in */
  token: string | null;
  /** ids that exist */
  ids: { campaigns: string[]; cases: string[] };
  seed: number;
  /** tries of each operation */
  examples: number;
}

/** Every operation of the document, as one person. */
export async function fuzz({ url, token, ids, seed, examples }: Fuzzing): Promise<Run> {
  const args = ['run', `${url}/api/openapi.json`, '--checks', CHECKS, '--phases', 'fuzzing', '--workers', '2'];
  args.push('--max-examples', `${examples}`, '--seed', `${seed}`, '--no-color', '--continue-on-failure');
  args.push('--generation-database', 'none', '--warnings', 'off', '--request-timeout', '30');
  for (const name of NOT_ASKED) args.push('--exclude-operation-id', name);
  if (token) args.push('--header', `Authorization: Bearer ${token}`);
  const env = {
    ...process.env,
    SCHEMATHESIS_HOOKS: 'ids',
    PYTHONPATH: import.meta.dirname,
    FUZZ_IDS: JSON.stringify(ids),
  };
  const { code, lines } = await output(PROGRAM, args, env);
  const counted = lines.map((line) => /(\d+) generated/.exec(line)?.[1]).find((count) => count !== undefined);
  if (counted === undefined) throw new Error(lines.slice(-20).join('\n'));
  return {
    requests: Number(counted),
    found: code === 0 ? [] : lines.slice(lines.findIndex((line) => /FAILURES|ERRORS/.test(line))),
  };
}

async function done(program: string, args: string[]): Promise<void> {
  const { code, lines } = await output(program, args, process.env);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}\n${lines.slice(-10).join('\n')}`);
}

function output(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; lines: string[] }> {
  // It keeps a cache where it is called.
  const child = spawn(program, args, { cwd: join(FOLDER, '..'), env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => void lines.push(line));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, lines }));
  });
}
