import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOf } from './engines/process-identity.js';
import { Processes } from './processes.js';

const OBEDIENT = "process.stdout.write('up'); setInterval(() => {}, 1000)";
const DEAF = `process.on('SIGTERM', () => {}); ${OBEDIENT}`;

async function startNode(script: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child.pid as number;
}

describe('the record of running processes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'giamsat-processes-'));
  const file = join(folder, 'processes.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lets the next starter end what a killed one left, deaf processes too', async () => {
    const killed = new Processes(file);
    const pids = [await startNode(OBEDIENT), await startNode(DEAF)];
    killed.add('postgres', pids[0] as number);
    killed.add('api', pids[1] as number);

    expect(await new Processes(file).endOrphans()).toEqual(['postgres', 'api']);
    expect(pids.map(startOf)).toEqual([undefined, undefined]);
    expect(existsSync(file)).toBe(false);
  });

  it('leaves alone a process that only has the number of an old one', async () => {
    const pid = await startNode(OBEDIENT);
    writeFileSync(file, JSON.stringify([{ name: 'worker', pid, started: 'long ago' }]));
    expect(await new Processes(file).endOrphans()).toEqual([]);
    expect(startOf(pid)).toBeDefined();
    process.kill(pid, 'SIGKILL');
  });

  it('is read as empty when it was cut short', async () => {
    writeFileSync(file, '[{"name":"wor');
    expect(await new Processes(file).endOrphans()).toEqual([]);
  });

  it('ends first what stands on others, in whatever order they came up', async () => {
    const order = join(folder, 'order');
    const noted = (name: string) =>
      `process.on('SIGTERM', () => { require('fs').appendFileSync('${order}', '${name} '); process.exit(); }); ${OBEDIENT}`;
    const processes = new Processes(file);
    for (const name of ['worker', 'api', 'temporal'] as const) processes.add(name, await startNode(noted(name)));
    await processes.end();
    expect(readFileSync(order, 'utf8')).toBe('api worker temporal ');
  });
});
