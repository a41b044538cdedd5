import type { outbox } from '@giamsat/database';
import { withinLimit, type Bundle } from './addressee.js';

const bundle = (person: string, count: number): Bundle => ({
  to: { person, name: person, address: `${person}@example.vn` },
  notices: Array.from({ length: count }, (_, i) => ({ id: `${person}${i}` }) as outbox.Notice),
  owing: {},
});
const sizes = (bundles: Bundle[]) => bundles.map(({ to, notices }) => [to!.person, notices.length]);

it('takes whole letters up to the limit, and lets a letter that does not fit wait for the next batch', () => {
  expect(sizes(withinLimit([bundle('a', 60), bundle('b', 50), bundle('c', 40)], 100))).toEqual([
    ['a', 60],
    ['c', 40],
  ]);
});

it('cuts only a letter that is longer than the limit alone, and then sends nothing else', () => {
  expect(sizes(withinLimit([bundle('a', 250), bundle('b', 1)], 100))).toEqual([['a', 100]]);
  expect(withinLimit([], 100)).toEqual([]);
});
