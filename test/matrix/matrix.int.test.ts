import { randomUUID } from 'node:crypto';
import { KEY_HEADER, PREFIX, type RouteName, ROUTES, type RouteSpec } from '@giamsat/contracts/http';
import { dataConverter } from '@giamsat/contracts/temporal';
import { watch } from '@giamsat/database';
import { unitOffices } from '@giamsat/procedure/source';
import { defaultPayloadConverter } from '@temporalio/common';
import { type RunningApi, startApi } from '../../apps/api/testing/start.js';
import { planningOffices } from '../../apps/api/src/rights/parties.js';
import { createWorld, type World } from '../support/world.js';
import { isAuditor, type Place, type Province, type Somebody, TwoProvinces } from './two-provinces.js';

/** Routes that end the session they are asked with, or make one. */
const OF_SESSIONS: RouteName[] = ['login', 'logout'];
/** Lists whoever plans must be able to choose from; they name units and people and say nothing of cases. */
const DIRECTORY: RouteName[] = ['listUnits', 'listPeople', 'getTree'];
const PARTIES_OF_TEAM = 'team';
/** One for all: what is not yours and what does not exist are then alike to the byte. */
const REQUEST_ID = randomUUID();
const FAULTS = [500, 502, 504];

const sorted = (items: { of: string }[]) => items.toSorted((x, y) => x.of.localeCompare(y.of));

/** Bodies that reach the handler; where there is none the door refuses the shape, after it has looked at the rights. */
const BODIES: Partial<Record<RouteName, unknown>> = {
  commandCase: { type: 'resume' },
  commandCampaign: { type: 'closeCampaign' },
  previewCase: { type: 'resume' },
  previewCampaign: { type: 'applyProcedure', procedure: 'vn-party-supervision@2022' },
  checkNotice: { text: 'THÔNG BÁO' },
  checkCampaign: { document: {} },
  saveDraft: { version: 1, document: {} },
  issuePlan: { version: 1 },
};

/** A payload of a case as it lies in Temporal, as its remote codec protocol carries it. */
async function sealed(keys: string, id: string) {
  let payloads = [defaultPayloadConverter.toPayload({ id })];
  const context = { type: 'workflow' as const, namespace: 'default', workflowId: `case/${id}` };
  for (const codec of dataConverter(keys).payloadCodecs ?? []) payloads = await codec.encode(payloads, context);
  const { metadata, data } = payloads[0]!;
  const base64 = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('base64');
  const written = Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)]));
  return { id, payload: { metadata: written, data: base64(data) } };
}

interface Answer {
  status: number;
  headers: [string, string][];
  text: string;
}

describe('every door, for everybody, at everything', () => {
  let world: World;
  let api: RunningApi;
  let a: Province;
  let b: Province;
  let everybody: Somebody[];
  let nobody: Somebody;
  let made: TwoProvinces;
  /** of every answer that was a no: who, at which door, and what it has to be on record as */
  const noes: string[] = [];

  beforeAll(async () => {
    world = await createWorld({ bundle: false });
    made = new TwoProvinces(world.owner, world.engine);
    const top = await made.top();
    [a, b] = [await made.province('a', top), await made.province('b', top)];
    nobody = await made.somebody('nobody');
    const administrator = await made.somebody('administrator', 'administrator');
    await made.grant(administrator, { unit: top });
    everybody = [
      administrator,
      ...a.people,
      ...b.people.filter(({ office }) => ['coordinator', 'unit-head'].includes(office!)),
      nobody,
    ];
    api = await startApi(world, { answerWithinMs: 20 });
  }, 240_000);
  afterAll(async () => {
    await api?.close();
    await world?.close();
  });

  const cases = () => [a, b].flatMap((province) => province.places.map((place) => ({ province, place })));

  /** The rule of domain.md §2, written down once more and on purpose not as the application has it. */
  function reaches({ office, province, unit }: Somebody, target: { province: Province; place?: Place }): boolean {
    if (office === null || province !== target.province) return false;
    if (unitOffices().includes(office)) return target.place !== undefined && target.place === unit;
    return target.place !== undefined || made.procedure.offices[office] !== PARTIES_OF_TEAM;
  }

  const plans = ({ office }: Somebody): boolean => office !== null && planningOffices().includes(office);

  /** Words this person must never read, whatever he asks for. */
  function forbidden(who: Somebody, route: RouteName): string[] {
    const isDirectory =
      (DIRECTORY.includes(route) && plans(who)) || (route === 'listAccounts' && who.office === 'administrator');
    const ofPlaces = cases().flatMap(({ province, place }) =>
      reaches(who, { province, place }) ? [] : isDirectory ? [place.words[1]!] : place.words,
    );
    const ofProvinces = [a, b].filter((province) => province !== who.province);
    const titles = ofProvinces.flatMap(({ words }) => (isDirectory ? [words[1]!] : words));
    const persons = [...made.names].flatMap(([word, person]) => {
      const isOwn =
        person === who.person ||
        (who.province?.people.some((each) => each.person === person && each.unit === null) ?? false);
      const isHis =
        who.unit !== null && who.province?.people.some((each) => each.person === person && each.unit === who.unit);
      const isInside =
        who.office !== null &&
        who.unit === null &&
        who.province?.people.some((each) => each.person === person) === true;
      // Who tried the doors of a case is what an auditor is there to see.
      const isTrace = route === 'listCaseAccess' && isAuditor(who);
      return isOwn || isHis || isInside || isDirectory || isTrace ? [] : [word];
    });
    // A measure is told to units with the conclusion, to the one that owes it as well.
    const measures = [a, b].filter((province) => who.unit || !reaches(who, { province, place: province.places[0]! }));
    return [...ofPlaces, ...titles, ...persons, ...measures.map(({ measure }) => measure)];
  }

  async function ask(who: Somebody | null, name: RouteName, id = '', query = ''): Promise<Answer> {
    const route: RouteSpec = ROUTES[name];
    const path = route.path.replace(/:\w+/g, id || 'nothing');
    const sends = route.body !== undefined;
    const answer = await fetch(`${api.url}${PREFIX}${path}${query}`, {
      method: route.method,
      headers: {
        'x-request-id': REQUEST_ID,
        ...(who && { authorization: `Bearer ${who.token}` }),
        ...(route.keyed && { [KEY_HEADER]: randomUUID() }),
        ...(sends && { 'content-type': 'application/json' }),
      },
      ...(sends && { body: JSON.stringify(BODIES[name] ?? {}) }),
    });
    const headers = [...answer.headers].filter(([header]) => !['date', 'keep-alive'].includes(header)).sort();
    const given = { status: answer.status, headers, text: await answer.text() };
    if (who) noes.push(...noOf(who, route, given));
    return given;
  }

  /** Whoever was turned away, and whose command was refused; a question in a wrong shape is no attempt at anything. */
  function noOf({ person }: Somebody, { method, path }: RouteSpec, { status, text }: Answer): string[] {
    if (status < 400 || status >= 500 || (method === 'GET' && status !== 404)) return [];
    const { code } = JSON.parse(text) as { code: string };
    return [`${person} ${method} ${path} ${status === 404 ? 'denied' : `refused ${code}`}`];
  }

  function check(who: Somebody, name: RouteName, answer: Answer): void {
    const read = forbidden(who, name).filter((word) => answer.text.toLowerCase().includes(word.toLowerCase()));
    expect({ who: who.name, name, read }).toEqual({ who: who.name, name, read: [] });
    const fault = FAULTS.includes(answer.status) ? answer : null;
    expect({ who: who.name, name, fault }).toEqual({ who: who.name, name, fault: null });
  }

  const routes = (Object.keys(ROUTES) as RouteName[]).filter((name) => !OF_SESSIONS.includes(name));
  const about = (access: RouteSpec['access']) => routes.filter((name) => (ROUTES[name] as RouteSpec).access === access);

  it.each(['case', 'campaign'] as const)(
    '%s: own, of another unit, of another campaign, of nobody',
    async (access) => {
      const targets =
        access === 'case'
          ? cases().map((target) => ({ id: target.place.caseId, ...target }))
          : [a, b].map((province) => ({ id: province.campaign, province }));
      const tries = everybody.map(async (who) => {
        for (const name of about(access)) {
          const absent = await ask(who, name, randomUUID());
          expect({ who: who.name, name, status: absent.status }).toEqual({ who: who.name, name, status: 404 });
          for (const { id, ...target } of targets) {
            const answer = await ask(who, name, id);
            check(who, name, answer);
            // Of a route that names a second thing, that one is not there.
            const isNamed = (ROUTES[name].path.match(/:\w+/g) ?? []).length === 1;
            if (reaches(who, target) && isNamed)
              expect({ who: who.name, name, status: answer.status }).not.toMatchObject({ status: 404 });
            else if (!reaches(who, target))
              expect({ who: who.name, name, answer }).toEqual({ who: who.name, name, answer: absent });
          }
        }
      });
      await Promise.all(tries);
    },
    180_000,
  );

  it('lists and the rest: only what is one’s own, whatever else is asked for', async () => {
    const others = [...about('person'), ...about('planner'), ...about('administrator'), ...about('everybody')];
    const ofSomebody = a.people
      .filter(({ office }) => ['team-head', 'unit-head', 'coordinator'].includes(office!))
      .map(({ person }) => `?of=${person}`);
    for (const who of everybody) {
      for (const name of others) check(who, name, await ask(who, name, randomUUID()));
      for (const of of ofSomebody) check(who, 'listDuties', await ask(who, 'listDuties', '', of));
    }
    for (const name of about('planner')) expect((await ask(nobody, name, randomUUID())).status).toBe(404);
  }, 180_000);

  it('shuts out a stranger before anything else is looked at', async () => {
    for (const name of routes) {
      if ((ROUTES[name] as RouteSpec).access === 'everybody') continue;
      const [there, absent] = [await ask(null, name, a.places[0]!.caseId), await ask(null, name, randomUUID())];
      expect({ name, status: there.status, answer: there }).toEqual({ name, status: 401, answer: absent });
    }
  });

  it('shows somebody what is his: the words are there to be found', async () => {
    const by = (office: string, place?: Place) =>
      a.people.find((each) => each.office === office && each.unit === (place ?? null))!;
    const [place] = a.places;
    const own = await ask(by('team-head'), 'getCase', place!.caseId);
    for (const word of [...place!.words, a.words[1]!]) expect(own.text).toContain(word);
    expect((await ask(by('unit-head', place), 'getCase', place!.caseId)).text).toContain(place!.words[0]);
    expect((await ask(by('coordinator'), 'getBoard', a.campaign)).text).toContain(a.places[1]!.words[0]);
    expect((await ask(by('auditor'), 'getCase', place!.caseId)).text).toContain(place!.words[1]);
    expect((await ask(by('team-head'), 'getCase', place!.caseId)).text).toContain(a.measure);
    expect((await ask(by('coordinator'), 'listUnits')).text).toContain(b.places[0]!.words[0]);
  });

  it('goes on board and lists by the procedure that is pinned in the case, whatever is shipped under its name', async () => {
    const [one, two] = a.places;
    const coordinator = a.people.find(({ office }) => office === 'coordinator')!;
    const open = async (name: RouteName, query = '') => {
      const { items } = JSON.parse((await ask(coordinator, name, a.campaign, query)).text) as { items: object[] };
      return [one!, two!].map(({ caseId }) =>
        JSON.stringify(items.filter((item) => JSON.stringify(item).includes(caseId))).includes('outline-prepared'),
      );
    };
    const both = async () => [await open('getBoard'), await open('listDuties', '?all=true')];
    expect(await both()).toEqual([
      [true, true],
      [true, true],
    ]);
    await pinned(one!.caseId, `jsonb_set(data, ARRAY['data', 'procedure', 'steps', n::text, 'readers'], '["team"]')`);
    expect(await both()).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  /** Another procedure in the opening of a case, as if a file of the body's own had been pinned; n = its outline-prepared. */
  const pinned = (caseId: string, data: string) =>
    world.owner.transaction(async (manager) => {
      await manager.query(`SET LOCAL session_replication_role = replica`);
      const sql = `UPDATE ledger SET data = ${data} FROM generate_series(0, 50) AS n WHERE stream_id = $1 AND seq = 1
        AND data->'data'->'procedure'->'steps'->n->>'id' = 'outline-prepared'`;
      await manager.query(sql, [caseId]);
    });

  it('shows an alarm to whoever reaches the whole campaign, and its id alone to an administrator', async () => {
    const unheard = ({ caseId }: Place) => ({ alarm: 'act-unheard', scope: 'case', of: caseId });
    for (const { place } of cases()) await watch.raise(world.engine, 'act-unheard', { kind: 'case', id: place.caseId });
    for (const { campaign } of [a, b]) await watch.raise(world.engine, 'forged', { kind: 'campaign', id: campaign });
    const forged = ({ campaign }: Province) => ({ alarm: 'forged', scope: 'campaign', of: campaign });
    const all = [a, b].flatMap((province) => [...province.places.map(unheard), forged(province)]);
    const foreign = JSON.parse((await ask(b.people[0]!, 'listAlarms')).text) as { items: { id: string }[] };
    for (const who of everybody) {
      const answer = await ask(who, 'listAlarms');
      check(who, 'listAlarms', answer);
      const { items } = JSON.parse(answer.text) as { items: (ReturnType<typeof unheard> & { id: string })[] };
      const isOutside =
        who.office === null || made.procedure.offices[who.office] === PARTIES_OF_TEAM || who.unit !== null;
      const isOne = who.office === 'administrator';
      const own = isOne ? all : isOutside ? [] : [...who.province!.places.map(unheard), forged(who.province!)];
      const seen = items.map(({ alarm, scope, of }) => ({ alarm, scope, of }));
      expect({ who: who.name, seen: sorted(seen) }).toEqual({ who: who.name, seen: sorted(own) });
      if (who.province === b || isOne) continue;
      // What is not his and what does not exist.
      const [absent, other] = [
        await ask(who, 'clearAlarm', randomUUID()),
        await ask(who, 'clearAlarm', foreign.items[0]!.id),
      ];
      expect({ who: who.name, answer: other }).toEqual({ who: who.name, answer: absent });
      if (own.length > 0 && who.office !== 'coordinator')
        expect((await ask(who, 'clearAlarm', items[0]!.id)).status).toBe(409);
    }
    const coordinator = a.people.find(({ office }) => office === 'coordinator')!;
    const [first] = (JSON.parse((await ask(coordinator, 'listAlarms')).text) as typeof foreign).items;
    expect((await ask(coordinator, 'clearAlarm', first!.id)).status).toBe(200);
    expect((await ask(coordinator, 'listAlarms')).text).not.toContain(first!.id);
    expect((await ask(coordinator, 'clearAlarm', first!.id)).status).toBe(404);
  });

  describe('what is put on record', () => {
    const trail = (
      who: Somebody,
    ): Promise<{ act: string; outcome: string; capacity: string; case_id: string | null }[]> =>
      world.owner.query(
        `SELECT act, outcome, capacity, case_id FROM access_log WHERE person_id = $1 ORDER BY id DESC LIMIT 1`,
        [who.person],
      );
    const head = () => a.people.find(({ office, unit }) => office === 'unit-head' && unit === a.places[0])!;

    it('names who read, was turned away or was refused, on what ground, and no word of it', async () => {
      const [own, other] = [a.places[0]!.caseId, a.places[1]!.caseId];
      const last = async (name: RouteName, id: string) => (await ask(head(), name, id), (await trail(head()))[0]);
      expect(await last('getCase', own)).toEqual({
        act: 'GET /cases/:id',
        outcome: 'read',
        capacity: 'unit-head',
        case_id: own,
      });
      expect(await last('getCase', other)).toEqual({
        act: 'GET /cases/:id',
        outcome: 'denied',
        capacity: '',
        case_id: other,
      });
      expect(await last('commandCase', own)).toMatchObject({ outcome: 'refused', capacity: 'unit-head', case_id: own });
      const log = JSON.stringify(await world.owner.query('SELECT * FROM access_log')).toLowerCase();
      for (const word of [...made.names.keys(), ...a.words, ...a.places.flatMap(({ words }) => words)])
        expect(log).not.toContain(word.toLowerCase());
    });

    it('is read by the auditor of the campaign, and of others by each his own', async () => {
      const [own, stranger] = [a.places[0]!.caseId, b.people.find(({ office }) => office === 'unit-head')!];
      await ask(stranger, 'getCase', own);
      await ask(head(), 'getCase', own);
      const auditor = a.people.find(isAuditor)!;
      const seen = async (who: Somebody) => {
        const { items } = JSON.parse((await ask(who, 'listCaseAccess', own)).text) as {
          items: { person: { id: string }; outcome: string }[];
        };
        return items.map(({ person, outcome }) => `${person.id} ${outcome}`);
      };
      expect(await seen(auditor)).toEqual(
        expect.arrayContaining([`${stranger.person} denied`, `${head().person} read`, `${auditor.person} read`]),
      );
      expect(new Set((await seen(head())).map((trace) => trace.split(' ')[0]))).toEqual(new Set([head().person]));
    });

    it('names the administrator who opened what Temporal stores of a case', async () => {
      const administrator = everybody.find(({ office }) => office === 'administrator')!;
      const { id, payload } = await sealed(world.environment.GIAMSAT_PAYLOAD_KEY!, a.places[0]!.caseId);
      const body = JSON.stringify({ payloads: [payload] });
      const answer = await fetch(`${api.url}${PREFIX}/codec/decode`, {
        method: 'POST',
        headers: { authorization: `Bearer ${administrator.token}`, 'content-type': 'application/json' },
        body,
      });
      const { payloads } = (await answer.json()) as { payloads: { data: string }[] };
      expect(JSON.parse(Buffer.from(payloads[0]!.data, 'base64').toString())).toEqual({ id });
      expect((await trail(administrator))[0]).toMatchObject({
        act: 'POST /codec/decode',
        outcome: 'read',
        case_id: id,
      });
    });

    it('is every no that was said to anybody here, once', async () => {
      const rows = await world.owner.query<{ trace: string }[]>(
        `SELECT concat_ws(' ', person_id, act, outcome, code) AS trace FROM access_log WHERE outcome <> 'read'`,
      );
      expect(rows.map(({ trace }) => trace).sort()).toEqual(noes.toSorted());
      expect(new Set(noes.map((no) => no.split(' ').slice(1, 3).join(' '))).size).toBeGreaterThan(30);
    });

    it('tells of a refused alarm which case it was of, and on what ground it was tried', async () => {
      const who = a.people.find(isAuditor)!;
      const { items } = JSON.parse((await ask(who, 'listAlarms')).text) as { items: { id: string; of: string }[] };
      const [alarm] = items.filter(({ of }) => a.places.some(({ caseId }) => caseId === of));
      expect((await ask(who, 'clearAlarm', alarm!.id)).status).toBe(409);
      expect((await trail(who))[0]).toEqual({
        act: 'POST /alarms/:id/clear',
        outcome: 'refused',
        capacity: who.office,
        case_id: alarm!.of,
      });
    });

    it('refuses to show what it cannot write down', async () => {
      await world.owner.query('REVOKE INSERT ON access_log FROM app');
      try {
        const answer = await ask(head(), 'getCase', a.places[0]!.caseId);
        expect(answer.status).toBe(500);
        for (const word of a.places[0]!.words) expect(answer.text).not.toContain(word);
      } finally {
        await world.owner.query('GRANT INSERT ON access_log TO app');
      }
    });
  });
});
