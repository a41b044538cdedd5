import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isRefusal, placeOf, readNotice, sayFinding, sayRefusal } from '@giamsat/documents';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { day } from '../cli/when.js';

export function register(program: Command, io: Io): void {
  const notice = program
    .command('notice')
    .description(io.say({ vi: 'Thông báo kết luận', en: 'Notices of conclusion' }));
  notice
    .command('read')
    .argument('<file>', '.txt .md .docx')
    .description(
      io.say({
        vi: 'Đọc một thông báo kết luận và chỉ ra chỗ không khớp',
        en: 'Read a notice of conclusion and show what does not fit',
      }),
    )
    .addHelpText('after', '\n  giamsat notice read thong-bao.docx\n  giamsat notice read thong-bao.txt --json')
    .action((file: string) => read(file, io));
}

async function read(file: string, io: Io): Promise<void> {
  const reading = await readNotice({ fileName: basename(file), bytes: readFileSync(file) });
  if (isRefusal(reading))
    throw new Stop('refused', { vi: sayRefusal(reading, 'vi'), en: sayRefusal(reading, 'en') }, [], reading);
  const { notice, findings, source } = reading;
  const references = notice.references.map(
    ({ symbol, date }) =>
      `  ${symbol}${date ? ` (${day(date.iso)})` : io.say({ vi: ' (không ghi ngày)', en: ' (no date)' })}`,
  );
  const found = findings.map((finding) => {
    const span = finding.spans[0];
    const at = span ? placeOf(source.text, span.start) : null;
    return `  ${MARK[finding.severity]} ${at ? `${at.line}:${at.column} ` : ''}${finding.code}: ${sayFinding(finding, io.lang, source.text)}`;
  });
  io.show(
    [
      `${notice.kind.text}${notice.number ? ` ${notice.number.symbol}` : ''} — ${notice.unit?.text ?? '?'}`,
      `${io.say({ vi: 'Kế hoạch', en: 'Plan' })}: ${notice.plan?.symbol ?? '—'} · ${io.say({ vi: 'Quyết định', en: 'Decision' })}: ${notice.decision?.symbol ?? '—'} · ${io.say({ vi: 'Ký', en: 'Signed' })}: ${notice.signer.name?.text ?? '—'}`,
      io.say({
        vi: `Ưu điểm ${notice.strengths.length} · hạn chế ${notice.limitations.length} · nguyên nhân ${notice.causes.length} · phương hướng ${notice.directions.length}`,
        en: `Strengths ${notice.strengths.length} · limitations ${notice.limitations.length} · causes ${notice.causes.length} · directions ${notice.directions.length}`,
      }),
      io.say({ vi: `Văn bản dẫn chiếu: ${notice.references.length}`, en: `References: ${notice.references.length}` }),
      ...references,
      io.say({ vi: `Chỗ cần xem: ${findings.length}`, en: `Findings: ${findings.length}` }),
      ...found,
    ],
    { notice, findings },
  );
}

const MARK = { blocks: '✗', warns: '!', notes: '·' } as const;
