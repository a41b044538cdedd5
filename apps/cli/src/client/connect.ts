import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, type Client } from '@giamsat/contracts/http';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { askProof } from './secrets.js';

/** Of the clone that this command lies in, wherever it is called from. */
const HOME = fileURLToPath(new URL('../../../../.giamsat', import.meta.url));
/** Where `npm start` keeps its data, and this command its session. */
const homeOf = (env: Io['env']): string => (env.GIAMSAT_HOME ? resolve(env.GIAMSAT_HOME) : HOME);
const sessionFile = (env: Io['env']): string => join(homeOf(env), 'session.json');

/** GIAMSAT_API, else what the running starter says, else its usual port. */
export function baseUrl(env: Io['env']): string {
  if (env.GIAMSAT_API) return env.GIAMSAT_API.replace(/\/$/, '');
  return `http://127.0.0.1:${environmentOf(env).GIAMSAT_API_PORT ?? '4600'}`;
}

/** Settings of the installation that runs on this machine; empty when none runs. */
export function environmentOf(env: Io['env']): Record<string, string | undefined> {
  const file = join(homeOf(env), 'environment.json');
  return existsSync(file) ? { ...(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>), ...env } : env;
}

export const anonymous = (env: Io['env']): Client => createClient({ baseUrl: baseUrl(env) });

export const isSignedIn = ({ env }: Io): boolean => Boolean(env.GIAMSAT_TOKEN ?? saved(env).token);

/** As whoever signed in last. Acts that issue a paper ask for the password again. */
export function connect(io: Io): Client {
  return createClient({ baseUrl: baseUrl(io.env), token: tokenOf(io), prove: ({ code }) => askProof(io, code) });
}

export function tokenOf({ env }: Io): string {
  const token = env.GIAMSAT_TOKEN ?? saved(env).token;
  if (token) return token;
  throw new Stop('unreachable', {
    vi: 'Chưa đăng nhập: hãy chạy giamsat login --user TÊN.',
    en: 'Not signed in: run giamsat login --user NAME.',
  });
}

export function save(env: Io['env'], session: Session): void {
  mkdirSync(homeOf(env), { recursive: true });
  writeFileSync(sessionFile(env), JSON.stringify(session), { mode: 0o600 });
  chmodSync(sessionFile(env), 0o600);
}

/** The device stays known to whoever signs in here next. */
export const forgetToken = (env: Io['env']): void => save(env, { device: saved(env).device });

interface Session {
  token?: string | undefined;
  device?: string | undefined;
}

export function saved(env: Io['env']): Session {
  const file = sessionFile(env);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Session) : {};
}
