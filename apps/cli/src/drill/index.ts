import type { Register } from '../cli/io.js';
import { drill } from './drill.js';

export const commands: Register[] = [
  (program, io) => {
    program
      .command('drill')
      .description(
        io.say({
          vi: 'Diễn tập: ba đơn vị đi hết quy trình trong chưa đầy ba phút',
          en: 'A drill: three units through the whole procedure in under three minutes',
        }),
      )
      .addHelpText('after', '\n  giamsat drill')
      .action(() => drill(io));
  },
];
