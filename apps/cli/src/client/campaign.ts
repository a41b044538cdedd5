import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { act, actOptions, type ActOptions } from './act.js';
import { readCampaignFile } from './campaign-file.js';
import { register as registerHistory } from './history.js';
import { register as registerCorrections } from './corrections.js';
import { init, type InitOptions } from './init.js';
import { launchFile, launchWave } from './launch.js';
import { registerCampaign } from './reads.js';
import { rehearseCampaign, type RehearseOptions } from './rehearse.js';
import { register as registerRestore } from './restore.js';
import { closeCampaign, summarize } from './summary.js';

export function register(program: Command, io: Io): void {
  const group = program.command('campaign').description(io.say({ vi: 'Các cuộc giám sát', en: 'Campaigns' }));
  registerCampaign(group, io);
  registerHistory(group, 'campaign', io);
  registerCorrections(group, 'campaign', io);
  registerRestore(group, 'campaign', io);
  group
    .command('init')
    .description(io.say({ vi: 'Viết một tệp kế hoạch có chú thích', en: 'Write a commented campaign file' }))
    .option('--like <id>', io.say({ vi: 'theo một cuộc giám sát đã có', en: 'after an earlier campaign' }))
    .option('--units <file>', io.say({ vi: 'bảng XLSX: cột unit, team', en: 'XLSX with columns unit, team' }))
    .option('--out <file>', io.say({ vi: 'tệp sẽ viết', en: 'the file to write' }), 'campaign.yaml')
    .addHelpText('after', '\n  giamsat campaign init --units don-vi.xlsx --out 2026-q4.yaml')
    .action((options: InitOptions) => init(options, io));
  group
    .command('check')
    .argument('<file>')
    .description(io.say({ vi: 'Mọi chỗ chưa đúng của một tệp, cùng lúc', en: 'Every mistake of a file, at once' }))
    .addHelpText('after', '\n  giamsat campaign check 2026-q4.yaml')
    .action(async (file: string) => {
      const { document } = await readCampaignFile(file, io);
      io.show(
        io.say({
          vi: `Đúng: ${document.title}, ${document.subjects.length} đơn vị.`,
          en: `Correct: ${document.title}, ${document.subjects.length} units.`,
        }),
        { ok: true, subjects: document.subjects.length },
      );
    });
  group
    .command('rehearse')
    .argument('<file|id>')
    .description(
      io.say({
        vi: 'Diễn tập cả cuộc: việc theo tuần, thư theo người, Tết',
        en: 'Rehearse the whole campaign: load by week, letters per head, Tết',
      }),
    )
    .option('--behaviour <kind>', 'on-time | late | random', 'on-time')
    .option('--days <n>', io.say({ vi: 'chậm bao nhiêu ngày làm việc', en: 'how many working days late' }), '5')
    .option('--seed <n>', io.say({ vi: 'số gieo, để diễn lại y hệt', en: 'repeats a random rehearsal exactly' }), '1')
    .option('--from <date>', io.say({ vi: 'ngày triển khai', en: 'day of the launch' }))
    .option(
      '--last',
      io.say({ vi: 'xem lại báo cáo gần nhất của một cuộc', en: 'show the last report kept with a campaign' }),
    )
    .addHelpText(
      'after',
      '\n  giamsat campaign rehearse 2026-q4.yaml --behaviour random --seed 7\n  giamsat campaign rehearse 0198… --behaviour late --days 8\n  giamsat campaign rehearse 0198… --last',
    )
    .action((which: string, options: RehearseOptions) => rehearseCampaign(which, options, io));
  group
    .command('launch')
    .argument('<file>')
    .description(
      io.say({ vi: 'Ban hành kế hoạch, thành lập đoàn, triển khai', en: 'Issue the plan, form the team, launch' }),
    )
    .option('--wave <n>', io.say({ vi: 'đợt', en: 'wave' }), '1')
    .addHelpText('after', '\n  giamsat campaign launch 2026-q4.yaml')
    .action((file: string, { wave }: { wave: string }) => launchFile(file, waveOf(wave), io));
  group
    .command('launch-wave')
    .argument('<id>')
    .option('--wave <n>', io.say({ vi: 'đợt', en: 'wave' }), '1')
    .description(
      io.say({
        vi: 'Triển khai một đợt của cuộc đã có kế hoạch',
        en: 'Launch a wave of a campaign whose plan is issued',
      }),
    )
    .addHelpText('after', '\n  giamsat campaign launch-wave 0198… --wave 2')
    .action((id: string, { wave }: { wave: string }) => launchWave(id, waveOf(wave), io));
  actOptions(group.command('act').argument('<id>').argument('<command>'), io)
    .description(io.say({ vi: 'Làm một việc trên cuộc giám sát', en: 'Do something to a campaign' }))
    .addHelpText('after', '\n  giamsat campaign act 0198… withdrawWave --set wave=1 reason="…"')
    .action((id: string, type: string, options: ActOptions) => act('campaign', id, type, options, io));
  group
    .command('close')
    .argument('<id>')
    .description(io.say({ vi: 'Kết thúc cuộc giám sát, in tổng kết', en: 'Close a campaign, print its summary' }))
    .addHelpText('after', '\n  giamsat campaign close 0198…')
    .action((id: string) => closeCampaign(id, io));
  group
    .command('summary')
    .argument('<id>')
    .description(
      io.say({
        vi: 'Tổng kết: đúng hạn, quá hạn, kết luận, khắc phục',
        en: 'What it came to: in time, late, findings',
      }),
    )
    .addHelpText('after', '\n  giamsat campaign summary 0198… --json')
    .action((id: string) => summarize(id, io));
}

function waveOf(wave: string): number {
  if (/^[1-9]\d?$/.test(wave)) return Number(wave);
  throw new Stop('usage', { vi: `--wave ${wave}: viết một số từ 1`, en: `--wave ${wave}: a number from 1` });
}
