import type { ResponseOf } from '@giamsat/contracts/http';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import type { namesOf } from './names.js';

type Names = ReturnType<typeof namesOf>;
type Movement = ResponseOf<'previewCase'>;
type InCampaign = ResponseOf<'previewCampaign'>;

export const warningLines = ({ warnings }: Pick<Movement, 'warnings'>, io: Io): string[] =>
  warnings.map(({ message }) => `${io.say({ vi: 'Lưu ý', en: 'Note' })}: ${io.say(message)}`);

const isStill = ({ dues, rungs, unfounded }: Movement): boolean => dues.length + rungs.length + unfounded.length === 0;

/** Every deadline and notice that moves, from when to when. */
export function movementLines(moved: Movement, names: Names, io: Io, indent = '  '): string[] {
  if (isStill(moved)) return [indent + io.say({ vi: 'Không thời hạn nào thay đổi.', en: 'No deadline moves.' })];
  const { dues, rungs, unfounded } = moved;
  const none = io.say({ vi: 'không', en: 'none' });
  const when = (at: string | null): string => (at === null ? none : day(at));
  return [
    ...table(
      dues.map(({ step, from, to, provisional }) => [
        indent + names.step(step),
        `${when(from)} → ${when(to)}${provisional ? io.say({ vi: ' (tạm tính)', en: ' (provisional)' }) : ''}`,
      ]),
    ),
    ...table(
      rungs.map(({ step, rung, from, to }) => [
        `${indent}  ${io.say({ vi: 'lần nhắc', en: 'notice' })} ${rung}`,
        names.step(step),
        `${when(from)} → ${when(to)}`,
      ]),
    ),
    ...(unfounded.length > 0
      ? [
          indent +
            io.say({
              vi: `${unfounded.length} lần nhắc đã gửi thành không có căn cứ; người nhận được thư đính chính.`,
              en: `${unfounded.length} notices that went out lose their reason; whoever got one gets a correction.`,
            }),
        ]
      : []),
  ];
}

/** The campaign and each case in which something moves; the others are counted. */
export function campaignMovement({ campaign, cases }: InCampaign, names: Names, io: Io): string[] {
  const moving = cases.filter((each) => !isStill(each) || each.warnings.length > 0);
  return [
    ...(isStill(campaign) ? [] : movementLines(campaign, names, io)),
    ...moving.flatMap((each) => [
      `  ${each.unit.name} (${each.caseId})`,
      ...movementLines(each, names, io, '    '),
      ...warningLines(each, io).map((line) => `    ${line}`),
    ]),
    io.say({
      vi: `  ${moving.length} hồ sơ thay đổi, ${cases.length - moving.length} hồ sơ đang mở giữ nguyên.`,
      en: `  ${moving.length} cases move, ${cases.length - moving.length} open ones stay as they are.`,
    }),
  ];
}
