import { docx, paragraph, zip } from './fixtures/docx-writer.js';
import { fixtureText } from './fixtures/fixtures.js';
import { isRefusal, readNotice, readNoticeText, sayRefusal, type NoticeRefusal } from './index.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
async function refusal(fileName: string, bytes: Uint8Array): Promise<NoticeRefusal['refused']> {
  const result = await readNotice({ fileName, bytes });
  if (!isRefusal(result)) throw new Error('was read');
  return result.refused;
}

describe('a marked document', () => {
  it('is refused with nothing of its content', () => {
    const refused = readNoticeText(fixtureText('secret'));
    expect(refused).toEqual({ refused: { code: 'SECRET_MARKED', missing: [] } });
  });

  it.each([
    'MẬT',
    '**TỐI MẬT**',
    'Tuyệt mật',
    'Độ mật: Mật',
    'Mức độ mật: "Tối mật"',
    'Số 03-TB/TU   Tối mật',
    'Số 03-TB/TU TUYỆT MẬT',
    '| Mật |',
    'M Ậ T',
    'MẬT'.normalize('NFD'),
  ])('is refused at "%s"', (mark) => {
    expect(readNoticeText(`${mark}\n${fixtureText('clean')}`)).toMatchObject({ refused: { code: 'SECRET_MARKED' } });
  });

  it.each(['Giữ bí mật nội bộ.', 'QUY ĐỊNH VỀ BẢO VỆ BÍ MẬT NHÀ NƯỚC', 'MẬT ĐỘ DÂN SỐ', 'Hồ sơ mật được gửi riêng.'])(
    'is not one that only says "%s"',
    (words) => expect(isRefusal(readNoticeText(`${words}\n${fixtureText('clean')}`))).toBe(false),
  );

  it('is refused for a mark in a header or a watermark of a Word file', async () => {
    const body = fixtureText('clean').split('\n').map(paragraph);
    expect(await refusal('a.docx', docx(body, paragraph('TỐI MẬT')))).toMatchObject({ code: 'SECRET_MARKED' });
    expect(await refusal('a.docx', docx(body, '<v:textpath string="Mật"/>'))).toMatchObject({ code: 'SECRET_MARKED' });
  });
});

describe('what is no notice', () => {
  it.each([
    ['report', ['kind']],
    ['announcement', ['conclusion', 'sections']],
  ])('%s: says what is missing', (name, missing) => {
    expect(readNoticeText(fixtureText(name))).toEqual({ refused: { code: 'NOT_A_NOTICE', missing } });
  });

  it('is told in words', () => {
    const refused = readNoticeText(fixtureText('announcement')) as NoticeRefusal;
    expect(sayRefusal(refused, 'vi')).toMatch(/Không thấy: chữ “kết luận giám sát”.*, các phần ưu điểm/);
    expect(sayRefusal(refused, 'en')).toMatch(/Not found: the words/);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['a.txt', new Uint8Array(), 'EMPTY_FILE'],
    ['a.txt', bytesOf(' \n\t\n\u200B'.replace('\u200B', '')), 'EMPTY_FILE'],
    ['a.pdf', bytesOf('%PDF-1.7'), 'UNSUPPORTED_FORMAT'],
    ['a', bytesOf('THÔNG BÁO'), 'UNSUPPORTED_FORMAT'],
    ['a.txt', Uint8Array.from([0, 1, 2, 3, 255, 254]), 'UNREADABLE_FILE'],
    ['a.txt', Uint8Array.from([0x54, 0xe2, 0x28, 0xa1]), 'UNREADABLE_FILE'],
    ['a.docx', bytesOf('not a zip'), 'UNREADABLE_FILE'],
    ['a.docx', bytesOf('PK\u0005\u0006' + '\u0001'.repeat(18)), 'UNREADABLE_FILE'],
    ['a.docx', zip({ 'a.txt': 'no document inside' }), 'UNREADABLE_FILE'],
    ['a.docx', zip({ 'word/document.xml': '<w:document' }), 'UNREADABLE_FILE'],
    ['a.docx', docx([]), 'EMPTY_FILE'],
    ['a.docx', zip({ 'word/document.xml': ' '.repeat(41_000_000) }), 'TOO_LARGE'],
    ['a.txt', bytesOf('a'.repeat(2_000_001)), 'TOO_LARGE'],
  ])('%#: %s', async (fileName, bytes, code) => {
    expect(await refusal(fileName, bytes)).toEqual({ code, missing: [] });
  });

  it('may be UTF-16 with its mark', async () => {
    const bytes = Buffer.from(`\uFEFF${fixtureText('clean')}`, 'utf16le');
    const result = await readNotice({ fileName: 'A.TXT', bytes });
    expect(isRefusal(result)).toBe(false);
  });
});
