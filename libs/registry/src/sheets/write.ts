import type { Sheet } from './read.js';

/** A cell that a spreadsheet would run is marked as text (OWASP, CSV Injection); reading takes the mark off again. */
export const neutral = (cell: string): string => (RUNS.test(cell) ? `'${cell}` : cell);
/** Also in full width, and behind blanks that a spreadsheet may leave out. */
export const RUNS = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

export async function writeXlsx(sheets: Sheet[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      data: rows.map((row) => row.map((cell) => ({ value: neutral(cell), type: String }))),
    })),
  ).toBuffer();
}

/** With a mark of its encoding, for spreadsheets that would guess otherwise (RFC 4180 for the rest). */
export const writeCsv = ({ rows }: Sheet): Buffer =>
  Buffer.from(`\uFEFF${rows.map((row) => row.map((cell) => quoted(neutral(cell))).join(',')).join('\r\n')}\r\n`);

const quoted = (cell: string): string => (/[",;\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
