import type { Cast } from './acts.js';
import { enter, launch, subjectsOf, type Act } from './campaign.js';
import { DISTRICTS } from './people.js';

export const HISTORY_TITLE = 'Giám sát chuyên đề năm 2023 đối với 11 huyện, thành ủy (hồ sơ lịch sử)';

/** Days known from the plan and decision, and days of the demo's own between them. */
const DAYS: [Act, string][] = [
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
  ['issued', '2023-10-20'],
];

/** What was found in Vĩnh Cửu, by the counts of the notice and in words of our own. */
const FINDINGS: { kind: 'strength' | 'limitation' | 'cause' | 'direction'; texts: string[] }[] = [
  {
    kind: 'strength',
    texts: [
      'Văn bản của cấp trên được phổ biến đủ, có chương trình của huyện kèm theo.',
      'Bí thư cấp ủy cơ sở trực tiếp tiếp dân và theo dõi đơn thư.',
      'Ba cuộc giám sát chuyên đề đã làm trong năm, với 31 tổ chức đảng và 6 cấp ủy viên.',
      'Việc sửa chữa sau kiểm điểm năm trước có người phụ trách và có thời gian.',
      'Mặt trận và đoàn thể góp ý thường xuyên cho cán bộ chủ chốt.',
      'Chín xã đạt chuẩn nâng cao, hai xã kiểu mẫu.',
    ],
  },
  {
    kind: 'limitation',
    texts: [
      'Phối hợp tuyên truyền giữa các ban, ngành có nơi chưa đều.',
      'Mô hình hay chưa được chọn và nhân rộng kịp thời.',
      'Cải cách thủ tục ở cơ sở chuyển biến còn ít.',
    ],
  },
  {
    kind: 'cause',
    texts: [
      'Một số cấp ủy chưa quyết tâm.',
      'Điển hình tốt chưa được chú ý nuôi dưỡng.',
      'Kỷ luật giờ giấc của một số cán bộ chưa nghiêm.',
    ],
  },
  {
    kind: 'direction',
    texts: [
      'Lập kế hoạch sửa những hạn chế đã nêu và gửi Ban Thường vụ Tỉnh ủy.',
      'Đưa nội dung học tập thành việc làm hằng tháng của chi bộ.',
      'Tăng trách nhiệm nêu gương của người đứng đầu.',
      'Chọn việc đột phá của huyện và phân công từng ủy viên.',
      'Giới thiệu rộng hơn người tốt, việc tốt.',
      'Cấp trên kiểm tra, giám sát cấp dưới đều đặn hơn.',
    ],
  },
];

/** Đồng Nai 2023, as it can be shown from papers: nothing is sent, and what cannot be proven has no date. */
export async function loadHistory(cast: Cast, out: (line: string) => void): Promise<void> {
  const { cases } = await launch(
    cast,
    {
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
      subjects: subjectsOf(DISTRICTS, 'Doan-2023'),
    },
    '2023-07-11',
  );
  const reason = 'Cấp huyện kết thúc hoạt động từ ngày 01/7/2025; không có tổ chức kế thừa nhiệm vụ này.';
  for (const { symbol, name } of DISTRICTS) {
    const caseId = cases.get(symbol)!;
    if (symbol === 'HU-VINH-CUU') await vinhCuu(cast, caseId);
    await cast.case('thuong-truc', caseId, { type: 'closeWithoutConclusion', reason });
    out(`  ${name}`);
  }
}

/** The notice exists; that it ever reached the unit cannot be shown, so the duty to remedy has no date. */
async function vinhCuu(cast: Cast, caseId: string): Promise<void> {
  for (const [act, on] of DAYS) {
    await enter(cast, caseId, act, on, act === 'kick-off' ? { sent: '2023-07-18' } : {});
    if (act === 'concluded') await findings(cast, caseId);
  }
  await enter(cast, caseId, 'delivered', '2023-10-20', { received: null });
}

async function findings(cast: Cast, caseId: string): Promise<void> {
  const ids: string[] = [];
  for (const { kind, texts } of FINDINGS)
    for (const text of texts) ids.push(await cast.case('van-thu', caseId, { type: 'recordFinding', kind, text }));
  await cast.case('van-thu', caseId, {
    type: 'recordMeasure',
    findings: ids.slice(6, 9),
    nature: 'duty',
    text: 'Lập và báo cáo kế hoạch khắc phục.',
  });
}
