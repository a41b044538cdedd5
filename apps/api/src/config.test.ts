import { asksSigners, readConfig } from './config.js';

const right = { DATABASE_URL_APP: 'postgres://app:secret@127.0.0.1/giamsat', TEMPORAL_ADDRESS: '127.0.0.1:7233' };

describe('the settings', () => {
  it('need two addresses and know the rest themselves', () => {
    expect(readConfig(right)).toMatchObject({ GIAMSAT_API_PORT: 4600, NODE_ENV: 'development' });
    expect(readConfig({ ...right, GIAMSAT_API_HOST: '' }).GIAMSAT_API_HOST).toBeUndefined();
  });

  it('are all named when they are wrong, none with its value', () => {
    const wrong = {
      DATABASE_URL_APP: 'mysql://secret',
      TEMPORAL_ADDRESS: 'nowhere',
      GIAMSAT_API_PORT: '70000',
      GIAMSAT_SESSION_MINUTES: '0',
    };
    expect(() => readConfig(wrong)).toThrow(
      /DATABASE_URL_APP[^]*TEMPORAL_ADDRESS[^]*GIAMSAT_API_PORT[^]*GIAMSAT_SESSION_MINUTES/,
    );
    expect(() => readConfig(wrong)).not.toThrow(/secret/);
  });

  it('ask for the keys in production, where signers have a second factor unless told otherwise', () => {
    const production = { ...right, NODE_ENV: 'production' };
    expect(() => readConfig(production)).toThrow(/GIAMSAT_PAYLOAD_KEY[^]*GIAMSAT_ATTEST_KEY[^]*GIAMSAT_ACCOUNT_KEY/);
    const key = `a:${Buffer.alloc(32).toString('base64')}`;
    const keys = { GIAMSAT_PAYLOAD_KEY: key, GIAMSAT_ACCOUNT_KEY: key, GIAMSAT_ATTEST_KEY: key };
    const complete = readConfig({ ...production, ...keys });
    expect(asksSigners(complete)).toBe(true);
    expect(asksSigners({ ...complete, GIAMSAT_SECOND_FACTOR: 'off' })).toBe(false);
    expect(asksSigners(readConfig(right))).toBe(false);
    expect(() => readConfig({ ...right, GIAMSAT_SECOND_FACTOR: 'signers' })).toThrow('GIAMSAT_ACCOUNT_KEY');
  });
});
