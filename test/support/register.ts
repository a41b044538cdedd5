import { randomUUID } from 'node:crypto';
import type { Client } from '@giamsat/contracts/http';
import { accounts, hashPassword, people } from '@giamsat/database';
import { createWorld, eventually, type World } from './world.js';
import { startWorker } from '../../apps/worker/testing/start.js';
import { createProvince, PASSWORD, type Province } from '../../apps/api/testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../apps/api/testing/start.js';

export const key = (): string => randomUUID();
/** By which the districts end on `CHANGE`. */
export const instrument = { kind: 'QĐ', number: '15-QĐ/TU', date: '2025-06-16' };
export const CHANGE = '2025-07-01';

type Change = Parameters<Client['changeOrganisation']>[0]['body'];

/** Who does what in the launch of a campaign, and whose it is. */
export interface Officers {
  clerk: Client;
  signer: Client;
  coordinator: Client;
  owner: string;
}

/** Code and places of a refusal, as `path CODE`. */
export async function errorsOf(answer: Promise<unknown>): Promise<string[]> {
  const { code, errors } = await problemOf(answer);
  return [code, ...errors.map(({ path, code: of }) => `${path} ${of}`)];
}

/** An invented province behind the doors, and the acts that tests of its register share. */
export interface Register {
  world: World;
  api: RunningApi;
  province: Province;
  coordinator: Client;
  change(body: Change, client?: Client, key?: string): ReturnType<Client['changeOrganisation']>;
  /** An account for somebody of the register, once. */
  signedIn(login: string, code: string): Promise<Client>;
  officers(): Promise<Officers>;
  /** From the document to the standing first wave; the campaign's id. */
  launched(document: object, by: Officers): Promise<string>;
  close(): Promise<void>;
}

/** `runs`: with a worker, so that campaigns can be launched. */
export async function openRegister({ runs }: { runs: boolean }): Promise<Register> {
  const world = await createWorld({ bundle: runs });
  const province = await createProvince(world.owner, 3);
  const worker = runs ? await startWorker(world) : null;
  const api = await startApi(world);
  const coordinator = await api.as('coordinator');
  const clients = new Map<string, Client>();
  return {
    world,
    api,
    province,
    coordinator,
    change: (body, client = coordinator, with_ = key()) => client.changeOrganisation({ key: with_, body }),
    async signedIn(login, code) {
      const known = clients.get(login);
      if (known) return known;
      const person = await people.resolve(world.owner, code);
      const passwordHash = await hashPassword(PASSWORD);
      await accounts.setPassword(world.owner, { personId: person!.id, login, passwordHash });
      const client = await api.as(login);
      clients.set(login, client);
      return client;
    },
    officers: async () => ({
      clerk: await api.as('clerk'),
      signer: await api.as('signer'),
      coordinator,
      owner: 'TU',
    }),
    launched,
    async close() {
      await api.close();
      await worker?.close();
      await world.close();
    },
  };
}

async function launched(document: object, by: Officers): Promise<string> {
  const { id, version, mistakes } = await by.clerk.createCampaign({
    body: { ownerUnit: by.owner, document: document as never },
  });
  expect(mistakes).toEqual([]);
  await by.clerk.issuePlan({ params: { id }, body: { version }, key: key() });
  const { decision } = document as { decision: { date: string; number: string } };
  const dates = { document: decision.date, sent: decision.date, received: decision.date };
  const formed = { type: 'completeStep', step: 'team-formed', outcome: 'issued', dates } as const;
  const paper = { kind: 'QĐ', ...decision };
  await by.clerk.commandCampaign({ params: { id }, key: key(), body: { ...formed, paper } });
  await by.coordinator.commandCampaign({ params: { id }, key: key(), body: { type: 'launchWave', wave: 1 } });
  await eventually(async () => (await by.coordinator.getCampaign({ params: { id } })).waves[0]?.state === 'standing');
  return id;
}
