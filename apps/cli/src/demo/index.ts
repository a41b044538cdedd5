import type { Register } from '../cli/io.js';

export const commands: Register[] = [
  (program, io) => {
    const demo = program.command('demo').description(io.say({ vi: 'Dữ liệu mẫu', en: 'Demo data' }));
    demo
      .command('load')
      .description(io.say({ vi: 'Nạp dữ liệu mẫu (chạy lại được)', en: 'Load the demo (safe to repeat)' }))
      .addHelpText('after', '\n  giamsat demo load')
      // loaded when asked for, as the database library costs every other command a second
      .action(async () => (await import('./load.js')).loadDemo(io));
  },
];
