import { registerMistake, UNIT_KINDS, type Mistake, type RegisterCode } from '@giamsat/contracts/http';
import {
  cellName,
  columnOf,
  headingsOf,
  PERSON_COLUMNS,
  UNIT_COLUMNS,
  type PersonColumn,
  type UnitColumn,
} from './columns.js';
import { MOST, type Sheet } from './read.js';
import { isCivilDate } from '@giamsat/procedure';
import type { Instrument } from '../register.js';

interface Placed<C extends string> {
  /** the cell of a column in this row */
  at(column: C): string;
}
export interface UnitRow extends Placed<UnitColumn> {
  symbol: string;
  name: string;
  kind: string;
  /** '' = under nobody */
  parent: string;
  from: string;
  instrument: Instrument | null;
}
export interface PersonRow extends Placed<PersonColumn> {
  code: string;
  name: string;
  /** '' = nothing said */
  email: string;
  office: { office: string; unit: string; from: string; to: string | null; actingFor: string | null } | null;
}

export interface Rows {
  units: UnitRow[];
  people: PersonRow[];
  mistakes: Mistake[];
}

/** Rows of every sheet that has headings of units or of people; each wrong cell is named with what would be right. */
export function rowsOf(sheets: Sheet[]): Rows {
  const rows: Rows = { units: [], people: [], mistakes: [] };
  for (const sheet of sheets) if (sheet.rows.some((cells) => cells.some(Boolean))) readSheet(sheet, rows);
  return rows;
}

function readSheet(sheet: Sheet, rows: Rows): void {
  const [head = []] = sheet.rows;
  const knows = (columns: Record<string, readonly string[]>, wanted: string[]): boolean =>
    wanted.every((column) => head.some((heading) => columnOf(columns, heading) === column));
  if (knows(PERSON_COLUMNS, ['code', 'name'])) return readPeople(sheet, rows);
  if (knows(UNIT_COLUMNS, ['symbol', 'name', 'kind', 'from'])) return readUnits(sheet, rows);
  const [units, people] = [UNIT_COLUMNS, PERSON_COLUMNS].map((columns) => headingsOf(columns).join(', '));
  rows.mistakes.push(registerMistake(cellName(sheet.name, 0, 0), 'SHEET_UNKNOWN', { units: units!, people: people! }));
}

/** By its code, or by its name in either language: `xã`, `phường` and `commune` are one. */
function kindOf(text: string): string {
  const given = text.trim().toLowerCase();
  const found = Object.entries(UNIT_KINDS).find(([kind, { vi, en }]) =>
    [kind, en, vi, ...vi.split(', ')].some((name) => name.toLowerCase() === given),
  );
  return found?.[0] ?? given;
}

function readUnits(sheet: Sheet, rows: Rows): void {
  for (const row of cellsOf<UnitColumn>(sheet, UNIT_COLUMNS, rows.mistakes)) {
    const before = rows.mistakes.length;
    const { code, date, matching, required } = row;
    const read = {
      symbol: required('symbol', code),
      name: required('name', (column) => matching(column, /./, 'CELL_EMPTY', 200)),
      kind: required('kind', (column) => kindOf(row.text(column))),
      parent: code('parent'),
      from: required('from', date),
    };
    const instrument = paperOf(row);
    if (rows.mistakes.length === before) rows.units.push({ ...read, instrument, at: row.at });
  }
}

function paperOf(row: Cells<UnitColumn>): Instrument | null {
  if (!row.text('paper') && !row.text('number') && !row.text('date')) return null;
  return {
    kind: row.required('paper', (column) => row.matching(column, /^[\p{L}-]{1,24}$/u, 'CELL_CODE')),
    number: row.required('number', (column) => row.matching(column, /^[\p{L}\p{N}.\-/*()]{1,40}$/u, 'CELL_NUMBER')),
    date: row.required('date', row.date),
  };
}

function readPeople(sheet: Sheet, rows: Rows): void {
  for (const row of cellsOf<PersonColumn>(sheet, PERSON_COLUMNS, rows.mistakes)) {
    const before = rows.mistakes.length;
    const { code, date, matching, required } = row;
    const read = {
      code: required('code', code),
      name: required('name', (column) => matching(column, /./, 'CELL_EMPTY', 120)),
      email: matching('email', /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:"]+$/, 'CELL_EMAIL', 254),
    };
    const holds = ['office', 'unit', 'from', 'to', 'actingFor'].some((column) => row.text(column as PersonColumn));
    const office = holds
      ? {
          office: required('office', (column) => matching(column, /^[a-zA-Z0-9-]{1,64}$/, 'CELL_CODE')),
          unit: required('unit', code),
          from: required('from', date),
          to: date('to') || null,
          actingFor: code('actingFor') || null,
        }
      : null;
    if (rows.mistakes.length === before) rows.people.push({ ...read, office, at: row.at });
  }
}

interface Cells<C extends string> extends Placed<C> {
  text(column: C): string;
  code(column: C): string;
  date(column: C): string;
  matching(column: C, pattern: RegExp, code: RegisterCode, most?: number): string;
  required(column: C, read: (column: C) => string): string;
}

/** Every row that says anything, by column; what is wrong with the headings themselves is said once. */
function* cellsOf<C extends string>(
  { name, rows }: Sheet,
  columns: Record<C, readonly string[]>,
  mistakes: Mistake[],
): Generator<Cells<C>> {
  const places = new Map<string, number>();
  const say = (row: number, column: number, code: RegisterCode, params: Mistake['params'] = {}): void =>
    void mistakes.push(registerMistake(cellName(name, row, column), code, params));
  (rows[0] ?? []).forEach((heading, column) => {
    if (!heading) return;
    const known = columnOf(columns, heading);
    if (known === undefined) say(0, column, 'COLUMN_UNKNOWN', { known: headingsOf(columns).join(', ') });
    else if (places.has(known)) say(0, column, 'COLUMN_TWICE');
    else places.set(known, column);
  });
  for (const [row, cells] of rows.entries()) {
    if (row === 0 || !cells.some(Boolean)) continue;
    const place = (column: C): number => places.get(column) ?? 0;
    const text = (column: C): string => (places.has(column) ? (cells[place(column)] ?? '') : '');
    const wrong = (column: C, code: RegisterCode, params?: Mistake['params']): string => {
      say(row, place(column), code, params);
      return '';
    };
    const matching = (column: C, pattern: RegExp, code: RegisterCode, most = MOST.cell): string => {
      const found = text(column);
      if (found.length > most) return wrong(column, 'CELL_TOO_LONG', { most });
      return found === '' || pattern.test(found) ? found : wrong(column, code);
    };
    yield {
      text,
      matching,
      at: (column) => cellName(name, row, place(column)),
      code: (column) => matching(column, /^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u, 'CELL_CODE', 64),
      date: (column) => (text(column) === '' ? '' : (dayOf(text(column)) ?? wrong(column, 'CELL_DATE'))),
      required: (column, read) => (text(column) === '' ? wrong(column, 'CELL_EMPTY') : read(column)),
    };
  }
}

/** '2025-07-01', or '1/7/2025' as it is written here; null for a day that does not exist. */
function dayOf(text: string): string | null {
  const [, d = '', m = '', y = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const iso = y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : text;
  return isCivilDate(iso) ? iso : null;
}
