import { explain } from '../index.js';
import { procedureLibrary, words } from '../source/index.js';
import { conclusionDelivered, fieldWorkRuns, unitOwesReport } from '../testing/stages.js';
import { chronicle } from './chronicle.js';
import { explainInWords } from './explain.js';

const say = words(procedureLibrary().getProcedure('vn-party-supervision@2022')!.source);

describe('a chronicle', () => {
  it('tells each event in one plain sentence, with the dates as people write them', () => {
    const p = conclusionDelivered();
    const told = chronicle(p.events, {
      words: say,
      zone: p.calendar.zone,
      lang: 'vi',
      names: { 'p-unit-head': 'Lê Văn A' },
    });
    expect(told).toHaveLength(p.events.length);
    const of = (type: string) => told.find(({ seq }) => p.events[seq - 1]!.type === type)!.sentence;
    expect(of('stepSubmitted')).toBe('Đã gửi: “Báo cáo tự giám sát của đơn vị” — Lê Văn A, Người đứng đầu đơn vị.');
    expect(of('dueSet')).toBe(
      'Đã xác định thời hạn: “Đề cương báo cáo, phân công, lịch làm việc” — 18/07/2023 (mốc nội bộ).',
    );
    expect(told.map(({ sentence }) => sentence).join('\n')).not.toMatch(/undefined|null|self-report|\[object/);
  });

  it('says that an act was entered later than it happened', () => {
    const p = fieldWorkRuns();
    p.do(
      '2023-08-21',
      'document-office',
      { type: 'recordPaper' },
      {
        dates: { document: '2023-08-16', sent: '2023-08-16', received: '2023-08-18' },
        paper: { kind: 'BC', number: '12-BC/HU', date: '2023-08-16' },
      },
    );
    const last = chronicle(p.events, { words: say, zone: p.calendar.zone, lang: 'vi' }).at(-1)!.sentence;
    expect(last).toBe(
      'Đã vào sổ văn bản (12-BC/HU ngày 16/08/2023) [văn bản ngày 16/08/2023, gửi ngày 16/08/2023, nhận ngày 18/08/2023, nhập sau vào ngày 21/08/2023] — Văn thư.',
    );
    expect(chronicle(p.events, { words: say, zone: p.calendar.zone, lang: 'en' }).at(-1)!.sentence).toContain(
      'entered later',
    );
  });
});

describe('a chronicle of papers', () => {
  const last = (paper: { dates: object; text?: string }, lang: 'vi' | 'en' = 'vi') => {
    const p = fieldWorkRuns();
    p.do(
      '2023-08-21',
      'document-office',
      { type: 'recordPaper', ...(paper.text && { text: 'h1' }) },
      { dates: paper.dates, paper: { kind: 'BB', date: '2023-08-16' } },
    );
    const words = { words: say, zone: p.calendar.zone, lang, texts: { h1: paper.text ?? null } };
    return chronicle(p.events, words).at(-1)!.sentence;
  };

  it('says that nothing shows a receipt', () => {
    const sent = { document: '2023-08-16', sent: '2023-08-16' };
    expect(last({ dates: sent })).toContain('[ngày 16/08/2023, chưa có ngày nhận, nhập sau');
    expect(last({ dates: sent }, 'en')).toContain('no day of receipt');
    expect(last({ dates: { ...sent, received: '2023-08-17' } })).not.toContain('chưa có ngày nhận');
  });

  it('does not repeat the paper itself', () => {
    const text = 'THÔNG BÁO\nkết luận giám sát';
    expect(last({ dates: { document: '2023-08-16' }, text })).not.toContain('kết luận giám sát');
  });
});

describe('a chronicle of lateness', () => {
  const told = (p: ReturnType<typeof unitOwesReport>, lang: 'vi' | 'en') =>
    chronicle(p.events, { words: say, zone: p.calendar.zone, lang })
      .map(({ sentence }) => sentence)
      .join('\n');

  it('calls nobody late for a mark of the own house', () => {
    const p = conclusionDelivered();
    p.until(p.at('2023-12-01'));
    expect(told(p, 'vi')).toContain('“Kế hoạch khắc phục” (sau mốc nội bộ) → Đầu mối của đơn vị');
    expect(told(p, 'vi')).not.toContain('quá hạn');
    expect(told(p, 'en')).not.toMatch(/\blate\b/i);
  });

  it('calls it overdue where a paper gave the date', () => {
    const p = unitOwesReport();
    p.until(p.at('2023-08-25'));
    expect(told(p, 'vi')).toContain('Bắt đầu quá hạn: “Báo cáo tự giám sát của đơn vị” — 15/08/2023.');
    expect(told(p, 'vi')).toContain('(Đơn vị quá hạn)');
  });
});

describe('an explanation', () => {
  it('says anchor, article, days left out and the kind of due in words', () => {
    const p = fieldWorkRuns();
    const { deadline } = p.view.steps.find(({ key }) => key === 'field-work')!;
    const lines = explainInWords(explain(deadline!), say, p.calendar.zone, 'vi');
    expect(lines[0]).toBe('Tính từ ngày nhận của bước “Báo cáo tự giám sát của đơn vị”: 15/08/2023.');
    expect(lines).toContain('Căn cứ: Hướng dẫn 02-HD/UBKTTW ngày 12/9/2017, điểm 2.2 Điều 11 [V].');
    expect(lines.find((line) => line.startsWith('Không tính'))).toBe(
      'Không tính — ngày nghỉ hằng tuần: 19/08/2023–20/08/2023, 26/08/2023–27/08/2023, 02/09/2023–03/09/2023, 09/09/2023–10/09/2023, 16/09/2023–17/09/2023, 23/09/2023–24/09/2023; ngày lễ: 01/09/2023; nghỉ bù: 04/09/2023.',
    );
    expect(lines).toContain('Hạn: 28/09/2023.');
    expect(lines).toContain('Thời hạn bắt buộc.');
  });

  it('says why there is no date', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-16', 'standing-signer', { type: 'suspend', reason: 'r' });
    const { deadline } = p.view.steps.find(({ key }) => key === 'field-work')!;
    expect(explainInWords(explain(deadline!), say, p.calendar.zone, 'vi').join(' ')).toContain('đang tạm dừng');
  });
});
