/** Headings by column, the first is the one that is written; any is read, in either case. */
export const UNIT_COLUMNS = {
  symbol: ['Mã đơn vị', 'mã', 'symbol', 'unit code'],
  name: ['Tên đơn vị', 'tên', 'name'],
  kind: ['Loại', 'loại đơn vị', 'kind'],
  parent: ['Mã cấp trên', 'cấp trên', 'parent'],
  from: ['Từ ngày', 'from'],
  paper: ['Văn bản', 'paper'],
  number: ['Số văn bản', 'số', 'number'],
  date: ['Ngày văn bản', 'paper date'],
} as const;

export const PERSON_COLUMNS = {
  code: ['Mã cán bộ', 'person code', 'person'],
  name: ['Họ và tên', 'họ tên', 'full name', 'name'],
  email: ['Thư điện tử', 'email', 'e-mail'],
  office: ['Chức trách', 'office'],
  unit: ['Mã đơn vị', 'đơn vị', 'unit'],
  from: ['Từ ngày', 'from'],
  /** the first day on which it no longer holds */
  to: ['Thôi từ ngày', 'to', 'ends on'],
  actingFor: ['Giữ thay mã cán bộ', 'giữ thay', 'acting for'],
} as const;

export type UnitColumn = keyof typeof UNIT_COLUMNS;
export type PersonColumn = keyof typeof PERSON_COLUMNS;
type Columns = Record<string, readonly string[]>;

export const headingsOf = (columns: Columns): string[] => Object.values(columns).map(([first]) => first!);

/** The column a heading stands for. */
export const columnOf = (columns: Columns, heading: string): string | undefined =>
  Object.keys(columns).find((column) =>
    columns[column]!.some((known) => known.toLowerCase() === heading.trim().toLowerCase()),
  );

/** `Sheet1!C7` from zero-based row and column. */
export function cellName(sheet: string, row: number, column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${sheet}!${letters}${row + 1}`;
}
