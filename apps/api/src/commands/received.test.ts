import { bodyHash, newCommandId, receivedAt } from './received.js';
import { refuseSecrets } from './secrets.js';

describe('what is received', () => {
  it('is dated by its id, to the millisecond', () => {
    const at = '2026-11-23T01:02:03.456Z';
    expect(receivedAt(newCommandId(at))).toBe(at);
    expect(newCommandId(at)).not.toBe(newCommandId(at));
  });

  it('is the same request in any order of its fields, and another with any other value', () => {
    expect(bodyHash({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(bodyHash({ b: [{ d: 3, c: 2 }], a: 1 }));
    expect(bodyHash({ a: [1, 2] })).not.toBe(bodyHash({ a: [2, 1] }));
  });
});

describe('state secrets', () => {
  it.each([
    [{ paper: { marking: 'mat' } }],
    [{ nested: [{ instrument: { marking: 'tuyet-mat' } }] }],
    [{ reason: 'TỐI MẬT\nNội dung' }],
    [{ text: 'Kính gửi\n  Mật  \n…' }],
    [{ text: 'MẬT'.normalize('NFD') }],
  ])('are refused wherever they stand: %j', (body) => {
    expect(() => refuseSecrets(body)).toThrow('PAPER_SECRET');
  });

  it.each([[{ reason: 'Giữ bí mật nguồn tin' }], [{ text: 'mật ong' }], [{ paper: { number: '1-QĐ/TU' } }]])(
    'are not seen where there are none: %j',
    (body) => {
      expect(() => refuseSecrets(body)).not.toThrow();
    },
  );
});
