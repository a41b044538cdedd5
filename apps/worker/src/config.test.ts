import { readConfig } from './config.js';

const good = {
  DATABASE_URL_ENGINE: 'postgresql://engine:x@127.0.0.1:5432/giamsat',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
};

describe('settings of the worker', () => {
  it('has a value that works for all that is absent or empty', () => {
    expect(readConfig({ ...good, SMTP_URL: '' })).toMatchObject({
      GIAMSAT_CACHED_WORKFLOWS: 400,
      GIAMSAT_LANGUAGE: 'vi',
    });
  });

  it('names every wrong variable at once and shows no value', () => {
    const wrong = { DATABASE_URL_ENGINE: 'mysql://secret@x', TEMPORAL_ADDRESS: 'nowhere', SMTP_URL: 'ftp://x' };
    expect(() => readConfig(wrong)).toThrow(/DATABASE_URL_ENGINE[^]*TEMPORAL_ADDRESS[^]*SMTP_URL/);
    expect(() => readConfig(wrong)).toThrow(expect.not.stringContaining('secret') as never);
  });

  it('refuses more tasks in flight than half the cache, which would hang the worker', () => {
    expect(() => readConfig({ ...good, GIAMSAT_WORKFLOW_TASKS: '10', GIAMSAT_CACHED_WORKFLOWS: '19' })).toThrow(
      'GIAMSAT_WORKFLOW_TASKS',
    );
    expect(readConfig({ ...good, GIAMSAT_WORKFLOW_TASKS: '10', GIAMSAT_CACHED_WORKFLOWS: '20' })).toBeTruthy();
  });

  it('asks for a key in production', () => {
    expect(() => readConfig({ ...good, NODE_ENV: 'production' })).toThrow('GIAMSAT_PAYLOAD_KEY');
  });
});
