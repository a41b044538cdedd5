import type { ResponseOf } from '@giamsat/contracts/http';
import type { Io } from '../cli/io.js';
import { day } from '../cli/when.js';

type Found = ResponseOf<'getCase'>;
type CaseUnit = NonNullable<Found['unit']>;

/** What has become of the unit since the decision named it; nothing when nothing has. */
export function sinceThen({ now, ended, takenOverBy }: CaseUnit, io: Io): string {
  const heirs = takenOverBy?.map(({ name }) => name).join(', ');
  return [
    ...(now ? [io.say({ vi: `nay là ${now}`, en: `now ${now}` })] : []),
    ...(ended ? [io.say({ vi: `kết thúc ${day(ended)}`, en: `ended ${day(ended)}` })] : []),
    ...(heirs ? [io.say({ vi: `do ${heirs} tiếp nhận`, en: `taken over by ${heirs}` })] : []),
  ].join(', ');
}

/** Offices that nobody holds: notices climb over them. */
export function vacancyLines(vacant: Iterable<string>, office: (id: string) => string, io: Io): string[] {
  const names = [...new Set(vacant)].map(office);
  return names.length === 0
    ? []
    : [
        io.say({
          vi: `Lưu ý: đang khuyết ${names.join(', ')}; nhắc việc sẽ đi tiếp lên bậc trên.`,
          en: `Note: vacant are ${names.join(', ')}; notices climb over them to the next rung.`,
        }),
      ];
}

/** Who sits in the team of a case and had to step back from its unit. */
export function recusedLines({ unit, recused }: Pick<Found, 'unit' | 'recused'>, io: Io): string[] {
  const names = recused.map(({ name }) => name).join(', ');
  return names === ''
    ? []
    : [
        io.say({
          vi: `Lưu ý: ${names} ở trong đoàn giám sát ${unit?.name ?? ''} mà phải rút (giamsat people recusals); hãy đổi đoàn (changeTeam) hoặc cho thôi chức trách (giamsat office end).`,
          en: `Note: ${names} of the team over ${unit?.name ?? ''} had to step back (giamsat people recusals); change the team (changeTeam) or end the office (giamsat office end).`,
        }),
      ];
}
