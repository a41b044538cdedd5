import { civilDateAt, countBack } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import type { Cast } from './acts.js';
import { enter, launch, ORDER, subjectsOf, type Act } from './campaign.js';
import { COMMUNES } from './people.js';

export const TODAY_TITLE = 'Giám sát việc thực hiện nghị quyết về chuyển đổi số ở cấp xã (mẫu)';

const calendar = procedureLibrary().getCalendar('VN')!.compiled;

/** How many working days before today each act took place, when a case is as far as that act. */
const AGO: Record<Act, number> = {
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

/** Where each commune stands: after which act, and how many working days less than the usual lie between. */
const STANDS: { unit: string; after: Act | null; late?: Partial<Record<Act, number>> }[] = [
  { unit: 'DU-TRAN-BIEN', after: 'plan-accepted' },
  { unit: 'DU-LONG-BINH', after: 'plan' },
  { unit: 'DU-TRI-AN', after: 'delivered' },
  { unit: 'DU-TAN-AN', after: 'concluded' },
  { unit: 'DU-DINH-QUAN', after: 'forwarded' },
  { unit: 'DU-XUAN-LOC', after: 'to-conference' },
  { unit: 'DU-LONG-THANH', after: 'report', late: { report: 20 } },
  { unit: 'DU-NHON-TRACH', after: 'kick-off' },
  { unit: 'DU-BU-GIA-MAP', after: 'outline' },
];

/** A campaign over communes whose cases stand at every stage: some late, some waiting for a decision. */
export async function loadToday(cast: Cast, out: (line: string) => void): Promise<void> {
  const today = civilDateAt(new Date().toISOString(), calendar.zone);
  const ago = (days: number): string => countBack(calendar, { n: days, unit: 'wd' }, today);
  const formedOn = ago(70);
  const { cases } = await launch(
    cast,
    {
      title: TODAY_TITLE,
      procedure: 'vn-party-supervision@2026',
      level: 'province',
      year: Number(today.slice(0, 4)),
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
      subjects: subjectsOf(COMMUNES, 'Doan-1'),
    },
    formedOn,
  );
  for (const { unit, after, late = {} } of STANDS) {
    const caseId = cases.get(unit)!;
    const until = after === null ? -1 : ORDER.indexOf(after);
    for (const act of ORDER.slice(0, until + 1)) {
      const on = ago(late[act] ?? AGO[act]);
      await enter(cast, caseId, act, on, act === 'kick-off' ? { sent: ago(AGO[act] + 5) } : {});
      if (act === 'concluded') await conclude(cast, caseId);
    }
    out(`  ${unit}: ${after ?? '—'}`);
  }
  await pushOn(cast, cases);
}

async function conclude(cast: Cast, caseId: string): Promise<void> {
  const finding = (kind: 'strength' | 'limitation' | 'direction', text: string) =>
    cast.case('thu-ky', caseId, { type: 'recordFinding', kind, text });
  await finding('strength', 'Tổ công nghệ số cộng đồng đã đến từng ấp, khu phố.');
  const slow = await finding('limitation', 'Hồ sơ trực tuyến còn bị trả lại nhiều lần vì hướng dẫn chưa rõ.');
  const duty = await finding('direction', 'Rà soát, viết lại hướng dẫn nộp hồ sơ; báo cáo kết quả về Ban Thường vụ.');
  await cast.case('truong-doan', caseId, {
    type: 'recordMeasure',
    findings: [slow, duty],
    nature: 'duty',
    text: 'Viết lại hướng dẫn và tập huấn cho cán bộ một cửa.',
  });
}

/** Things that wait for somebody: a request for more time, a clock that stands, an entry the unit does not accept. */
async function pushOn(cast: Cast, cases: Map<string, string>): Promise<void> {
  await cast.case('tri-an', cases.get('DU-TRI-AN')!, {
    type: 'requestExtension',
    step: 'remediation-plan',
    span: { n: 7, unit: 'cd' },
    reason: 'Xã vừa sắp xếp lại bộ máy, cần thêm thời gian lấy ý kiến chi bộ.',
  });
  await cast.case('thuong-truc', cases.get('DU-BU-GIA-MAP')!, {
    type: 'suspend',
    reason: 'Địa bàn khắc phục hậu quả mưa lũ.',
  });
  await cast.case('nhon-trach', cases.get('DU-NHON-TRACH')!, {
    type: 'explainDelay',
    step: 'self-report',
    text: 'Số liệu của ba trường học đến chậm.',
  });
}
