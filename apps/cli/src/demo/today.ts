import { countBack, type CaseView } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { today } from '../cli/when.js';
import type { Cast } from './cast.js';
import { launch, subjectsOf } from './campaign.js';
import { COMMUNES } from './people.js';
import { enter, ORDER, play, type Act, type PaperName } from './script.js';

export const TODAY_TITLE = 'Giám sát việc thực hiện nghị quyết về chuyển đổi số ở cấp xã (mẫu)';

/** How many working days before today each paper is dated, when a case is as far as that. */
const AGO: Record<PaperName, number> = {
  outline: 66,
  'kick-off': 60,
  report: 52,
  accepted: 50,
  draft: 36,
  'to-conference': 34,
  conference: 32,
  'field-work': 30,
  submitted: 27,
  forwarded: 26,
  concluded: 22,
  issued: 18,
  delivered: 15,
  plan: 6,
  'plan-accepted': 3,
};

interface Stand {
  after: PaperName;
  /** papers that came on another day than usual */
  late?: Partial<Record<PaperName, number>>;
  /** what waits for somebody else now */
  waits?: Act[];
}

/** How far each commune is, and what a newcomer can push on. */
const STANDS: Record<string, Stand> = {
  'DU-TRAN-BIEN': { after: 'plan-accepted' },
  'DU-LONG-BINH': { after: 'plan' },
  'DU-TRI-AN': {
    after: 'delivered',
    waits: [
      {
        by: 'tri-an',
        body: {
          type: 'requestExtension',
          step: 'remediation-plan',
          span: { n: 7, unit: 'cd' },
          reason: 'Xã vừa sắp xếp lại bộ máy, cần thêm thời gian lấy ý kiến chi bộ.',
        },
      },
    ],
  },
  'DU-TAN-AN': { after: 'concluded' },
  'DU-DINH-QUAN': { after: 'forwarded' },
  'DU-XUAN-LOC': { after: 'to-conference' },
  'DU-LONG-THANH': {
    after: 'report',
    late: { report: 20 },
    waits: [
      {
        by: 'long-thanh',
        body: ({ events }) => ({
          type: 'contest',
          entry: events.findLast(({ type }) => type === 'stepSubmitted')!.seq,
          text: 'Báo cáo gửi qua bưu điện sớm hơn ngày ghi trong sổ; đề nghị xem lại dấu bưu điện.',
        }),
      },
    ],
  },
  'DU-NHON-TRACH': {
    after: 'kick-off',
    waits: [
      {
        by: 'nhon-trach',
        body: { type: 'explainDelay', step: 'self-report', text: 'Số liệu của ba trường học đến chậm.' },
      },
    ],
  },
  'DU-BU-GIA-MAP': {
    after: 'outline',
    waits: [{ by: 'thuong-truc', body: { type: 'suspend', reason: 'Địa bàn khắc phục hậu quả mưa lũ.' } }],
  },
};

/** A campaign over communes whose cases stand at every stage: some late, some waiting for a decision. */
export async function loadToday(cast: Cast, out: (line: string) => void): Promise<void> {
  const calendar = procedureLibrary().getCalendar('VN')!.compiled;
  const now = today();
  const ago = (days: number): string => countBack(calendar, { n: days, unit: 'wd' }, now);
  const formedOn = ago(70);
  const { cases } = await launch(cast, {
    title: TODAY_TITLE,
    procedure: 'vn-party-supervision@2026',
    level: 'province',
    year: Number(now.slice(0, 4)),
    ownerUnit: 'TU',
    programme: { number: '05-CTr/TU', date: ago(150) },
    plan: {
      number: '61-KH/TU',
      date: formedOn,
      signer: 'thuong-truc',
      signedAs: 'T/M',
      dates: { 'self-report': { on: ago(48), kind: 'by' } },
    },
    decision: { number: '318-QĐ/TU', date: formedOn },
    teams: [{ id: 'Doan-1', head: 'truong-doan', secretary: 'thu-ky', members: ['thanh-vien'] }],
    offices: [{ office: 'auditor', person: 'kiem-tra-ho-so' }],
    subjects: subjectsOf(COMMUNES, 'Doan-1'),
  });
  await Promise.all(
    COMMUNES.map(async ({ symbol, name }, i) => {
      await play(cast, cases.get(symbol)!, scriptOf(STANDS[symbol]!, ago, 41 + i));
      out(`  ${name}`);
    }),
  );
}

function scriptOf({ after, late = {}, waits = [] }: Stand, ago: (days: number) => string, number: number): Act[] {
  const papers = ORDER.slice(0, ORDER.indexOf(after) + 1).flatMap((name) => {
    const act = enter(name, ago(late[name] ?? AGO[name]), {
      number,
      // a meeting is announced a week before it is held
      ...(name === 'kick-off' && { sent: ago(AGO[name] + 5) }),
    });
    return name === 'concluded' ? [act, ...CONCLUSION] : [act];
  });
  return [...papers, ...waits];
}

const found = ({ findings }: CaseView, ...kinds: string[]): string[] =>
  findings.filter(({ kind }) => kinds.includes(kind)).map(({ finding }) => finding);

const CONCLUSION: Act[] = [
  {
    by: 'thu-ky',
    body: {
      type: 'recordFinding',
      kind: 'strength',
      text: 'Tổ công nghệ số cộng đồng đã đến từng ấp, khu phố.',
    },
  },
  {
    by: 'thu-ky',
    body: {
      type: 'recordFinding',
      kind: 'limitation',
      text: 'Hồ sơ trực tuyến còn bị trả lại nhiều lần vì hướng dẫn chưa rõ.',
    },
  },
  {
    by: 'thu-ky',
    body: {
      type: 'recordFinding',
      kind: 'direction',
      text: 'Rà soát, viết lại hướng dẫn nộp hồ sơ; báo cáo kết quả về Ban Thường vụ.',
    },
  },
  {
    by: 'truong-doan',
    body: (record) => ({
      type: 'recordMeasure',
      findings: found(record, 'limitation', 'direction'),
      nature: 'duty',
      text: 'Viết lại hướng dẫn và tập huấn cho cán bộ một cửa.',
    }),
  },
];
