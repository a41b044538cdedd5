import { Socket } from 'node:net';
import { jest } from '@jest/globals';
import { createWorld, type World } from '../../../../test/support/world.js';
import { createProvince } from '../../testing/province.js';
import { type RunningApi, startApi } from '../../testing/start.js';

describe('what the api connects to', () => {
  let world: World;
  let api: RunningApi;
  const connect = jest.spyOn(Socket.prototype, 'connect');

  beforeAll(async () => {
    world = await createWorld();
    await createProvince(world.owner, 1);
    connect.mockClear();
    api = await startApi(world);
  });
  afterAll(async () => {
    connect.mockRestore();
    await api?.close();
    await world?.close();
  });

  /** Every way of Node's that leads out goes through a socket's `connect`, with a port and a host or with options. */
  const reached = (): string[] =>
    connect.mock.calls.map((call) => {
      const [first, second] = (Array.isArray(call[0]) ? call[0] : call) as unknown[];
      const { host, port } =
        typeof first === 'object' ? (first as { host: string; port: number }) : { host: second, port: first };
      return `${host as string}:${port as number}`;
    });

  it('is the database and the Temporal server it was told of, whatever is asked of it, and nothing else', async () => {
    const clerk = await api.as('clerk');
    await Promise.all([clerk.me(), clerk.listCampaigns(), clerk.listDuties(), clerk.listProcedures()]);
    for (const path of ['/readyz', '/api/openapi.json', '/api/docs']) await fetch(api.url + path);
    const { DATABASE_URL_APP, TEMPORAL_ADDRESS } = world.environment;
    const database = new URL(DATABASE_URL_APP!).host;
    // The test itself calls the api.
    const told = [database, TEMPORAL_ADDRESS!, new URL(api.url).host];
    expect(reached().filter((address) => !told.includes(address))).toEqual([]);
    expect(reached()).toContain(database);
  });
});
