import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { commandOf, startOf } from './process-identity.js';

describe('the identity of a process', () => {
  it('stays the same while it lives and is gone with it', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const pid = child.pid as number;
    const started = startOf(pid);
    expect(started).toBeDefined();
    expect(startOf(pid)).toBe(started);
    expect(commandOf(pid)).toContain('node');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(startOf(pid)).toBeUndefined();
  });
});
