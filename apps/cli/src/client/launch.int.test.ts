import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseWorkflowId } from '@giamsat/contracts/workflow';
import { createProvince, documentOf, PASSWORD, type Province } from '../../../api/testing/province.js';
import { startApi, type RunningApi } from '../../../api/testing/start.js';
import type { INestApplicationContext } from '@nestjs/common';
import { startWorker } from '../../../worker/testing/start.js';
import { createWorld, eventually, type World } from '../../../../test/support/world.js';
import { giamsat } from '../cli/testing.js';
import { today } from '../cli/when.js';

/** A campaign of three invented communes from a file to its board, with the commands that people type. */
describe('a campaign from a file', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;
  let worker: INestApplicationContext;
  let home: string;
  let env: Record<string, string>;
  let plan: string;
  let campaign: string;
  let cases: string[];

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 3);
    worker = await startWorker(world);
    api = await startApi(world);
    home = mkdtempSync(join(tmpdir(), 'cli-launch-'));
    env = { GIAMSAT_HOME: home, GIAMSAT_API: api.url, GIAMSAT_PASSWORD: PASSWORD };
    plan = fileOf('plan.yaml');
  });
  afterAll(async () => {
    await api?.close();
    await worker?.close();
    await world?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const fileOf = (name: string, change: Parameters<typeof documentOf>[2] = {}): string => {
    const path = join(home, name);
    writeFileSync(path, JSON.stringify(documentOf(province, today(), change), null, 2));
    return path;
  };
  const run = (...line: string[]) => giamsat(line, env);
  const as = async (login: string, ...line: string[]) => {
    const signedIn = await run('login', '--user', login, '--password', PASSWORD);
    expect(signedIn).toMatchObject({ code: 0 });
    return line.length > 0 ? run(...line) : signedIn;
  };
  const json = <T>({ out }: { out: string }): T => JSON.parse(out) as T;

  it('is launched by one command that each office runs for its part; what is done is not done again', async () => {
    const coordinator = await as('coordinator', 'campaign', 'launch', plan);
    expect(coordinator).toMatchObject({ code: 1, out: '' });
    expect(coordinator.err).toContain('thuộc chức trách khác');
    const clerk = await as('clerk', 'campaign', 'launch', plan);
    expect(clerk).toMatchObject({ code: 1 });
    expect(clerk.err).toContain('Đã ban hành kế hoạch\nĐã thành lập đoàn\n');
    const launched = await as('coordinator', 'campaign', 'launch', plan, '--json');
    expect(launched).toMatchObject({ code: 0 });
    expect(launched.err).toContain('3/3 hồ sơ');
    campaign = json<{ id: string }>(launched).id;
    const again = await run('campaign', 'launch', plan, '--json');
    expect(json(again)).toEqual(json(launched));
    expect(json(await run('campaign', 'list', '--json'))).toMatchObject([
      { id: campaign, cases: { total: 3, open: 3 } },
    ]);
    const board = json<{ caseId: string; unit: { symbol: string } }[]>(
      await run('campaign', 'board', campaign, '--json'),
    );
    cases = board.toSorted((a, b) => a.unit.symbol.localeCompare(b.unit.symbol)).map(({ caseId }) => caseId);
    expect((await run('campaign', 'board', campaign)).out).toContain('Đề cương báo cáo, phân công, lịch làm việc');
  });

  it('is told everything the launch lacks, at its place in the file, and launches nothing', async () => {
    await world.owner.query('UPDATE office_holder SET revoked_at = now() WHERE id = ANY ($1)', [
      [province.grant['head-2'], province.grant['contact-2']],
    ]);
    const lacking = fileOf('lacking.yaml', { title: 'Cuộc thiếu người' });
    await as('clerk', 'campaign', 'launch', lacking);
    const refused = await as('coordinator', 'campaign', 'launch', lacking);
    await world.owner.query('UPDATE office_holder SET revoked_at = NULL');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/lacking\.yaml:\d+:\d+ Đảng ủy xã Thử 2: Chưa có ai giữ chức trách đứng đầu/);
    expect(refused.err).toMatch(/lacking\.yaml:\d+:\d+ Đảng ủy xã Thử 2: Chưa có ai giữ chức trách unit-contact/);
    const all = json<{ title: string; cases: { total: number } }[]>(await run('campaign', 'list', '--json'));
    expect(all.find(({ title }) => title === 'Cuộc thiếu người')!.cases.total).toBe(0);
  });

  it('takes an act once for one key, and refuses what is no act in one sentence', async () => {
    const [first = ''] = cases;
    const key = randomUUID();
    const outline = ['case', 'act', first, 'completeStep', '--step', 'outline-prepared', '--outcome', 'ready'];
    const done = await as('leader', ...outline, '--key', key, '--json');
    expect(done).toMatchObject({ code: 0 });
    expect(json(await run(...outline, '--key', key, '--json'))).toEqual(json(done));
    expect(await run(...outline)).toMatchObject({ code: 1, out: '' });
    const wrong = [
      ['dance'],
      ['suspend'],
      ['suspend', '--set', 'because'],
      ['completeStep', '--step', 'kick-off', '--document', '2026-02-30'],
    ];
    for (const line of wrong) expect(await run('case', 'act', first, ...line)).toMatchObject({ code: 2, out: '' });
    expect((await as('head-2', 'case', 'show', first)).code).toBe(3);
  });

  it('takes the papers of a unit from the document office, and of one kept outside only who keeps it', async () => {
    const [first = ''] = cases;
    const kickOff = ['--step', 'kick-off', '--outcome', 'held', '--paper', 'BB', '--document', today()];
    expect(await as('scribe', 'paper', 'record', first, ...kickOff)).toMatchObject({ code: 0 });
    const report = [
      '--paper',
      'BC',
      '--number',
      '12-BC/ĐU',
      '--document',
      today(),
      '--sent',
      today(),
      '--received',
      today(),
      '--register',
      '118',
    ];
    expect(await as('clerk', 'paper', 'record', first, '--step', 'self-report', ...report)).toMatchObject({ code: 0 });
    const outside = ['--paper', 'BB', '--document', today(), '--kept-outside', 'document-office'];
    expect(await run('paper', 'record', first, ...outside)).toMatchObject({ code: 0 });
    expect(await run('paper', 'record', first, '--document', today())).toMatchObject({ code: 2 });
    const { out } = await run('case', 'history', first);
    expect(out).toContain('12-BC/ĐU');
    expect(out).toContain('giữ ngoài hệ thống');
    const early = json<{ at: number; chronicle: unknown[] }>(
      await run('case', 'history', first, '--at', '2', '--json'),
    );
    expect(early).toMatchObject({ at: 2, chronicle: [{ seq: 1 }, { seq: 2 }] });
    expect((await run('case', 'history', first, '--at', 'yesterday')).code).toBe(2);
    const before = ['case', 'history', first, '--at', '2020-01-01'];
    const refused = await run(...before);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain(`sổ bắt đầu từ ${today()}`);
    expect((await run('case', 'history', first, '--at', today())).code).toBe(0);
    expect(await as('head-2', ...before)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^Không tìm thấy/) as string,
    });
  });

  it('shows a case with the reasons of its dates, and the commands that may follow', async () => {
    const shown = await as('leader', 'case', 'show', cases[0]!, '--why');
    expect(shown.out).toContain('Tính từ ngày nhận của bước “Báo cáo tự giám sát của đơn vị”');
    expect(shown.out).toMatch(/giamsat case act \S+ completeStep --step field-work --outcome \S+ +# Nghiên cứu/);
    const { duties } = json<{ duties: { id: string }[] }>(await run('duties', '--json'));
    expect(duties.map(({ id }) => id)).toContain(cases[0]);
  });

  it('lists a proposed correction of the campaign where it stands and with whoever it waits for', async () => {
    const { stream } = json<{ stream: { view: { events: { seq: number; type: string }[] } } }>(
      await as('clerk', 'campaign', 'show', campaign, '--json'),
    );
    const entry = stream.view.events.findLast(({ type }) => type === 'stepCompleted')!.seq;
    const correct = ['correctEntry', '--set', `entry=${entry}`, 'reason=Sai số', 'replace={"paper":{"kind":"QĐ"}}'];
    const proposed = await run('campaign', 'act', campaign, ...correct, '--json');
    expect(proposed).toMatchObject({ code: 0 });
    const { id: proposal } = json<{ id: string }>(proposed);
    interface Page {
      corrections: object[];
    }
    const own = await run('campaign', 'show', campaign);
    expect(own.out).toContain(`#${entry}`);
    expect(own.out).toContain('chờ người khác xác nhận');
    expect(json<Page>(await run('duties', '--json')).corrections).toEqual([]);

    const waiting = json<Page>(await as('chief', 'duties', '--json'));
    expect(waiting.corrections).toMatchObject([{ proposal, scope: 'campaign', id: campaign }]);
    expect((await run('duties')).out).toContain(`giamsat campaign show ${campaign}`);
    const shown = await run('campaign', 'show', campaign);
    expect(shown.out).toContain(`giamsat campaign confirm ${campaign} ${proposal}`);
    const page = ['campaign', 'show', campaign, '--json'];
    expect(json<Page>(await run(...page)).corrections).toMatchObject([{ id: proposal, entry, mine: false }]);
    expect(await run('campaign', 'decline', campaign, proposal)).toMatchObject({ code: 0 });
    expect(json<Page>(await run(...page)).corrections).toEqual([]);
  });

  it('says which case needs a person, what that means and what to do, which then helps', async () => {
    const [, second = ''] = cases;
    await world.client.workflow.getHandle(caseWorkflowId(second)).terminate('test');
    await as('coordinator');
    const alarms = async () => json<object[]>(await run('alarm', 'list', '--json'));
    await eventually(async () => (await alarms()).length > 0);
    expect(await alarms()).toMatchObject([{ alarm: 'workflow-missing', of: second, unit: { symbol: 'XA-2' } }]);
    const { out } = await run('alarm', 'list', '--campaign', campaign);
    expect(out).toContain('Đảng ủy xã Thử 2');
    expect(out).toContain(`giamsat case restore ${second}`);
    for (const page of ['show', 'board']) expect((await run('campaign', page, campaign)).out).toContain('BÁO ĐỘNG (1)');
    expect((await as('head-2', 'alarm', 'list')).out).toBe('Không có báo động nào.\n');
    expect(await as('coordinator', 'case', 'restore', second)).toMatchObject({ code: 0 });
    await eventually(async () => (await alarms()).length === 0);
    expect((await run('campaign', 'show', campaign)).out).not.toContain('BÁO ĐỘNG');
    expect(await run('campaign', 'restore', campaign)).toMatchObject({
      code: 0,
      out: 'Vẫn đang chạy, không phải làm gì.\n',
    });
    expect(await run('alarm', 'clear', randomUUID())).toMatchObject({ code: 3, out: '' });
    expect(await run('alarm', 'list', '--campaign', 'x')).toMatchObject({ code: 2, out: '' });
  });

  it('says of whoever must step back on which cases he sits: at once, on the board and to the head of the team', async () => {
    const recused = await as(
      'coordinator',
      'people',
      'recuse',
      'member',
      '--unit',
      'XA-2',
      '--reason',
      'kin',
      '--from',
      '2020-01-01',
    );
    expect(recused).toMatchObject({ code: 0 });
    expect(recused.out).toContain('Số hồ sơ đang mở mà người này ở trong đoàn và phải rút: 1.');
    const note = 'Lưu ý: Người member ở trong đoàn giám sát Đảng ủy xã Thử 2 mà phải rút';
    expect((await run('campaign', 'board', campaign)).out.match(/mà phải rút/g)).toHaveLength(1);
    expect((await as('leader', 'case', 'show', cases[1]!)).out).toContain(note);
    expect((await run('case', 'show', cases[0]!)).out).not.toContain('mà phải rút');
    expect((await as('head-2', 'case', 'show', cases[1]!)).out).not.toContain('mà phải rút');
  });

  describe('when its units end', () => {
    const paper = ['--number', '15-QĐ/TU'];
    const [last, closed, shared] = ['XA-1', 'XA-2', 'XA-3'] as const;
    const transfer = (unit: string, ...more: string[]) =>
      run('org', 'transfer', '--unit', unit, ...more, '--number', '20-QĐ/TU');
    interface Line {
      case: string;
      unit: { symbol: string };
      remains: string;
      duties: { key: string; offered: { symbol: string }[] }[];
    }
    const left = async (symbol: string): Promise<Line | undefined> =>
      json<Line[]>(await run('org', 'successors', '--json')).find(({ unit }) => unit.symbol === symbol);
    const offered = async (symbol: string) =>
      (await left(symbol))!.duties.map(({ key, offered: to }) => [key, ...to.map((unit) => unit.symbol).sort()]).sort();

    beforeAll(async () => {
      await as('leader');
      for (const id of cases.slice(1))
        for (const [step, outcome] of [
          ['outline-prepared', 'ready'],
          ['kick-off', 'by-letter'],
        ])
          await run('case', 'act', id, 'completeStep', '--step', step!, '--outcome', outcome!);
      const back = ['returnStep', '--step', 'self-report', '--outcome', 'returned-incomplete'];
      expect(await run('case', 'act', cases[0]!, ...back)).toMatchObject({ code: 0 });
      await as('coordinator');
      for (const symbol of ['XA-4', 'XA-5'])
        await run('org', 'add', symbol, `Đảng ủy xã Mới ${symbol}`, '--kind', 'commune', '--under', 'TU', ...paper);
      expect(await run('org', 'split', shared, '--into', 'XA-4', 'XA-5', ...paper)).toMatchObject({ code: 0 });
      expect(await run('org', 'merge', last, closed, '--into', 'XA-5', ...paper)).toMatchObject({ code: 0 });
      await as('signer');
    });

    it('names everything that stands in the way of a receiver', async () => {
      // What has come out of a unit is kept away from by whoever had to keep away from that one.
      const refused = await transfer(closed);
      expect(refused).toMatchObject({ code: 1, err: '1 hồ sơ chưa chuyển được.\n' });
      expect(refused.out).toContain('Yêu cầu có chỗ chưa đúng. Người này phải rút');
      await as('coordinator');
      const [recusal] = json<{ id: string }[]>(await run('people', 'recusals', '--json'));
      expect(await run('people', 'recusals', '--end', recusal!.id)).toMatchObject({ code: 0 });
      await as('signer');
    });

    it('passes each duty to whom it is said to go, and nothing as long as one is not said', async () => {
      expect(await left(shared)).toMatchObject({ remains: 'decide', case: cases[2] });
      const previewed = await transfer(shared, '--preview', '--json');
      expect(json(previewed)).toMatchObject([{ case: cases[2], to: ['XA-4', 'XA-5'], duties: 1, done: false }]);
      expect(await transfer(shared, '--duty', 'self-report')).toMatchObject({ code: 2, out: '' });
      for (const [more, told] of [
        [[], 'Chưa nêu đơn vị nào nhận việc này'],
        [['--duty', 'self-report=XA-5', 'self-report=XA-4'], 'Một việc được nêu hai lần: self-report'],
        [['--duty', 'self-report=XA-1'], 'Đơn vị này không phải là đơn vị nhận'],
        [['--duty', 'field-work=XA-4', '*=XA-5'], 'không có việc đang mở nào như vậy: field-work'],
      ] as const) {
        const refused = await transfer(shared, ...more);
        expect(refused).toMatchObject({ code: 1, err: '1 hồ sơ chưa chuyển được.\n' });
        expect(refused.out).toContain(told);
      }
      expect(await left(shared)).toMatchObject({ remains: 'decide' });
      const done = await transfer(shared, '--duty', 'self-report=XA-4,XA-5', '*=XA-4', '--json');
      expect(json(done)).toMatchObject([{ case: cases[2], done: true, why: null }]);
      expect(await offered(shared)).toEqual([
        ['*', 'XA-4'],
        ['self-report', 'XA-4', 'XA-5'],
      ]);
    });

    it('closes a duty only with a reason, and passes the rest on', async () => {
      const close = ['--close', 'self-report'];
      const reason = ['--reason', 'Zđịa bàn không còn'];
      expect((await transfer(last, ...close)).out).toContain('Kết thúc một việc phải nêu lý do');
      // In this case the team has something to do, in the other one nobody would.
      expect((await transfer(closed, ...close, ...reason)).out).toContain('Sau đó hồ sơ không còn việc gì');
      for (const symbol of [closed, last]) expect(await left(symbol)).toMatchObject({ remains: 'decide' });
      const done = await transfer(last, ...close, ...reason, '--json');
      expect(json(done)).toMatchObject([{ case: cases[0], to: ['XA-5'], done: true }]);
      expect(await offered(last)).toEqual([['*', 'XA-5']]);
      expect((await run('case', 'history', cases[0]!)).out).toContain('Zđịa bàn không còn');
    });
  });

  it('does not close with open cases, and sums up what it has come to so far', async () => {
    expect(await as('coordinator', 'campaign', 'close', campaign)).toMatchObject({ code: 1, out: '' });
    const summary = json<{ cases: object }>(await run('campaign', 'summary', campaign, '--json'));
    expect(summary.cases).toEqual({ running: 3 });
    expect((await run('campaign', 'summary', campaign)).out).toMatch(/Triển khai quyết định, kế hoạch +3 +3/);
    expect((await run('campaign', 'summary', randomUUID())).code).toBe(3);
  });

  it('is nobody’s without a session', async () => {
    expect((await run('logout')).code).toBe(0);
    expect(await run('campaign', 'list')).toMatchObject({ code: 4, out: '' });
  });
});
