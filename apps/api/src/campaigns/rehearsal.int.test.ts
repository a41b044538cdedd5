import { randomUUID } from 'node:crypto';
import type { Client } from '@giamsat/contracts/http';
import { createWorld, type World } from '../../../../test/support/world.js';
import { createProvince, documentOf, type Province } from '../../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

const today = new Clock().today();
const LATE = { kind: 'late', days: 8 } as const;

describe('a rehearsal of a stored plan', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;
  let clerk: Client;

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 2);
    api = await startApi(world);
    clerk = await api.as('clerk');
  });
  afterAll(async () => {
    await api?.close();
    await world?.close();
  });

  const drafted = (change: Parameters<typeof documentOf>[2] = {}) => {
    const document = documentOf(province, today, change) as Record<string, unknown>;
    return clerk.createCampaign({ body: { ownerUnit: 'TU', document } });
  };
  const rehearse = (id: string, body: Parameters<Client['rehearseCampaign']>[0]['body'] = {}, by = clerk) =>
    by.rehearseCampaign({ params: { id }, body });
  const isFresh = async (id: string) => (await clerk.getCampaign({ params: { id } })).rehearsal?.fresh;

  it('says what the weeks ask of each party, who gets how many letters, and keeps it with the revision', async () => {
    const { id, version } = await drafted();
    expect(await isFresh(id)).toBeUndefined();
    const held = await rehearse(id, { behaviour: LATE });
    expect(held).toMatchObject({
      version,
      fresh: true,
      behaviour: LATE,
      from: today,
      cases: 2,
      closed: 2,
      unreached: 0,
    });
    expect(held.by.name).toBe('Người clerk');
    expect(held.late).toBeGreaterThan(0);
    const parties = new Set(held.report.weeks.flatMap(({ acts }) => Object.keys(acts)));
    expect([...parties]).toEqual(expect.arrayContaining(['team', 'unit']));
    const letters = Object.entries(held.report.letters).map(([person, n]) => [held.people[person], n > 0]);
    expect(letters).toEqual(
      expect.arrayContaining([
        ['Người leader', true],
        ['Người contact-1', true],
      ]),
    );
    expect(await clerk.getRehearsal({ params: { id, rehearsal: held.id } })).toEqual(held);
    const { items } = await clerk.listRehearsals({ params: { id } });
    expect(items).toMatchObject([{ id: held.id, fresh: true }]);
  });

  it('repeats itself for a seed', async () => {
    const { id } = await drafted();
    const [one, two, other] = [
      await rehearse(id, { behaviour: { kind: 'random', seed: 7 } }),
      await rehearse(id, { behaviour: { kind: 'random', seed: 7 } }),
      await rehearse(id, { behaviour: { kind: 'random', seed: 8 } }),
    ];
    expect(two.report).toEqual(one.report);
    expect(other.report).not.toEqual(one.report);
  });

  it('goes stale when the draft is edited, and is fresh again for whoever plays the new one', async () => {
    const { id, version, document } = await drafted();
    await rehearse(id);
    const plan = { ...(document.plan as object), dates: { 'self-report': { on: '2030-02-11', kind: 'by' } } };
    await clerk.saveDraft({ params: { id }, body: { version, document: { ...document, plan } } });
    expect(await isFresh(id)).toBe(false);
    const again = await rehearse(id);
    expect(again.version).toBe(version + 1);
    const { items } = await clerk.listRehearsals({ params: { id } });
    expect(items.map(({ fresh }) => fresh)).toEqual([true, false]);
  });

  it('stays fresh when the plan is issued as it was played, and comes to the same', async () => {
    const { id, version } = await drafted();
    const before = await rehearse(id, { behaviour: LATE });
    await clerk.issuePlan({ params: { id }, body: { version }, key: randomUUID() });
    expect(await isFresh(id)).toBe(true);
    expect((await rehearse(id, { behaviour: LATE })).report).toEqual(before.report);
  });

  it('names the notices that would reach nobody', async () => {
    await world.owner.query('UPDATE office_holder SET revoked_at = now() WHERE id = $1', [province.grant['contact-2']]);
    const { id } = await drafted();
    const held = await rehearse(id, { behaviour: LATE });
    await world.owner.query('UPDATE office_holder SET revoked_at = NULL');
    expect(held.report.unreached.length).toBeGreaterThan(0);
    expect(new Set(held.report.unreached.map(({ unit }) => held.units[unit]?.symbol))).toEqual(new Set(['XA-2']));
  });

  it('writes its report and nothing else but that a request was made', async () => {
    const { id } = await drafted();
    const { rehearsal: _, pace: _before, ...before } = await contents();
    await rehearse(id, { behaviour: LATE });
    const { rehearsal, pace: _after, ...after } = await contents();
    expect(after).toEqual(before);
    expect(rehearsal).toContain(id);
  });

  it('is refused with all that is wrong, and to whoever plans nothing here', async () => {
    const wrong = await drafted({ level: 'galaxy', subjects: [{ unit: 'nowhere', team: 'D1' }] });
    const problem = await problemOf(rehearse(wrong.id));
    expect(problem.errors.map(({ path }) => path).sort()).toEqual(['level', 'subjects.0.unit']);
    const { id } = await drafted();
    expect((await problemOf(rehearse(id, {}, await api.as('head-1')))).code).toBe('NOT_FOUND');
    const early = rehearse(id, { from: '2026-02-30' });
    expect((await problemOf(early)).errors).toMatchObject([{ path: 'from' }]);
    expect((await clerk.listRehearsals({ params: { id } })).items).toEqual([]);
  });

  /** All that every table holds, except who is signed in and who looked at what. */
  const contents = async (): Promise<Record<string, string>> => {
    const tables: { name: string }[] = await world.owner.query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT IN ('session', 'access_log')`,
    );
    const told = tables.map(async ({ name }) => {
      const [row]: { all: string }[] = await world.owner.query(
        `SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') AS all FROM ${name} AS t`,
      );
      return [name, row?.all ?? ''] as const;
    });
    return Object.fromEntries(await Promise.all(told));
  };
});
