import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOf } from './engines/process-identity.js';
import { Fault } from './fault.js';
import { lockHome } from './lock.js';

describe('the lock of a home folder', () => {
  const home = mkdtempSync(join(tmpdir(), 'giamsat-lock-'));
  afterAll(() => rmSync(home, { recursive: true }));

  it('keeps a second copy out, in one sentence, until it is given back', () => {
    const unlock = lockHome(home);
    expect(() => lockHome(home)).toThrow(Fault);
    expect(() => lockHome(home)).toThrow(`process ${process.pid}`);
    unlock();
    lockHome(home)();
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 - 1, started: 'long ago' })],
    ['whose process id has gone to another program', JSON.stringify({ pid: process.pid, started: 'long ago' })],
    ['cut short by a full disk', '{"pid":'],
    ['that is empty', ''],
  ])('counts a lock %s for nothing', (_, text) => {
    writeFileSync(join(home, 'starter.lock'), text);
    const unlock = lockHome(home);
    expect(() => lockHome(home)).toThrow(Fault);
    unlock();
    expect(readdirSync(home)).toEqual([]);
  });

  it('holds while its process runs', () => {
    writeFileSync(join(home, 'starter.lock'), JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
    expect(() => lockHome(home)).toThrow(Fault);
    rmSync(join(home, 'starter.lock'));
  });
});
