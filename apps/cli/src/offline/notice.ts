import { basename } from 'node:path';
import { isRefusal, readNotice, sayRefusal } from '@giamsat/documents';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { readInput } from '../cli/input.js';
import type { Io } from '../cli/io.js';
import { noticePage } from './notice-page.js';

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
  const reading = await readNotice({ fileName: basename(file), bytes: readInput(file) });
  if (isRefusal(reading))
    throw new Stop('refused', { vi: sayRefusal(reading, 'vi'), en: sayRefusal(reading, 'en') }, [], reading);
  const { notice, findings } = reading;
  const blocked = findings.some(({ severity }) => severity === 'blocks');
  io.show(noticePage(reading, io), { blocked, notice, findings });
}
