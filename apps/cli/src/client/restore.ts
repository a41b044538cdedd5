import type { Command } from 'commander';
import type { Io } from '../cli/io.js';
import { connect } from './connect.js';

export function register(group: Command, scope: 'case' | 'campaign', io: Io): void {
  group
    .command('restore')
    .argument('<id>')
    .description(io.say({ vi: 'Dựng lại trong Temporal từ sổ cái', en: 'Start it again in Temporal, from the ledger' }))
    .addHelpText('after', `\n  giamsat ${scope} restore 0198…`)
    .action((id: string) => restore(scope, id, io));
}

async function restore(scope: 'case' | 'campaign', id: string, io: Io): Promise<void> {
  const client = connect(io);
  const call = { params: { id } };
  const { restored } = await (scope === 'case' ? client.restoreCase(call) : client.restoreCampaign(call));
  const words = restored
    ? { vi: 'Đã dựng lại từ sổ cái.', en: 'It is restored from the ledger.' }
    : { vi: 'Vẫn đang chạy, không phải làm gì.', en: 'It is running; nothing was done.' };
  io.show(io.say(words), { id, restored });
}
