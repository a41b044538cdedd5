import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..', '..');

/** The whole installation with its demo, as `npm start` brings it up, in a folder of its own that is gone afterwards. */
export class Installation {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly starter: ChildProcess,
  ) {}

  /** @throws Error with what the starter said, when it does not come up */
  static async start(): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), 'giamsat-fuzz-'));
    const env = {
      ...process.env,
      GIAMSAT_CACHE: process.env.GIAMSAT_CACHE ?? join(ROOT, '.giamsat', 'bin'),
      GIAMSAT_HOME: folder,
      // What is tried is what the doors answer, not how often they may be asked.
      GIAMSAT_REQUESTS_PER_MINUTE: '1000000',
    };
    const starter = spawn(process.execPath, [join(ROOT, 'apps', 'start', 'dist', 'main.js')], { env });
    const said: string[] = [];
    for await (const line of createInterface({ input: starter.stdout })) {
      said.push(line);
      const url = /(http:\/\/\S+)\/api\/docs/.exec(line)?.[1];
      if (url) {
        starter.stdout.resume();
        return new Installation(url, folder, starter);
      }
    }
    await rm(folder, { recursive: true, force: true });
    throw new Error(said.join('\n'));
  }

  async stop(): Promise<void> {
    const ended = once(this.starter, 'exit');
    this.starter.kill('SIGTERM');
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}
