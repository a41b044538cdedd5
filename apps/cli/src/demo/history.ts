import type { CommandInput } from '@giamsat/contracts/http';
import type { Cast } from './cast.js';
import { close, launch, subjectsOf } from './campaign.js';
import { DISTRICTS } from './people.js';
import { enter, play, type Act, type PaperName } from './script.js';
import { FINDINGS, NOTICE } from './vinh-cuu.js';

export const HISTORY_TITLE = 'Giám sát chuyên đề năm 2023 đối với 11 huyện, thành ủy (hồ sơ lịch sử)';

/** Plan and decision are of the papers; the days between them are the demo's own. */
const DAYS: [PaperName, string][] = [
  ['outline', '2023-07-18'],
  ['kick-off', '2023-07-25'],
  ['report', '2023-08-15'],
  ['accepted', '2023-08-17'],
  ['draft', '2023-09-05'],
  ['to-conference', '2023-09-06'],
  ['conference', '2023-09-12'],
  ['field-work', '2023-09-14'],
  ['submitted', '2023-09-20'],
  ['forwarded', '2023-09-21'],
  ['concluded', '2023-10-16'],
];
const ISSUED = '2023-10-20';

/** Đồng Nai 2023, as it can be shown from papers: nothing is sent, and what cannot be proven has no date. */
export async function loadHistory(cast: Cast, out: (line: string) => void): Promise<void> {
  const { id, cases } = await launch(cast, {
    title: HISTORY_TITLE,
    procedure: 'vn-party-supervision@2022',
    level: 'province',
    year: 2023,
    ownerUnit: 'TU',
    historical: true,
    programme: { date: '2023-01-31' },
    plan: { number: '274-KH/TU', date: '2023-07-11' },
    decision: { number: '1247-QĐ/TU', date: '2023-07-11' },
    teams: [{ id: 'Doan-2023', head: 'truong-doan', secretary: 'thu-ky', members: ['thanh-vien'] }],
    offices: [{ office: 'auditor', person: 'kiem-tra-ho-so' }],
    subjects: subjectsOf(DISTRICTS, 'Doan-2023'),
  });
  await Promise.all(
    DISTRICTS.map(async ({ symbol, name }) => {
      await play(cast, cases.get(symbol)!, symbol === 'HU-VINH-CUU' ? vinhCuu() : elsewhere);
      out(`  ${name}`);
    }),
  );
  await close(cast, id, '2023-12-20');
}

/** An act of the standing body, on the strength of its paper. */
const end = (reason: string, paper: CommandInput['paper']): Act => ({
  by: 'thuong-truc',
  body: { type: 'closeWithoutConclusion', reason, paper },
});

const elsewhere: Act[] = [
  end('Hồ sơ giấy lưu tại Văn phòng, không nhập lại từng bước; cấp huyện kết thúc hoạt động từ ngày 01/7/2025.', {
    kind: 'ML',
    keptOutside: { keeper: 'document-office', on: '2023-12-20' },
  }),
];

/** The notice exists; that it ever reached the unit cannot be shown, so the duty to remedy has no date to count from. */
const vinhCuu = (): Act[] => [
  ...DAYS.map(([name, on]) => enter(name, on, name === 'kick-off' ? { sent: '2023-07-18' } : {})),
  ...FINDINGS.flatMap(({ kind, texts }) =>
    texts.map((text): Act => ({ by: 'van-thu', body: { type: 'recordFinding', kind, text } })),
  ),
  {
    by: 'van-thu',
    body: ({ findings }) => ({
      type: 'recordMeasure',
      findings: findings.filter(({ kind }) => kind === 'limitation').map(({ finding }) => finding),
      nature: 'duty',
      text: 'Lập và báo cáo kế hoạch khắc phục.',
    }),
  },
  {
    by: 'van-thu',
    body: {
      type: 'recordPaper',
      about: 'conclusion-issued',
      notice: NOTICE,
      dates: { document: ISSUED },
      paper: { kind: 'TB', date: ISSUED },
    },
  },
  {
    by: 'thuong-truc',
    body: ({ events }) => ({
      type: 'answerWrongRecipient',
      entry: events.findLast(({ type }) => type === 'paperRecorded')!.seq,
      answer: 'already-issued',
    }),
  },
  enter('issued', ISSUED),
  enter('delivered', ISSUED, { received: null }),
  end(
    'Huyện kết thúc hoạt động từ ngày 01/7/2025; không có văn bản chuyển giao việc khắc phục cho xã, phường kế thừa.',
    { kind: 'CV', date: '2025-06-30', signedAs: 'T/M' },
  ),
];
