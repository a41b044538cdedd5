import { basename } from 'node:path';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { readInput } from '../cli/input.js';
import type { Io } from '../cli/io.js';
import { act, actOptions, type ActOptions } from './act.js';

/** Intake: a paper received from a unit or delivered to it, with its number and dates; the unit is told and may contest. */
export function register(program: Command, io: Io): void {
  const paper = program
    .command('paper')
    .description(io.say({ vi: 'Văn bản đến, văn bản giao', en: 'Papers received and delivered' }));
  actOptions(paper.command('record').argument('<case>'), io)
    .description(
      io.say({
        vi: 'Vào sổ một văn bản; có --step thì văn bản hoàn thành bước đó',
        en: 'Enter a paper; with --step it does that step',
      }),
    )
    .option(
      '--kept-outside <office>',
      io.say({ vi: 'văn bản giữ ngoài hệ thống, ai giữ', en: 'kept outside the system, by whom' }),
    )
    .option(
      '--notice <file>',
      io.say({
        vi: 'thông báo kết luận dự kiến ban hành: máy chủ đọc và so với hồ sơ',
        en: 'a notice of conclusion to be issued: the server reads it and holds it against the case',
      }),
    )
    .addHelpText(
      'after',
      '\n  giamsat paper record 0198… --step self-report --paper BC --number 12-BC/ĐU --document 2026-03-02 --sent 2026-03-03 --received 2026-03-05 --register 118\n  giamsat paper record 0198… --paper BB --document 2026-03-02 --kept-outside document-office',
    )
    .action((id: string, options: ActOptions & Recording) => record(id, options, io));
}

async function record(id: string, { keptOutside, notice, ...options }: ActOptions & Recording, io: Io): Promise<void> {
  if (!options.paper || !options.document)
    throw new Stop('usage', {
      vi: 'Cần loại văn bản (--paper) và ngày của nó (--document).',
      en: 'The kind of paper (--paper) and its date (--document) are needed.',
    });
  const { step, outcome, paper, document, set = [] } = options;
  if (notice)
    return act(
      'case',
      id,
      'recordPaper',
      {
        ...options,
        step: undefined,
        set: [...set, 'about=conclusion-issued', `notice=${await textOf(notice)}`],
      },
      io,
    );
  if (keptOutside) {
    const outside = { kind: paper, date: document, keptOutside: { keeper: keptOutside, on: document } };
    return act(
      'case',
      id,
      'recordPaper',
      { ...options, paper: undefined, set: [...set, `paper=${JSON.stringify(outside)}`] },
      io,
    );
  }
  if (!step) return act('case', id, 'recordPaper', options, io);
  return act('case', id, outcome ? 'completeStep' : 'submitStep', options, io);
}

interface Recording {
  keptOutside?: string;
  notice?: string;
}

/** Word files are read here; the server gets text. */
async function textOf(file: string): Promise<string> {
  const { isRefusal, readNotice, sayRefusal } = await import('@giamsat/documents');
  const reading = await readNotice({ fileName: basename(file), bytes: readInput(file) });
  if (isRefusal(reading)) throw new Stop('refused', { vi: sayRefusal(reading, 'vi'), en: sayRefusal(reading, 'en') });
  return reading.source.text;
}
