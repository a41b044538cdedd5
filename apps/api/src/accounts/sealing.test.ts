import { randomBytes } from 'node:crypto';
import { open, seal } from './sealing.js';

describe('a sealed secret', () => {
  const old = { id: 'old', key: randomBytes(32) };
  const now = { id: 'now', key: randomBytes(32) };

  it('opens for its owner, with any of the keys', () => {
    const sealed = seal([old], 'secret', 'a');
    expect(sealed).not.toContain('secret');
    expect(open([now, old], sealed, 'a')).toBe('secret');
    expect(seal([now, old], 'secret', 'a')).toMatch(/^now\./);
  });

  it('opens for nobody else, without no other key, and not when it was changed', () => {
    const sealed = seal([old], 'secret', 'a');
    expect(() => open([old], sealed, 'b')).toThrow();
    expect(() => open([now], sealed, 'a')).toThrow('GIAMSAT_ACCOUNT_KEY');
    expect(() => open([{ ...now, id: 'old' }], sealed, 'a')).toThrow();
    const at = sealed.length - 5;
    const other = sealed[at] === 'A' ? 'B' : 'A';
    expect(() => open([old], sealed.slice(0, at) + other + sealed.slice(at + 1), 'a')).toThrow();
  });
});
