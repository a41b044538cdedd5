import { Stop } from '../cli/exit.js';
import { readInput } from '../cli/input.js';

export interface UnitRow {
  unit: string;
  team: string;
  wave?: number;
}

const HEADINGS = { unit: ['unit', 'đơn vị', 'mã đơn vị'], team: ['team', 'đoàn'], wave: ['wave', 'đợt'] };
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/**
 * Units and their teams from an XLSX sheet: its first row names the columns (`unit`, and if there are several `team`,
 * `wave`). Every wrong cell is named.
 */
export async function readUnits(file: string): Promise<UnitRow[]> {
  const { readSheet } = await import('read-excel-file/node');
  const rows = (await readSheet(readInput(file)).catch(() => [])).map((row) => row.map((cell) => text(cell)));
  const [head = [], ...body] = rows;
  const column = (name: keyof typeof HEADINGS): number =>
    head.findIndex((heading) => HEADINGS[name].includes(heading.toLowerCase()));
  const [unit, team, wave] = [column('unit'), column('team'), column('wave')];
  if (unit < 0)
    throw new Stop('usage', {
      vi: `${file}: cần một bảng XLSX, dòng đầu có cột "unit" (và nếu cần "team", "wave")`,
      en: `${file}: an XLSX sheet whose first row has a column "unit" (and if needed "team", "wave")`,
    });
  const filled = body.map((cells, i) => ({ cells, line: i + 2 })).filter(({ cells }) => cells.some(Boolean));
  const wrong = filled.flatMap(({ cells, line }) => [
    ...cellsThat(cells, line, [unit, ...(team < 0 ? [] : [team])], (cell) => !CODE.test(cell)),
    ...cellsThat(cells, line, wave < 0 ? [] : [wave], (cell) => !/^([1-9]\d?)?$/.test(cell)),
  ]);
  if (wrong.length > 0)
    throw new Stop(
      'usage',
      {
        vi: `${file}: ${wrong.length} ô chưa đúng (mã không dấu cách, đợt là số từ 1):`,
        en: `${file}: ${wrong.length} wrong cells (codes without spaces, waves from 1):`,
      },
      wrong.map(({ cell, at }) => `  ${at}: "${cell}"`),
      { ok: false, cells: wrong },
    );
  return filled.map(({ cells }) => ({
    unit: cells[unit]!,
    team: cells[team] ?? 'Doan-1',
    ...(cells[wave] && { wave: Number(cells[wave]) }),
  }));
}

const text = (cell: unknown): string => (cell === null ? '' : String(cell).trim());

const cellsThat = (cells: string[], line: number, columns: number[], isWrong: (cell: string) => boolean) =>
  columns
    .filter((column) => isWrong(cells[column] ?? ''))
    .map((column) => ({ at: `${String.fromCharCode(65 + column)}${line}`, cell: cells[column] ?? '' }));
