import { readable, fixtureText, seedText } from './fixtures/fixtures.js';
import type { Finding, FindingCode, NoticeReading } from './index.js';

/**
 * The notice that domain.md §10 describes lies beside the repository and is read where it is. Its twin, of our own
 * writing, has the same counts and the same faults, so that the same assertions hold everywhere.
 */
interface Paper {
  readonly text: string;
  readonly unit: string;
  readonly stranger: string;
  readonly locality: string;
  readonly year: number;
  readonly plan: readonly [string, string];
  readonly decision: readonly [string, string];
  readonly subjects: readonly (readonly [string, string])[];
  readonly otherDated: readonly (readonly [string, string])[];
  readonly undated: readonly string[];
  readonly figures: readonly (readonly [string, number])[];
  readonly officeCode: string;
}

const twin: Paper = {
  text: fixtureText('twin'),
  unit: 'Ban Thường vụ Huyện ủy Thanh Lâm',
  stranger: 'BTV Huyện ủy Bình Khê',
  locality: 'tỉnh Hoài Giang',
  year: 2022,
  plan: ['190-KH/TU', '2022-05-04'],
  decision: ['802-QĐ/TU', '2022-05-04'],
  subjects: [
    ['07-KL/TW', '2020-04-12'],
    ['41-QĐi/TU', '2018-06-09'],
    ['63-KH/TU', '2020-09-15'],
  ],
  otherDated: [
    ['455-QĐ/HU', '2015-02-20'],
    ['3120-CV/TU', '2022-05-10'],
    ['27-QĐi/TU', '2017-03-03'],
  ],
  undated: ['18-QĐi/TW', '21-CT/TW', '85-QĐ/TW'],
  figures: [
    ['supervisions', 4],
    ['organisations', 25],
    ['committee-members', 8],
    ['communes', 7],
    ['communes', 3],
    ['percent', 92],
  ],
  officeCode: 'CP.VPTU-C2,T,C7',
};

const real: Omit<Paper, 'text'> = {
  unit: 'Ban Thường vụ Huyện ủy Vĩnh Cửu',
  stranger: 'BTV Huyện ủy Định Quán',
  locality: 'tỉnh Đồng Nai',
  year: 2023,
  plan: ['274-KH/TU', '2023-07-11'],
  decision: ['1247-QĐ/TU', '2023-07-11'],
  subjects: [
    ['01-KL/TW', '2021-05-18'],
    ['30-QĐi/TU', '2019-07-05'],
    ['88-KH/TU', '2021-10-28'],
  ],
  otherDated: [
    ['1060-QĐ/HU', '2014-10-29'],
    ['5491-CV/TU', '2023-07-14'],
    ['12-QĐi/TU', '2018-04-24'],
  ],
  undated: ['11-QĐi/TW', '05-CT/TW', '69-QĐ/TW'],
  figures: [
    ['supervisions', 3],
    ['organisations', 31],
    ['committee-members', 6],
    ['communes', 9],
    ['communes', 2],
    ['percent', 97],
  ],
  officeCode: 'CP.VPTU-C5,T,C3',
};

function papers(): [string, Paper][] {
  const text = seedText();
  if (text === undefined) console.info('The real notice is not beside this repository: its twin alone is read.');
  return [
    ['its twin', twin],
    ...(text === undefined ? [] : [['the real notice', { ...real, text }] as [string, Paper]]),
  ];
}

describe.each(papers())('%s', (_name, paper) => {
  const reading: NoticeReading = readable(paper.text);
  const { notice, findings, source } = reading;
  const shown = (spans: Finding['spans']): string[] => spans.map(({ start, end }) => source.text.slice(start, end));
  const all = (code: FindingCode): Finding[] => findings.filter((f) => f.code === code);
  const dated = (refs: readonly { symbol: string; date?: { iso: string } }[]) =>
    refs.map((r) => [r.symbol, r.date?.iso]);

  it('names kind, issuer, unit, year and programme', () => {
    expect(notice.kind).toMatchObject({ code: 'TB', text: 'THÔNG BÁO' });
    expect(notice.procedure).toBe('supervision');
    expect(notice.issuer).toMatchObject({ text: 'Ban Thường vụ Tỉnh ủy', organ: 'BTV', tier: 'tinh' });
    expect(notice.locality?.text).toBe(paper.locality);
    expect(notice.unit).toMatchObject({ kind: 'body', text: paper.unit });
    expect(notice.year?.value).toBe(paper.year);
    expect(notice.programme?.text).toMatch(
      new RegExp(`^Chương trình kiểm tra, giám sát năm ${paper.year} của Ban Chấp hành`),
    );
  });

  it('tells plan and decision from the texts supervised', () => {
    expect(dated([notice.plan, notice.decision].flatMap((r) => r ?? []))).toEqual([paper.plan, paper.decision]);
    expect(dated(notice.subjectTexts)).toEqual(paper.subjects);
  });

  it('finds eleven references, eight with their date, and invents none', () => {
    const withDate = [...paper.subjects, paper.plan, paper.decision, ...paper.otherDated];
    expect(notice.references).toHaveLength(11);
    expect(new Map(dated(notice.references) as [string, string | undefined][])).toEqual(
      new Map([...withDate, ...paper.undated.map((symbol) => [symbol, undefined] as const)] as [
        string,
        string | undefined,
      ][]),
    );
    for (const { symbol, spans } of notice.references) expect(new Set(shown(spans))).toEqual(new Set([symbol]));
  });

  it('sorts 6 strengths, 3 limitations, 3 causes and 6 directions', () => {
    const { strengths, limitations, causes, directions } = notice;
    expect([strengths, limitations, causes, directions].map((items) => items.length)).toEqual([6, 3, 3, 6]);
    expect(directions.map(({ label }) => label)).toEqual(['III.1', 'III.2', 'III.3', 'III.4', 'III.5', 'III.6']);
    for (const { text, span } of [...strengths, ...limitations, ...causes, ...directions]) {
      expect(text).toMatch(/^\p{Lu}.*\.$/su);
      expect(text).not.toMatch(/[*\n]/);
      const plain = source.text.slice(span.start, span.end).replace(/[*]/g, '').replace(/\s+/g, ' ');
      expect(text).toBe(plain);
    }
  });

  it('sees in III.1 the duty to make and report a remediation plan, without a date', () => {
    const [first, ...others] = notice.directions;
    expect(first).toMatchObject({
      duty: { kind: 'remediation-plan', reports: true, to: { text: 'Ban Thường vụ Tỉnh ủy' } },
    });
    expect(first?.due).toBeUndefined();
    expect(others.filter(({ duty }) => duty)).toEqual([]);
    expect(all('NO_DUE_DATE').map(({ params }) => params)).toEqual([{ item: 'III.1' }]);
  });

  it('reads figures, signature and recipients', () => {
    expect(notice.figures.map(({ kind, value }) => [kind, value])).toEqual(paper.figures);
    expect(notice.figures.at(-1)?.qualifier).toBe('trên');
    expect(notice.signer).toMatchObject({
      capacity: { mark: 'T/M', text: 'T/M BAN THƯỜNG VỤ' },
      office: { text: 'PHÓ BÍ THƯ' },
    });
    expect(notice.signer.name?.text).toBe(paper.text.trim().split('\n').at(-1));
    expect(notice.recipients).toHaveLength(6);
    expect(notice.officeCodes.map(({ text }) => text)).toEqual([paper.officeCode]);
  });

  it('blocks delivery to another unit, and only that', () => {
    expect(findings.filter(({ severity }) => severity === 'blocks')).toEqual(all('RECIPIENT_UNIT_MISMATCH'));
    const [mismatch] = all('RECIPIENT_UNIT_MISMATCH');
    expect(shown(mismatch?.spans ?? [])).toEqual([paper.stranger]);
    expect(mismatch?.suggestions).toEqual([paper.unit]);
  });

  it('reports what the form lacks and what does not fit', () => {
    const missing = ['MISSING_NUMBER', 'MISSING_DATE_PLACE', 'MISSING_HEADING', 'MISSING_ISSUER'] as const;
    for (const code of missing) expect(all(code)).toHaveLength(1);
    expect(notice.number ?? notice.date ?? notice.heading).toBeUndefined();
    expect(shown(all('TEAM_KIND_MISMATCH')[0]?.spans ?? [])).toEqual(['đoàn kiểm tra']);
    expect(all('REF_WITHOUT_DATE').map(({ params }) => params['symbol'])).toEqual(paper.undated);
    expect(all('MIXED_SYMBOL')).toMatchObject([{ params: { codes: 'QĐi, QĐ' } }]);
    expect(all('LAYOUT_NOISE').map(({ params }) => params['noise'])).toEqual([
      'markdown',
      'page-break',
      'stray-bracket',
    ]);
  });

  it('proposes a spelling for each slip, asks where there are two, and changes nothing', () => {
    const slips = all('SPELLING').map(({ spans, suggestions }) => [shown(spans)[0], suggestions]);
    expect(new Map(slips as [string, readonly string[]][])).toEqual(
      new Map([
        ['NGUYỄN NHÂN', ['NGUYÊN NHÂN']],
        ['PHƯƠNG HUỚNG', ['PHƯƠNG HƯỚNG']],
        ['đột sinh hoạt chính trị', ['đợt sinh hoạt chính trị']],
        ['các bộ, đảng viên', ['cán bộ, đảng viên']],
        ['nỗi lên', ['nổi lên']],
        ['TTVT', ['TTTU', 'TVTU']],
      ]),
    );
    expect(source.text).toBe(paper.text);
  });

  it('finds nothing else', () => {
    const expected = new Set<FindingCode>([
      'RECIPIENT_UNIT_MISMATCH',
      'TEAM_KIND_MISMATCH',
      'MISSING_NUMBER',
      'MISSING_DATE_PLACE',
      'MISSING_HEADING',
      'MISSING_ISSUER',
      'NO_DUE_DATE',
      'SPELLING',
      'REF_WITHOUT_DATE',
      'MIXED_SYMBOL',
      'LAYOUT_NOISE',
    ]);
    expect(new Set(findings.map(({ code }) => code))).toEqual(expected);
  });
});
