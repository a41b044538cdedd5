import { readConfig } from './config.js';

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

  it('ask for a key to the payloads in production', () => {
    expect(() => readConfig({ ...right, NODE_ENV: 'production' })).toThrow('GIAMSAT_PAYLOAD_KEY');
  });
});
