import { bullet, capitals, docx, paragraph, table } from './fixtures/docx-writer.js';
import { isRefusal, readNotice, type NoticeReading } from './index.js';

/** A notice as Word files have them: head and foot in tables, automatic bullets, capitals by format. */
const BODY = [
  table(
    ['ĐẢNG BỘ TỈNH HOÀI GIANG', 'TỈNH ỦY', '*', 'Số 07-TB/TU'],
    ['ĐẢNG CỘNG SẢN VIỆT NAM', 'Hoài Giang, ngày 06 tháng 02 năm 2026'],
  ),
  paragraph(''),
  capitals('Thông báo'),
  paragraph('kết luận giám sát đối với Ban Thường vụ Đảng ủy xã Gò Me'),
  paragraph('về lãnh đạo công tác chuyển đổi số năm 2025'),
  paragraph('-----'),
  paragraph(
    'Thực hiện Kế hoạch số 12-KH/TU ngày 03/3/2025 và Quyết định số 98-QĐ/TU ngày 03/3/2025, Ban Thường vụ Tỉnh ủy kết luận:',
  ),
  capitals('I. Ưu điểm'),
  bullet('Có nghị quyết riêng.'),
  bullet('Có tổ công nghệ ở từng ấp.'),
  capitals('II. Hạn chế và nguyên nhân'),
  paragraph('1. Hạn chế'),
  bullet('Hồ sơ số còn thiếu:'),
  bullet('thiếu chữ ký số.', 1),
  paragraph('2. Nguyên nhân'),
  bullet('Máy móc cũ.'),
  capitals('III. Phương hướng'),
  bullet('Lập kế hoạch khắc phục, báo cáo Tỉnh ủy trước ngày 15/4/2026.'),
  table(
    ['Nơi nhận:', '- Ban Thường vụ Đảng ủy xã Gò Me,', '- Lưu Văn phòng Tỉnh ủy.'],
    ['T/M BAN THƯỜNG VỤ', 'PHÓ BÍ THƯ', '', 'Đinh Công Trường'],
  ),
];

async function read(body: readonly string[]): Promise<NoticeReading> {
  const result = await readNotice({ fileName: 'thong-bao.docx', bytes: docx(body) });
  if (isRefusal(result)) throw new Error(result.refused.code);
  return result;
}

describe('a Word file', () => {
  it('is read through its tables, bullets and capitals', async () => {
    const { notice, findings, source } = await read(BODY);
    expect(findings).toEqual([]);
    expect(source.format).toBe('docx');
    expect(notice.kind.text).toBe('THÔNG BÁO');
    expect(notice.issuerBlock.map(({ text }) => text)).toEqual(['ĐẢNG BỘ TỈNH HOÀI GIANG', 'TỈNH ỦY']);
    expect(notice).toMatchObject({
      number: { symbol: '07-TB/TU' },
      place: { text: 'Hoài Giang' },
      date: { iso: '2026-02-06' },
      unit: { text: 'Ban Thường vụ Đảng ủy xã Gò Me' },
      year: { value: 2025 },
      signer: { office: { text: 'PHÓ BÍ THƯ' }, name: { text: 'Đinh Công Trường' } },
    });
    const { strengths, limitations, causes, directions, recipients } = notice;
    expect([strengths, limitations, causes, directions, recipients].map((list) => list.length)).toEqual([
      2, 1, 1, 1, 2,
    ]);
    expect(directions[0]?.due?.date).toBe('2026-04-15');
  });

  it('shows every place in the text it gives back', async () => {
    const { notice, source } = await read(BODY);
    for (const { text, span } of [...notice.strengths, ...notice.recipients, ...notice.issuerBlock])
      expect(source.text.slice(span.start, span.end)).toBe(text);
  });
});
