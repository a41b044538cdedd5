import {
  placeOf,
  sayFinding,
  type Direction,
  type Item,
  type NoticeReading,
  type Passage,
  type Reference,
  type Span,
} from '@giamsat/documents';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';

const MARK = { blocks: '✗', warns: '!', notes: '·' } as const;
const LINE = 96;

/** What a notice says, part by part, each with the line it stands on, and what does not fit in it. */
export function noticePage(reading: NoticeReading, io: Io): string[] {
  const { notice, findings, source } = reading;
  const at = (span: Span | undefined): string => {
    if (!span) return '';
    const { line, column } = placeOf(source.text, span.start);
    return `${line}:${column}`;
  };
  const none = io.say({ vi: '— không ghi', en: '— not given' });
  const one = (name: { vi: string; en: string }, text: string | undefined, span?: Span): string[] => [
    `  ${io.say(name)}`,
    text ?? none,
    at(span),
  ];
  const part = (name: { vi: string; en: string }, rows: string[][]): string[] => [
    '',
    `── ${io.say(name)} (${rows.length})`,
    ...table(rows),
  ];
  const items = (all: readonly Item[]): string[][] =>
    all.map((item) => [`  ${item.label}`, short(item.text) + duty(item, io), at(item.span)]);
  const cited = ({ symbol, date }: Reference): string =>
    `${symbol}${date ? io.say({ vi: ` ngày ${day(date.iso)}`, en: ` of ${day(date.iso)}` }) : io.say({ vi: ' (không ghi ngày)', en: ' (no date)' })}`;
  const { signer } = notice;
  return [
    notice.kind.text,
    ...table([
      one({ vi: 'Số, ký hiệu', en: 'Number' }, notice.number?.symbol, notice.number?.span),
      one({ vi: 'Nơi, ngày', en: 'Place, date' }, join([notice.place, notice.date]), notice.date?.span),
      one({ vi: 'Cơ quan ban hành', en: 'Issued by' }, join([notice.issuer, notice.locality]), notice.issuer?.span),
      one({ vi: 'Đơn vị được giám sát', en: 'Supervised unit' }, notice.unit?.text, notice.unit?.span),
      one({ vi: 'Trích yếu', en: 'Title' }, notice.abstract && short(notice.abstract.text), notice.abstract?.span),
      one({ vi: 'Năm', en: 'Year' }, notice.year && String(notice.year.value), notice.year?.span),
      one({ vi: 'Chương trình', en: 'Programme' }, notice.programme?.text, notice.programme?.span),
      one({ vi: 'Kế hoạch', en: 'Plan' }, notice.plan && cited(notice.plan), notice.plan?.spans[0]),
      one({ vi: 'Quyết định', en: 'Decision' }, notice.decision && cited(notice.decision), notice.decision?.spans[0]),
      one(
        { vi: 'Nội dung giám sát', en: 'Supervised texts' },
        notice.subjectTexts.map(cited).join('; ') || undefined,
        notice.subjectTexts[0]?.spans[0],
      ),
      one({ vi: 'Người ký', en: 'Signed' }, join([signer.capacity, signer.office, signer.name]), signer.name?.span),
    ]),
    ...part({ vi: 'Ưu điểm', en: 'Strengths' }, items(notice.strengths)),
    ...part({ vi: 'Hạn chế', en: 'Limitations' }, items(notice.limitations)),
    ...part({ vi: 'Nguyên nhân', en: 'Causes' }, items(notice.causes)),
    ...part({ vi: 'Phương hướng', en: 'Directions' }, items(notice.directions)),
    ...part(
      { vi: 'Số liệu', en: 'Figures' },
      notice.figures.map(({ text, span }) => [`  ${short(text)}`, at(span)]),
    ),
    ...part(
      { vi: 'Văn bản dẫn chiếu', en: 'References' },
      notice.references.map((each) => [`  ${cited(each)}`, each.spans.map(at).join(', ')]),
    ),
    ...part(
      { vi: 'Nơi nhận', en: 'Recipients' },
      notice.recipients.map(({ text, span }) => [`  ${short(text)}`, at(span)]),
    ),
    ...part(
      { vi: 'Chỗ cần xem; không chỗ nào được tự sửa', en: 'To look at; nothing was changed' },
      findings.map((finding) => [
        `  ${MARK[finding.severity]}`,
        at(finding.spans[0]),
        `${finding.code}: ${sayFinding(finding, io.lang, source.text)}`,
      ]),
    ),
    io.say({
      vi: `${MARK.blocks} phải trả lời trước khi ban hành · ${MARK.warns} nên xem · ${MARK.notes} ghi nhận`,
      en: `${MARK.blocks} must be answered before it is issued · ${MARK.warns} worth a look · ${MARK.notes} for the record`,
    }),
  ];
}

const short = (text: string): string => {
  const whole = text.replace(/\s+/g, ' ');
  return whole.length <= LINE ? whole : `${whole.slice(0, LINE - 1)}…`;
};

const join = (passages: readonly (Passage | undefined)[]): string | undefined =>
  passages.flatMap((each) => (each ? [each.text] : [])).join(', ') || undefined;

/** What of a direction the software can tell by itself; on the rest a person rules. */
function duty(item: Direction, io: Io): string {
  if (!item.duty && !item.due) return '';
  const what = item.duty ? [io.say({ vi: 'giao kế hoạch khắc phục', en: 'asks for a remediation plan' })] : [];
  const when = item.due
    ? io.say({ vi: `hạn: ${item.due.text}`, en: `due: ${item.due.text}` })
    : io.say({ vi: 'không ghi hạn', en: 'no due' });
  return ` [${[...what, when].join('; ')}]`;
}
