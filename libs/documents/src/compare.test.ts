import { compareWithCase, sayFinding, type ExpectedNotice } from './index.js';
import { readFixture } from './fixtures/fixtures.js';

const reading = readFixture('clean');
const matching: ExpectedNotice = {
  plan: { symbol: '96-KH/TU', date: '2024-03-04' },
  decision: { symbol: '0611-QĐ/TU', date: '2024-03-04' },
  unitNames: ['BTV Huyện ủy Thanh Lâm', 'Ban thường vụ Huyện uỷ Thanh Lâm'],
  signer: { name: 'Lê Thị Ngọc Diệp', office: 'Phó Bí thư Thường trực' },
};
const compare = (expected: ExpectedNotice) => compareWithCase(reading, expected);

describe('the notice against its case', () => {
  it('agrees whatever the case of letters, zeros and tone placement', () => expect(compare(matching)).toEqual([]));

  it('compares only what the case knows', () => expect(compare({})).toEqual([]));

  it('blocks on each difference, at its place', () => {
    const found = compare({
      plan: { symbol: '97-KH/TU', date: '2024-03-04' },
      decision: { symbol: '611-QĐ/TU', date: '2024-03-05' },
      unitNames: ['Ban Thường vụ Huyện ủy Bình Khê'],
      signer: { name: 'Trần Quốc Vượng Anh', office: 'Bí thư' },
    });
    expect(found.every(({ severity }) => severity === 'blocks')).toBe(true);
    expect(
      found.map(({ code, spans }) => [code, spans.map(({ start, end }) => reading.source.text.slice(start, end))]),
    ).toEqual([
      ['UNIT_MISMATCH', ['Ban Thường vụ Huyện ủy Thanh Lâm']],
      ['PLAN_MISMATCH', ['96-KH/TU']],
      ['DECISION_MISMATCH', ['4 tháng 3 năm 2024']],
      ['SIGNER_MISMATCH', ['PHÓ BÍ THƯ THƯỜNG TRỰC']],
      ['SIGNER_MISMATCH', ['Lê Thị Ngọc Diệp']],
    ]);
  });

  it('blocks when the notice says nothing of what the case knows', () => {
    const bare = readFixture('member');
    const found = compareWithCase({ ...bare, notice: { ...bare.notice, plan: undefined, unit: undefined } }, matching);
    expect(found.slice(0, 2)).toMatchObject([
      { code: 'PLAN_MISMATCH', spans: [], params: { expected: '96-KH/TU', found: '' } },
      { code: 'UNIT_MISMATCH', spans: [], suggestions: ['BTV Huyện ủy Thanh Lâm'] },
    ]);
  });

  it('is told in words without empty brackets', () => {
    const [plan] = compare({ plan: { symbol: '97-KH/TU' } });
    if (!plan) throw new Error('no finding');
    expect(sayFinding(plan, 'vi', reading.source.text)).toBe(
      'Kế hoạch trong thông báo (96-KH/TU) ngày 2024-03-04 khác với hồ sơ: 97-KH/TU.',
    );
  });
});
