import { jest } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  const work = () => {
    const started: string[] = [];
    const finish: Record<string, () => void> = {};
    const start = (name: string) => () => {
      started.push(name);
      return new Promise<string>((resolve) => (finish[name] = () => resolve(name)));
    };
    return { started, finish, start };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('lets so many work, so many wait in their order, and sends the next away at once', async () => {
    const turns = new Turns(2, 1);
    const { started, finish, start } = work();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => turns.take(start(name)));
    await expect(turns.take(start('d'))).rejects.toMatchObject({ problem: { code: 'BUSY' }, retryAfter: 3 });
    expect(started).toEqual(['a', 'b']);
    finish.a!();
    expect(await a).toBe('a');
    await settled();
    expect(started).toEqual(['a', 'b', 'c']);
    finish.b!();
    finish.c!();
    expect(await Promise.all([b, c])).toEqual(['b', 'c']);
  });

  it('keeps a place empty for as long as its work took, though whoever had it has his answer', async () => {
    jest.useFakeTimers();
    const turns = new Turns(1, 1, 1);
    const { started, finish, start } = work();
    const a = turns.take(start('a'));
    const b = turns.take(start('b'));
    jest.advanceTimersByTime(40);
    finish.a!();
    expect(await a).toBe('a');
    await jest.advanceTimersByTimeAsync(39);
    expect(started).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(1);
    expect(started).toEqual(['a', 'b']);
    finish.b!();
    expect(await b).toBe('b');
    jest.useRealTimers();
  });

  it('gives the place back when the work fails', async () => {
    const turns = new Turns(1, 0);
    await expect(turns.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.take(() => Promise.resolve('yes'))).toBe('yes');
  });
});
