import { readable } from './fixtures/fixtures.js';
import { isSyllable, neighbours } from './syllables.js';

const notice = (sentence: string): string =>
  `THÔNG BÁO\nkết luận giám sát đối với Ban Thường vụ Huyện ủy Thanh Lâm\n\nI. ƯU ĐIỂM\n\n- ${sentence}\n`;

function slips(sentence: string): [string, readonly string[]][] {
  const { findings, source } = readable(notice(sentence));
  return findings
    .filter(({ code }) => code === 'SPELLING')
    .map(({ spans: [first], suggestions }) => [source.text.slice(first?.start, first?.end), suggestions]);
}

describe('spelling', () => {
  it.each([
    ['Việc xữ lý đơn thư.', 'xữ lý', ['xử lý']],
    ['Tăng cường giam sát chuyên đề.', 'giam sát chuyên đề', ['giám sát chuyên đề']],
    ['Công tác tuyên truyên được đẩy mạng.', 'đẩy mạng', ['đẩy mạnh']],
    ['Tổ chứcc tôt hội nghị.', 'tôt', ['tốt', 'tột']],
    ['Tổ chứcc tốt hội nghị.', 'chứcc', []],
    ['Ban Thuờng vụ đã họp.', 'Ban Thuờng vụ', ['Ban thường vụ']],
  ])('"%s" holds a slip', (sentence, found, suggestions) => {
    expect(slips(sentence)).toContainEqual([found, suggestions]);
  });

  it.each([
    'Các bộ, ngành phối hợp; các bộ phận chuyên môn làm tốt.',
    'Tổ chức bằng nhiều hình thức.',
    'Đồng chí Nguyễn Nhân giới thiệu mô hình ở Krông Búk, Đắk Lắk.',
    'Hoà giải, hòa giải; khoá và khóa; Huyện uỷ, quý, thuở, ngoằn ngoèo, khuỷu, quyết, giếng, gì, yếu.',
    'Số liệu trong khuôn viên chưa rõ; đã kiểm tra lại.',
  ])('"%s" holds none', (sentence) => expect(slips(sentence)).toEqual([]));

  it('gathers one slip in several places, and writes as the paper does', () => {
    const { findings } = readable(notice('Việc xữ lý và xữ lý lại; XỮ LÝ.'));
    expect(findings.filter(({ code }) => code === 'SPELLING').map((f) => [f.spans.length, f.suggestions])).toEqual([
      [2, ['xử lý']],
      [1, ['XỬ LÝ']],
    ]);
  });
});

describe('syllables', () => {
  it.each(['nghiêng', 'quyển', 'giữ', 'huơ', 'khuya', 'ướt', 'yên', 'oằn', 'gìn', 'quốc', 'xoong'])(
    '%s is one',
    (word) => expect(isSyllable(word)).toBe(true),
  );
  it.each(['huớng', 'tôt', 'nguờng', 'zá', 'bưn̉g', 'tốń', 'ưi ươ'])('%s is none', (word) =>
    expect(isSyllable(word.normalize('NFC'))).toBe(false),
  );
  it('has neighbours that differ by one mark', () => expect(neighbours('huớng').sort()).toEqual(['huống', 'hướng']));
});
