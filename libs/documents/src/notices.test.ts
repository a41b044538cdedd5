import { readable, readFixture } from './fixtures/fixtures.js';
import type { NoticeReading } from './index.js';

const codes = ({ findings }: NoticeReading): string[] => findings.map(({ code }) => code);
const counts = ({ notice: n }: NoticeReading): number[] =>
  [n.strengths, n.limitations, n.causes, n.directions].map((s) => s.length);
const shown = ({ findings, source }: NoticeReading, code: string): string[] =>
  findings
    .filter((f) => f.code === code)
    .flatMap(({ spans }) => spans.map(({ start, end }) => source.text.slice(start, end)));

describe('a clean notice in two columns', () => {
  const reading = readFixture('clean');
  const { notice } = reading;

  it('has no findings', () => expect(reading.findings).toEqual([]));

  it('reads both columns of the head and of the foot', () => {
    expect(notice.heading?.text).toBe('ĐẢNG CỘNG SẢN VIỆT NAM');
    expect(notice.issuerBlock.map(({ text }) => text)).toEqual(['ĐẢNG BỘ TỈNH HOÀI GIANG', 'TỈNH ỦY']);
    expect(notice.number).toMatchObject({ number: '214', symbol: '214-TB/TU' });
    expect([notice.place?.text, notice.date?.iso]).toEqual(['Hoài Giang', '2024-09-18']);
    expect(notice.recipients.map(({ text }) => text)).toEqual([
      'Thường trực Tỉnh ủy',
      'Thành viên đoàn giám sát',
      'Ban Thường vụ Huyện ủy Thanh Lâm',
      'Lưu Văn phòng Tỉnh ủy',
    ]);
    expect([notice.signer.office?.text, notice.signer.name?.text]).toEqual([
      'PHÓ BÍ THƯ THƯỜNG TRỰC',
      'Lê Thị Ngọc Diệp',
    ]);
  });

  it('does not count its own number as a reference', () => {
    expect(notice.references.map(({ symbol, date }) => [symbol, date?.iso])).toEqual([
      ['96-KH/TU', '2024-03-04'],
      ['611-QĐ/TU', '2024-03-04'],
    ]);
  });

  it('keeps each due as written, with by, before or within', () => {
    const [before, quarter, within] = notice.directions.map(({ due }) => due);
    expect(before).toMatchObject({ kind: 'before', date: '2024-10-31', text: 'trước ngày 31/10/2024' });
    expect(quarter).toMatchObject({ kind: 'by', date: '2024-12-31', text: 'trong quý IV/2024' });
    expect(within).toMatchObject({ kind: 'within', amount: 15, unit: 'wd', anchor: 'receipt' });
  });

  it('reads Vietnamese numbers', () => {
    expect(notice.figures.map(({ kind, value }) => [kind, value])).toEqual([
      ['party-members', 1204],
      ['percent', 97.5],
    ]);
  });
});

describe('a notice sent to a sister unit', () => {
  const reading = readFixture('wrong-recipient');

  it('is blocked for its recipient and for its closing words', () => {
    expect(codes(reading)).toEqual([
      'UNIT_NAME_CONFLICT',
      'RECIPIENT_UNIT_MISMATCH',
      'FORM_DEVIATION',
      'FORM_DEVIATION',
    ]);
    expect(shown(reading, 'UNIT_NAME_CONFLICT')).toEqual(['Ban Thường vụ Huyện ủy Bình Khê']);
  });

  it('is read without empty lines and with sections 1, 2, 3', () => {
    expect(counts(reading)).toEqual([1, 1, 1, 1]);
    expect(reading.notice.directions[0]).toMatchObject({
      label: '4.1',
      due: { kind: 'within', amount: 30, unit: 'cd', anchor: 'issue' },
    });
    expect(reading.notice.recipients).toHaveLength(2);
  });
});

describe('a district notice with causes inside a limitation', () => {
  const reading = readFixture('merged-causes');
  const { notice } = reading;

  it('reads the cause apart and says so', () => {
    expect(counts(reading)).toEqual([3, 2, 1, 3]);
    expect(shown(reading, 'MERGED_CAUSES')).toEqual([notice.causes[0]?.text]);
    expect(notice.limitations[0]?.text).toMatch(/thưa\.$/);
  });

  it('takes sub-heads as groups and deeper bullets as parts', () => {
    expect(notice.strengths.map(({ group }) => group)).toEqual([
      'Về công tác tư tưởng',
      'Về công tác tư tưởng',
      'Về công tác tổ chức',
    ]);
    expect(notice.directions[0]?.text).toMatch(/^Sửa hội trường, trong đó: \+ Mái .*; \+ Bàn ghế/);
  });

  it('accepts "Như trên" for the unit and asks about the other commune', () => {
    expect(codes(reading)).toEqual(['MERGED_CAUSES', 'NO_DUE_DATE', 'RECIPIENT_OTHER_UNIT']);
    expect(notice.issuer).toMatchObject({ tier: 'huyen' });
    expect(notice.locality?.text).toBe('HUYỆN ỦY THANH LÂM');
  });
});

describe('a markdown notice with no causes and bad references', () => {
  const reading = readFixture('no-causes', 'md');
  const { notice } = reading;

  it('says which section is empty', () => {
    expect(counts(reading)).toEqual([2, 1, 0, 1]);
    expect(reading.findings.filter(({ code }) => code === 'EMPTY_SECTION')).toMatchObject([
      { params: { section: 'causes' } },
    ]);
  });

  it('reads no date the calendar does not have, and derives none', () => {
    expect(notice.plan).toMatchObject({ symbol: '5-KH/TU' });
    expect(notice.plan?.date).toBeUndefined();
    expect(shown(reading, 'BAD_DATE')).toEqual(['31/02/2023']);
    expect(notice.directions[0]?.due).toMatchObject({ kind: 'before', text: 'trước ngày 30/9' });
    expect(notice.directions[0]?.due?.date).toBeUndefined();
    expect(codes(reading)).toContain('DUE_INCOMPLETE');
  });

  it('keeps one number with two dates as two documents', () => {
    expect(notice.references.filter(({ symbol }) => symbol === '09-NQ/TU').map(({ date }) => date?.iso)).toEqual([
      '2021-02-01',
      '2021-03-01',
    ]);
    expect(shown(reading, 'REF_DATE_CONFLICT')).toEqual(['1/2/2021', '1/3/2021']);
    expect(shown(reading, 'REF_KIND_MISMATCH')).toEqual(['12-QĐ/TU']);
  });

  it('does not take Tân Hoà and Tân Hòa for two wards, nor markdown for noise', () => {
    expect(shown(reading, 'RECIPIENT_OTHER_UNIT')).toEqual(['Đảng ủy phường Mỹ Xuân']);
    expect(codes(reading)).not.toContain('RECIPIENT_UNIT_MISMATCH');
    expect(codes(reading)).not.toContain('LAYOUT_NOISE');
  });
});

describe('a commune notice of 2026', () => {
  const reading = readFixture('commune');
  const { notice } = reading;

  it('has no findings', () => expect(reading.findings).toEqual([]));

  it('names a cell under a commune committee', () => {
    expect(notice.issuer).toMatchObject({ tier: 'xa', name: 'Đồng Sen' });
    expect(notice.unit?.body).toMatchObject({ tier: 'other', name: 'ấp Cây Da' });
    expect(notice.subjectTexts.map(({ symbol }) => symbol)).toEqual(['03-NQ/ĐU']);
  });

  it('numbers sub-sections under their section and joins a line broken before a dash', () => {
    expect(counts(reading)).toEqual([2, 1, 2, 1]);
    expect(notice.causes.map(({ label }) => label)).toEqual(['II.2.1', 'II.2.2']);
    expect(notice.limitations[0]?.text).toMatch(/chính trị - xã hội/);
    expect(notice.directions[0]?.due).toMatchObject({ kind: 'by', date: '2026-04-10' });
  });
});

describe('an inspection of a Party member', () => {
  const reading = readFixture('member');

  it('names the member, and the team by the procedure', () => {
    expect(reading.notice).toMatchObject({
      procedure: 'inspection',
      unit: { kind: 'member', text: 'đồng chí Bùi Xuân Sương' },
    });
    expect(shown(reading, 'TEAM_KIND_MISMATCH')).toEqual(['Đoàn giám sát']);
  });

  it('takes whole paragraphs as items and drops a page number', () => {
    expect(counts(reading)).toEqual([1, 1, 1, 1]);
    expect(shown(reading, 'LAYOUT_NOISE')).toEqual(['2']);
  });

  it("knows the state's numbers", () => {
    expect(reading.notice.references.map(({ symbol }) => symbol)).toEqual(
      expect.arrayContaining(['12/2021/QH15', '202/NQ-UBTVQH15']),
    );
  });
});

describe('a notice wrapped at seventy letters', () => {
  const reading = readFixture('wrapped');
  const { notice } = reading;

  it('joins wrapped lines without calling them noise', () => {
    expect(counts(reading)).toEqual([2, 2, 1, 2]);
    expect(notice.strengths[0]?.text).toMatch(/phòng, ban Thường xuyên/);
    expect(notice.strengths[1]?.text).toMatch(/vỏ tàu; phân xưởng/);
    expect(shown(reading, 'LAYOUT_NOISE')).toEqual(['[', ']']);
  });

  it('reads a body with a long name, in the title and over two lines of the recipients', () => {
    expect(notice.unit?.text).toBe('Ban Thường vụ Đảng ủy Công ty Đóng tàu Sông Hậu');
    expect(notice.recipients.map(({ text }) => text)).toEqual(['BTV Đảng ủy Công ty Đóng tàu Sông Hậu', 'Lưu VP']);
    expect(codes(reading)).not.toContain('RECIPIENT_UNIT_MISMATCH');
  });

  it('shows the blanks left for number and day', () => {
    expect(shown(reading, 'MISSING_NUMBER')).toEqual(['Số     -TB/UBKT']);
    expect(shown(reading, 'MISSING_DATE_PLACE')).toEqual(['Sông Hậu, ngày    tháng 11 năm 2022']);
    expect(notice.date).toBeUndefined();
  });

  it('does not take the text supervised for the decision', () => {
    expect([notice.plan?.symbol, notice.decision?.symbol]).toEqual(['31-KH/UBKT', '57-QĐ/UBKT']);
    expect(notice.subjectTexts.map(({ symbol, date }) => [symbol, date?.iso])).toEqual([['19-QĐ/TU', '2019-04-02']]);
    expect(notice.directions[0]?.due).toMatchObject({ kind: 'by', date: '2022-12-31' });
  });
});

describe('references', () => {
  const cited = (sentence: string) =>
    readable(`THÔNG BÁO\nkết luận giám sát đối với Huyện ủy Thanh Lâm\n\nI. ƯU ĐIỂM\n\n- ${sentence}\n`).notice
      .references;

  it('let a bare number join the first dated one, wherever it stands', () => {
    const refs = cited('Theo 9-NQ/TU; Nghị quyết số 9-NQ/TU ngày 01/02/2021; Nghị quyết số 9-NQ/TU, ngày 01/3/2021.');
    expect(refs.map(({ date, spans }) => [date?.iso, spans.length])).toEqual([
      ['2021-02-01', 2],
      ['2021-03-01', 1],
    ]);
  });

  it('keep a quyết định and a quy định with one symbol apart', () => {
    const refs = cited('Quyết định số 30-QĐ/TU và Quy định số 30-QĐ/TU; tiếp tục 30-QĐ/TU.');
    expect(refs.map(({ kind, spans }) => [kind, spans.length])).toEqual([
      ['Quyết định', 2],
      ['Quy định', 1],
    ]);
  });

  it('of the title are the texts supervised, even where the opening cites them before the plan', () => {
    const { notice } = readable(
      'THÔNG BÁO\nkết luận giám sát đối với Huyện ủy Thanh Lâm về Kế hoạch số 63-KH/TU\n\n' +
        'Để xem việc thi hành Kế hoạch số 63-KH/TU, theo Kế hoạch số 190-KH/TU, Tỉnh ủy kết luận:\n\nI. ƯU ĐIỂM\n\n- Tốt.\n',
    );
    expect([notice.plan?.symbol, notice.subjectTexts.map(({ symbol }) => symbol)]).toEqual(['190-KH/TU', ['63-KH/TU']]);
  });

  it('take no date that does not follow the number', () => {
    expect(cited('Kế hoạch số 5-KH/TU được phổ biến ngày 03/4/2022, năm 2022.')[0]?.date).toBeUndefined();
  });
});
