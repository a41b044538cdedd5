import type { CaseEvent, EventData, EventType } from '../index.js';
import { explain, type Explanation } from '../index.js';
import { procedureLibrary, words } from '../source/index.js';
import { conclusionDelivered, fieldWorkRuns } from '../testing/stages.js';
import { opening, partyProcedure, vietnam } from '../testing/play.js';
import { chronicle } from './chronicle.js';
import { sayDate } from './dates.js';
import { explainInWords } from './explain.js';

const say = words(procedureLibrary().getProcedure('vn-party-supervision@2022')!.source);
const calendar = vietnam();
const procedure = partyProcedure();
const { zone } = calendar;
const rung = { rung: 'self-report/2023-08-15/EU+3', step: 'self-report', id: 'EU+3' };
const texts = { h1: 'Bận đại hội.', h2: 'Rà soát quy chế' };

const paper = { kind: 'QĐ', number: '7-QĐ/TU', date: '2023-08-20' };

/** One of each: a type that is added to the core and not here does not compile. */
const ONE: EventData = {
  opened: { opening: opening(), procedure, calendar },
  stepSubmitted: { step: 'self-report' },
  stepCompleted: {
    step: 'conclusion-issued',
    outcome: 'issued',
    papers: { 'remediation-plan': { on: '2023-10-10', kind: 'before' } },
  },
  stepReturned: { step: 'self-report', outcome: 'returned-incomplete' },
  extensionRequested: { step: 'self-report', request: 'x1', span: { n: 3, unit: 'wd' }, reason: 'h1' },
  extensionDecided: { request: 'x1', granted: true, span: { n: 2, unit: 'wd' } },
  suspended: { reason: 'h1' },
  resumed: {},
  findingRecorded: { finding: 'f1', kind: 'limitation', text: 'h2' },
  measureRecorded: {
    measure: 'm1',
    findings: ['f1'],
    nature: 'duty',
    due: { on: '2023-12-31', kind: 'by' },
    text: 'h2',
  },
  measureJudged: { measure: 'm1', outcome: 'partly' },
  paperRecorded: { about: 'self-report' },
  entryCorrected: { entry: 19, replace: { dates: { received: '2023-08-14' } }, reason: 'h1' },
  delayExplained: { step: 'self-report', text: 'h1' },
  contested: { entry: 19, text: 'h1' },
  contestAnswered: { entry: 19, upheld: false },
  wrongRecipientAnswered: { answer: 'copy', entry: 19 },
  deliveryRecalled: { entry: 19, reason: 'h1' },
  unitTransferred: {
    to: ['u2', 'u3'],
    duties: [
      { duty: 'self-report', units: ['u2'] },
      { duty: '*', units: ['u2', 'u3'], jointly: true },
    ],
    closes: ['remediation-progress/m1'],
    reason: 'h1',
    instrument: paper,
  },
  transferAccepted: { unit: 'u2' },
  teamChanged: { team: 't2' },
  planAmended: { dates: { 'self-report': { on: '2023-08-25', kind: 'by' } } },
  calendarApplied: { calendar },
  procedureApplied: { procedure },
  inspectionRecorded: { number: '9-QĐ/UBKT', keptOutside: true },
  inspectionIssued: {},
  cancelled: { reason: 'h1' },
  closedWithoutConclusion: { reason: 'h1' },
  subjectAdded: { subject: { caseId: 'c9', unit: 'u9', kind: 'body', wave: 2 } },
  subjectWithdrawn: { caseId: 'c9', reason: 'h1' },
  waveLaunched: { wave: 2, cases: 12 },
  launchCompleted: { wave: 2 },
  waveWithdrawn: { wave: 2, reason: 'h1' },
  campaignClosed: { open: 1 },
  dueSet: {
    step: 'remediation-progress/m1',
    due: '2023-12-31',
    force: 'binding',
    provisional: true,
    was: '2023-12-20',
    cause: 'extension',
  },
  caseEnded: { how: 'closed' },
  overdueBegan: { step: 'self-report', due: '2023-08-15', force: 'policy' },
  rungDue: {
    ...rung,
    due: '2023-08-15',
    to: ['unit-contact', 'team-head'],
    planned: '2023-08-18T01:00:00.000Z',
    cause: 'outage',
    send: '2023-08-21T01:00:00.000Z',
    binding: true,
  },
  rungPassed: { ...rung, why: 'collapsed' },
  rungHeld: { ...rung, waitsFor: 'self-report/2023-08-15/EU+1' },
  rungUnfounded: { ...rung, to: ['unit-contact'], why: 'entered-late' },
  noticeEnded: { rung: rung.rung, office: 'unit-contact', end: 'failed', at: '2023-08-18T01:00:00.000Z' },
};

const TYPES = Object.keys(ONE) as EventType[];
const events = TYPES.map(
  (type, i) =>
    ({
      seq: i + 101,
      type,
      v: 1,
      at: '2023-08-20T02:00:00.000Z',
      commandId: 'c',
      by: { actor: 'p1', capacity: 'team-head' },
      dates: {},
      data: ONE[type],
    }) as CaseEvent,
);
const tell = (lang: 'vi' | 'en', names?: Record<string, string>): Record<EventType, string> =>
  Object.fromEntries(
    chronicle(events, { words: say, zone, lang, texts, names }).map(({ sentence }, i) => [TYPES[i], sentence]),
  ) as Record<EventType, string>;

/** Ids of steps, offices, outcomes and items never reach a reader. */
const RAW = new RegExp(
  [
    'undefined|null|NaN|\\[object',
    ...procedure.steps.map(({ id }) => id.replace('.', '\\.')),
    ...Object.keys(procedure.offices).filter((id) => id.includes('-')),
    'EU\\+3|returned-incomplete|\\b[cfmtux]\\d\\b|\\bh\\d\\b|\\bp1\\b',
  ].join('|'),
);

describe.each(['vi', 'en'] as const)('in %s', (lang) => {
  it.each(TYPES)('%s is one sentence without ids and without its own number', (type) => {
    const sentence = tell(lang)[type];
    expect(sentence).toMatch(/^\p{Lu}.*[^.]\.$/u);
    expect(sentence).not.toMatch(RAW);
    expect(sentence).not.toContain('#');
    expect(sentence).not.toContain(String(TYPES.indexOf(type) + 101));
  });

  it('tells a whole case so', () => {
    const p = conclusionDelivered();
    for (const { sentence } of chronicle(p.events, { words: say, zone, lang })) expect(sentence).not.toMatch(RAW);
    const why = p.view.steps.flatMap(({ deadline }) =>
      deadline ? explainInWords(explain(deadline), say, zone, lang) : [],
    );
    expect(why.length).toBeGreaterThan(50);
    for (const sentence of why) expect(sentence).not.toMatch(RAW);
  });
});

it('says in Vietnamese what each act was about', () => {
  const vi = tell('vi', { p1: 'Trần B', u2: 'Xã Một', u3: 'Xã Hai' });
  expect(vi).toMatchObject({
    stepCompleted:
      'Đã hoàn thành bước: “Ban hành thông báo kết luận” — Đã ban hành; văn bản định “Kế hoạch khắc phục” trước 10/10/2023 — Trần B, Trưởng đoàn.',
    extensionRequested:
      'Đã xin gia hạn: “Báo cáo tự giám sát của đơn vị”, thêm 3 ngày làm việc: Bận đại hội — Trần B, Trưởng đoàn.',
    extensionDecided:
      'Đã quyết định về gia hạn: “Báo cáo tự giám sát của đơn vị” — đồng ý, thêm 2 ngày làm việc — Trần B, Trưởng đoàn.',
    measureRecorded:
      'Đã ghi nhận việc phải khắc phục (việc có hạn, chậm nhất 31/12/2023): Rà soát quy chế — Trần B, Trưởng đoàn.',
    measureJudged: 'Đã đánh giá việc khắc phục: Rà soát quy chế — Khắc phục một phần — Trần B, Trưởng đoàn.',
    entryCorrected:
      'Đã đính chính mục 19, nay là nhận ngày 14/08/2023: Bận đại hội — Trần B, Trưởng đoàn, một tài khoản, theo văn bản đã ký.',
    unitTransferred:
      'Đã chuyển giao đơn vị → Xã Một, Xã Hai (7-QĐ/TU ngày 20/08/2023); “Báo cáo tự giám sát của đơn vị”: Xã Một; mọi việc khác: Xã Một, Xã Hai; kết thúc: “Báo cáo kết quả khắc phục” (Rà soát quy chế): Bận đại hội — Trần B, Trưởng đoàn.',
  });
  const engine = events.map((event) => ({ ...event, by: 'engine' }) as CaseEvent);
  const told = chronicle(engine, { words: say, zone, lang: 'vi', texts });
  const of = (type: EventType) => told[TYPES.indexOf(type)]!.sentence;
  expect(of('dueSet')).toBe(
    'Đã xác định thời hạn: “Báo cáo kết quả khắc phục” (Rà soát quy chế) — 31/12/2023 (trước là 20/12/2023, do gia hạn, tạm tính).',
  );
  expect(of('overdueBegan')).toBe('Quá mốc nội bộ: “Báo cáo tự giám sát của đơn vị” — 15/08/2023.');
  expect(of('rungDue')).toBe(
    'Đến lúc nhắc: “Báo cáo tự giám sát của đơn vị” (Đơn vị quá hạn) → Đầu mối của đơn vị, Trưởng đoàn, hạn 15/08/2023, chậm do hệ thống ngừng, gửi từ lúc 08:00:00 ngày 21/08/2023.',
  );
  expect(of('noticeEnded')).toBe(
    'Kết quả gửi thông báo: “Báo cáo tự giám sát của đơn vị” (Đơn vị quá hạn), Đầu mối của đơn vị — không gửi được.',
  );
});

it('says in English what each act was about', () => {
  expect(tell('en', { p1: 'Tran B' })).toMatchObject({
    stepReturned: 'Returned: “Self-report of the unit” — Returned for a supplement — Tran B, Head of the team.',
    unitTransferred:
      'Unit transferred → 2 units (7-QĐ/TU of 20/08/2023); “Self-report of the unit”: 1 unit; all else: 2 units; closed: “Report on remediation” (Rà soát quy chế): Bận đại hội — Tran B, Head of the team.',
    campaignClosed: 'Campaign closed, with 1 case still open — Tran B, Head of the team.',
  });
});

it('names no duty of a transfer that is not the reader’s to know of', () => {
  const event = events[TYPES.indexOf('unitTransferred')]!;
  const duties = [
    { duty: 'self-report', units: [] },
    { duty: '*', units: ['u2'] },
  ];
  const narrowed = { ...event, data: { to: ['u2'], duties, instrument: paper } } as CaseEvent;
  const [told] = chronicle([narrowed], { words: say, zone, lang: 'en', texts, names: { u2: 'Commune Two' } });
  expect(told!.sentence).toContain('Commune Two (7-QĐ/TU of 20/08/2023); all else: Commune Two —');
});

it('does not show a text the reader was not given', () => {
  const [told] = chronicle([events[TYPES.indexOf('suspended')]!], {
    words: say,
    zone,
    lang: 'vi',
    texts: { h1: null },
  });
  expect(told!.sentence).toBe('Đã tạm dừng — Trưởng đoàn.');
});

it('gives both dates of a delivery, and does not call one of the same day late, nor one of a later day', () => {
  const p = conclusionDelivered();
  const told = chronicle(p.events, { words: say, zone, lang: 'vi' });
  const seq = p.of('stepCompleted').at(-1)!.seq;
  expect(told[seq - 1]!.sentence).toBe(
    'Đã hoàn thành bước: “Triển khai, giao thông báo kết luận” — Đã giao [văn bản ngày 25/09/2023, gửi ngày 25/09/2023, nhận ngày 26/09/2023] — Văn thư.',
  );
  const later = { ...events[TYPES.indexOf('resumed')]!, dates: { document: '2023-08-25' } } as CaseEvent;
  expect(chronicle([later], { words: say, zone, lang: 'vi' })[0]!.sentence).toBe(
    'Đã tiếp tục [ngày 25/08/2023] — Trưởng đoàn.',
  );
});

it('writes a moment on the clocks of the zone', () => {
  expect(sayDate('2023-07-25', zone)).toBe('25/07/2023');
  expect(sayDate('2023-07-25T06:05:10.000Z', zone)).toBe('13:05:10 25/07/2023');
  expect(sayDate('2023-07-25T06:05:10.000Z', zone, 'vi')).toBe('13:05:10 ngày 25/07/2023');
  expect(sayDate('2023-07-25T20:05:10.000Z', zone, 'en')).toBe('03:05:10 on 26/07/2023');
});

describe('an explanation', () => {
  const line = (code: Explanation['code'], params: Explanation['params']): Explanation => ({ code, params });
  const anchor = line('anchor', { step: 'kick-off', date: 'sent', on: '2024-02-05', paper: '3-KH/TU', entry: 4 });
  const skipped = (date: string, why: string) => line('skipped', { date, why });

  it('says every kind of line in words, days in a row as a range', () => {
    const lines = [
      anchor,
      line('rule', { rule: 'count', kind: 'by', n: 10, unit: 'wd' }),
      line('basis', { basis: 'hd02', evidence: 'V' }),
      ...['08', '09'].map((d) => skipped(`2024-02-${d}`, 'holiday')),
      ...['10', '11'].map((d) => skipped(`2024-02-${d}`, 'weekend')),
      ...['12', '13', '14'].map((d) => skipped(`2024-02-${d}`, 'holiday')),
      skipped('2024-02-20', 'paused'),
      line('rolled', { from: '2024-02-17' }),
      line('paused', { from: '2023-01-01', to: '2023-02-01' }),
      line('paused', { from: '2024-02-19', to: '2024-02-21' }),
      line('extended', { request: 'x1', n: 3, unit: 'wd' }),
      line('capped', { cap: 'supervision-time', due: '2024-02-28' }),
      line('due', { due: '2024-02-28' }),
      line('force', { force: 'policy' }),
      line('provisional', {}),
    ];
    expect(explainInWords(lines, say, zone, 'vi')).toEqual([
      'Tính từ ngày gửi của bước “Triển khai quyết định, kế hoạch”: 05/02/2024, văn bản số 3-KH/TU.',
      'Đếm tới 10 ngày làm việc, không tính chính ngày đó.',
      'Căn cứ: Hướng dẫn 02-HD/UBKTTW ngày 12/9/2017, điểm 2.2 Điều 11 [V].',
      'Không tính — ngày lễ: 08/02/2024–09/02/2024, 12/02/2024–14/02/2024; ngày nghỉ hằng tuần: 10/02/2024–11/02/2024.',
      'Ngày cuối 17/02/2024 là ngày nghỉ, nên chuyển sang ngày làm việc tiếp theo.',
      'Tạm dừng từ ngày 19/02/2024 đến ngày 21/02/2024, không tính.',
      'Đã gia hạn thêm 3 ngày làm việc.',
      'Không quá “Thời gian giám sát”: 28/02/2024.',
      'Hạn: 28/02/2024.',
      'Mốc nội bộ do đơn vị đặt, không phải thời hạn quy định.',
      'Tạm tính: lịch của những ngày này chưa được công bố.',
    ]);
    expect(explainInWords(lines, say, zone, 'en')).toContain(
      'Paused on 19/02/2024, resumed on 21/02/2024; not counted.',
    );
  });

  it.each(['re-entry', 'round', 'count-before', 'within', 'paper-date', 'session', 'cap', 'count'])(
    'has words for the rule %s',
    (rule) => {
      for (const lang of ['vi', 'en'] as const)
        expect(
          explainInWords([anchor, line('rule', { rule, kind: 'by', n: 5, unit: 'wd' })], say, zone, lang),
        ).toHaveLength(2);
    },
  );

  it('gives a paper returned its own beginning', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-16', 'team-head', { type: 'returnStep', step: 'self-report', outcome: 'returned-incomplete' });
    const { deadline } = p.view.steps.find(({ key }) => key === 'self-report')!;
    expect(explainInWords(explain(deadline!), say, zone, 'vi').slice(0, 2)).toEqual([
      'Tính từ khi bước “Báo cáo tự giám sát của đơn vị” bị trả lại: 16/08/2023.',
      'Đếm lại từ khi bị trả lại. Thời gian: 5 ngày làm việc.',
    ]);
  });
});
