import { Pace } from './pace.js';

describe('the pace of a session', () => {
  const pace = () => new Pace({ GIAMSAT_REQUESTS_PER_MINUTE: 3 });

  it("lets a minute's worth go at once, then one at a time", () => {
    const limited = pace();
    for (let i = 0; i < 3; i++) limited.take('a', 0);
    expect(() => limited.take('a', 0)).toThrow('TOO_MANY');
    expect(() => limited.take('a', 10_000)).toThrow(expect.objectContaining({ retryAfter: 10 }) as Error);
    limited.take('a', 20_001);
    expect(() => limited.take('a', 20_002)).toThrow('TOO_MANY');
  });

  it('is one for each session', () => {
    const limited = pace();
    for (let i = 0; i < 3; i++) limited.take('a', 0);
    limited.take('b', 0);
  });
});
