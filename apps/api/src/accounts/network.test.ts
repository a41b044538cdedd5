import { networkOf } from './network.js';

const of = (ip: string) => networkOf({ ip });

describe('the network of a request', () => {
  it('is an address of IPv4, however it is written', () => {
    expect(of('::ffff:10.1.2.3')).toBe(of('10.1.2.3'));
    expect(of('10.1.2.3')).not.toBe(of('10.1.2.4'));
    expect(of('10.1.2.3')).not.toContain('10.1.2.3');
  });

  it('is the first half of an address of IPv6', () => {
    expect(of('2001:db8:1:2::1')).toBe(of('2001:0db8:0001:0002:ffff:1:2:3'));
    expect(of('2001:db8::5')).toBe(of('2001:db8:0:0:9::1'));
    expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'));
  });
});
