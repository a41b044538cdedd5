import { Document, isCollection, isMap, isScalar, isSeq } from 'yaml';
import type { Io } from '../cli/io.js';

/** Parts of a campaign file in the order a coordinator fills them in, each with what stands above it. */
const PARTS: [key: string, comment: { vi: string; en: string } | null][] = [
  ['title', { vi: 'Tên cuộc giám sát, hiện trên màn hình', en: 'Title, shown on screens' }],
  [
    'procedure',
    {
      vi: 'Quy trình và phiên bản; xem: giamsat procedure list',
      en: 'Procedure and version; see: giamsat procedure list',
    },
  ],
  ['calendar', null],
  [
    'level',
    {
      vi: 'Cấp của cấp ủy giám sát: central | province | district | base',
      en: 'Level of the supervising committee: central | province | district | base',
    },
  ],
  ['year', null],
  ['quarter', null],
  ['ownerUnit', { vi: 'Mã của đơn vị chủ trì', en: 'Code of the owning unit' }],
  [
    'historical',
    { vi: 'Hồ sơ nhập lại sau: chỉ để xem, không gửi cho ai', en: 'Entered after the fact: shown, nothing is sent' },
  ],
  ['programme', { vi: 'Chương trình kiểm tra, giám sát năm', en: 'Programme of the year' }],
  [
    'plan',
    {
      vi: 'Kế hoạch. Ngày kế hoạch giao cho đơn vị là thời hạn bắt buộc (by: chậm nhất ngày đó, before: trước ngày đó);\nphiên họp đã biết của tập thể ghi ở sessions. Ví dụ:\n  dates: { self-report: { on: 2026-03-15, kind: by } }\n  sessions: { standing-committee: [2026-04-20, 2026-05-18] }',
      en: 'The plan. A date it gives to the units is a binding deadline (by: at the latest that day, before: before it);\nknown sessions of a collective body go under sessions. For example:\n  dates: { self-report: { on: 2026-03-15, kind: by } }\n  sessions: { standing-committee: [2026-04-20, 2026-05-18] }',
    },
  ],
  ['decision', { vi: 'Quyết định thành lập đoàn', en: 'The decision that forms the teams' }],
  ['waves', { vi: 'Các đợt; bỏ đi nếu chỉ có một đợt', en: 'Waves; leave out if there is only one' }],
  ['teams', { vi: 'Đoàn giám sát; người ghi bằng tên đăng nhập', en: 'Teams; people by their login' }],
  [
    'offices',
    {
      vi: 'Người giữ chức trách riêng trong cuộc này; không ghi thì theo sổ của đơn vị',
      en: 'Offices held for this campaign only; otherwise those of the register',
    },
  ],
  [
    'subjects',
    {
      vi: 'Mỗi dòng một đơn vị được giám sát; thêm được wave, areaOfficer, head, contact\n(không ghi head, contact thì lấy người đang giữ chức trách ở đơn vị)',
      en: 'A line for each supervised unit; wave, areaOfficer, head, contact may be added\n(without head and contact: whoever holds those offices in the unit)',
    },
  ],
];

/** A campaign as a file that can be read and edited: every part under its comment, one line an entry. */
export function campaignYaml(head: string, campaign: Record<string, unknown>, io: Io): string {
  const comments = new Map(PARTS);
  const parts = PARTS.filter(([key]) => campaign[key] !== undefined).map(([key]) => [key, campaign[key]]);
  const document = new Document(Object.fromEntries(parts));
  document.commentBefore = commentOf(head);
  if (!isMap(document.contents)) return String(document);
  for (const { key, value } of document.contents.items) {
    const comment = isScalar(key) ? comments.get(String(key.value)) : undefined;
    if (comment && isScalar(key)) key.commentBefore = commentOf(io.say(comment));
    for (const entry of isSeq(value) ? value.items : isMap(value) ? value.items.map((pair) => pair.value) : [])
      if (isCollection(entry)) entry.flow = true;
  }
  return document.toString({ lineWidth: 0 });
}

const commentOf = (text: string): string => text.replace(/^/gm, ' ');
