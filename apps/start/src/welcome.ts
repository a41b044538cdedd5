import { PREFIX } from '@giamsat/contracts/http';
import type { Starter } from './starter.js';

/** Where things are, once all runs. */
export function welcome(starter: Starter): void {
  const { ports, home } = starter.around!;
  const lines = [
    '',
    'Giám sát đã sẵn sàng · giamsat is ready',
    '',
    `  Tài liệu API · API documentation   http://127.0.0.1:${ports.api}${PREFIX}/docs`,
    ...(starter.uiUrl ? [`  Temporal                           ${starter.uiUrl}`] : []),
    `  Dữ liệu · Data                     ${home}`,
    '',
    'Ctrl-C để dừng, lần chạy sau tiếp tục tại đây · Ctrl-C stops; the next start goes on from here',
  ];
  console.log(lines.join('\n'));
}
