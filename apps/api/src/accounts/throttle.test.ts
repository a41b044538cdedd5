import { Throttle } from './throttle.js';

describe('the throttle', () => {
  const fail = (throttle: Throttle, times: number, login = 'x') => {
    for (let i = 0; i < times; i++) throttle.attempt(login, 0);
  };

  it('lets five go, then doubles the wait up to a quarter of an hour', () => {
    const throttle = new Throttle();
    fail(throttle, 4);
    expect(throttle.wait('x', 0)).toBe(0);
    fail(throttle, 1);
    expect(throttle.wait('x', 0)).toBe(1);
    fail(throttle, 3);
    expect(throttle.wait('X', 0)).toBe(8);
    fail(throttle, 100);
    expect(throttle.wait('x', 0)).toBe(900);
    expect(throttle.wait('x', 899_001)).toBe(1);
    expect(throttle.wait('x', 900_000)).toBe(0);
  });

  it('forgets on success and after an hour, and remembers only so many', () => {
    const throttle = new Throttle();
    fail(throttle, 9);
    throttle.succeed('x');
    expect(throttle.wait('x', 0)).toBe(0);
    fail(throttle, 9);
    for (let i = 0; i < 10_000; i++) throttle.attempt(`other-${i}`, 0);
    expect(throttle.wait('x', 0)).toBe(0);
  });
});
