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
    `  Thư gửi đi · Letters               ${home}/mail`,
    `  Dữ liệu · Data                     ${home}`,
    '',
    ...(starter.demo ? [starter.demo, ''] : []),
    starter.asksSigners
      ? 'Người ký văn bản phải bật xác thực hai lớp · Whoever signs needs a second factor (GIAMSAT_SECOND_FACTOR=signers)'
      : 'Bản mẫu không hỏi xác thực hai lớp khi ký; môi trường thật thì có · The demo asks signers for no second factor; production does (GIAMSAT_SECOND_FACTOR=off)',
    '',
    'Thử tiếp, ở một cửa sổ khác · Try next, in another window',
    '',
    '  npx giamsat login --user coordinator',
    '  npx giamsat campaign list',
    '  npx giamsat duties',
    '',
    'Ctrl-C để dừng, lần chạy sau tiếp tục tại đây · Ctrl-C stops; the next start goes on from here',
  ];
  console.log(lines.join('\n'));
}
