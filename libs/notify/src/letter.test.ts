import { writeLetter, type LetterItem } from './letter.js';

const item = (extra: Partial<LetterItem> = {}): LetterItem => ({
  notice: 'n1',
  kind: 'notice',
  rung: 'Rs-3',
  step: 'Báo cáo tự giám sát',
  unit: 'Đảng ủy xã A',
  campaign: 'KH 12-KH/TU',
  due: '2026-03-09',
  binding: true,
  record: 'c-1',
  ...extra,
});

describe('a letter', () => {
  it('writes the day as people here do and names the work, the unit and where to look', () => {
    const { subject, text } = writeLetter('Lê Văn B', [item()], 'vi');
    expect(subject).toBe('[Giám sát] Việc sắp đến hạn');
    expect(text).toContain('Kính gửi đồng chí Lê Văn B,');
    expect(text).toContain('Hạn: 09/03/2026');
    expect(text).toContain('Mã hồ sơ: c-1');
    expect(writeLetter('B', [item({ link: 'https://g/cases/c-1' })], 'vi').text).toContain('  https://g/cases/c-1\n');
  });

  it('never calls an internal mark late', () => {
    const { subject, text } = writeLetter('B', [item({ rung: 'EU+1', binding: false })], 'vi');
    expect(subject + text).not.toMatch(/quá hạn/);
    expect(text).toContain('quá mốc nội bộ');
    expect(writeLetter('B', [item({ rung: 'EU+1', binding: true })], 'vi').text).toContain('đã quá hạn');
  });

  it('puts corrections first and the most urgent on top', () => {
    const items = [
      item({ step: 'sắp đến' }),
      item({ rung: 'EU+3', step: 'đã qua', due: '2026-03-01' }),
      item({ kind: 'correction', step: 'đính chính' }),
    ];
    const { subject, text } = writeLetter('B', items, 'vi');
    expect(subject).toBe('[Giám sát] Đính chính thông báo đã gửi (3 việc)');
    expect(['đính chính', 'đã qua', 'sắp đến'].map((word) => text.indexOf(`- ${word}`))).toEqual(
      [...['đính chính', 'đã qua', 'sắp đến'].map((word) => text.indexOf(`- ${word}`))].sort((a, b) => a - b),
    );
  });

  it('keeps the time of day where seconds count', () => {
    expect(writeLetter('B', [item({ due: '2026-03-09T08:00:10+07:00' })], 'en').text).toContain(
      'Due: 09/03/2026 08:00:10',
    );
  });
});
