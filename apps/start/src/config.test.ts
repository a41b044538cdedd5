import { readConfig } from './config.js';

describe('the settings of the starter', () => {
  it('have values that work when none is given', () => {
    const config = readConfig({}, '/clone');
    expect(config.GIAMSAT_HOME).toBe('/clone/.giamsat');
    expect(config.DATABASE_URL).toBeUndefined();
    expect(config.TEMPORAL_ADDRESS).toBeUndefined();
  });

  it('count an empty variable as absent', () => {
    expect(readConfig({ GIAMSAT_API_PORT: '', DATABASE_URL: '' }, '/clone').GIAMSAT_API_PORT).toBeUndefined();
  });

  it('name every wrong variable at once, and no value', () => {
    const wrong = {
      GIAMSAT_API_PORT: '70000',
      GIAMSAT_MIN_FREE_MB: 'much',
      TEMPORAL_ADDRESS: 'nowhere',
      DATABASE_URL: 'mysql://secret@host/db',
      DATABASE_URL_APP: 'secret',
    };
    const read = () => readConfig(wrong, '/clone');
    for (const name of Object.keys(wrong)) expect(read).toThrow(`${name}: `);
    expect(read).not.toThrow('secret');
  });
});
