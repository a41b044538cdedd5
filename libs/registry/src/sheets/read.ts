import { registerMistake, type Mistake } from '@giamsat/contracts/http';
import { unzipWithin } from '@giamsat/documents/zip';
import { parse } from 'csv-parse/sync';
import { zipSync } from 'fflate';
import { RUNS } from './write.js';

/** A sheet as text: every cell trimmed, dates as 'YYYY-MM-DD'. Row 0 is line 1. */
export interface Sheet {
  name: string;
  rows: string[][];
}

export const MOST = { unpackedMb: 20, rows: 5000, columns: 50, cell: 500 };

/** Reads XLSX or CSV, by content and not by name. Nothing is inflated past its bound, no sheet is larger than it may be. */
export async function readSheets(fileName: string, bytes: Uint8Array): Promise<Sheet[] | Mistake> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const sheets = isZip ? await readXlsx(bytes) : readCsv(fileName, bytes);
  if (!Array.isArray(sheets)) return sheets;
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  return rows > MOST.rows ? registerMistake('file', 'TOO_MANY_ROWS', { most: MOST.rows }) : sheets;
}

const UNREADABLE = registerMistake('file', 'FILE_UNREADABLE');
const TOO_LARGE = registerMistake('file', 'FILE_TOO_LARGE', { most: MOST.unpackedMb });

async function readXlsx(bytes: Uint8Array): Promise<Sheet[] | Mistake> {
  const files = unzipWithin(bytes, MOST.unpackedMb * 1024 * 1024);
  if (files === 'too-large') return TOO_LARGE;
  if (files === 'unreadable') return UNREADABLE;
  for (const [name, content] of files) {
    if (!/^xl\/worksheets\/.*\.xml$/i.test(name)) continue;
    // One cell in the last corner of a sheet would make a table of sixteen thousand million.
    if (reaches(content.toString('utf8'))) return registerMistake('file', 'TOO_MANY_ROWS', { most: MOST.rows });
  }
  try {
    const { default: readXlsxFile } = await import('read-excel-file/node');
    // Packed anew from what was inflated here, so that the library sees that and nothing else.
    const sheets = await readXlsxFile(Buffer.from(zipSync(Object.fromEntries(files), { level: 0 })));
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(text)) }));
  } catch {
    return UNREADABLE;
  }
}

function reaches(xml: string): boolean {
  for (const [, letters = '', digits = ''] of xml.matchAll(/\b(?:r|ref)="(?:[A-Z]+\d+:)?([A-Z]*)(\d+)"/g))
    if (Number(digits) > MOST.rows + 1 || columnOf(letters) > MOST.columns) return true;
  return false;
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

function readCsv(fileName: string, bytes: Uint8Array): Sheet[] | Mistake {
  try {
    const body = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (body.includes('\0') || body.trim() === '') return UNREADABLE;
    const head = body.slice(0, body.indexOf('\n') + 1 || undefined);
    const delimiter = [';', '\t', ','].toSorted((a, b) => head.split(b).length - head.split(a).length)[0]!;
    const rows: string[][] = parse(body, {
      bom: true,
      delimiter,
      relaxColumnCount: true,
      skipEmptyLines: false,
      toLine: MOST.rows * 2,
    });
    if (rows.some((row) => row.length > MOST.columns)) return UNREADABLE;
    return [{ name: nameOf(fileName), rows: rows.map((row) => row.map(text)) }];
  } catch {
    return UNREADABLE;
  }
}

const nameOf = (fileName: string): string => fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'CSV';

/** A mark that keeps spreadsheets from taking a cell for a formula is no part of it. */
function text(cell: unknown): string {
  const plain =
    cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
  const bare = plain.startsWith("'") && RUNS.test(plain.slice(1)) ? plain.slice(1) : plain;
  return bare.trim().normalize('NFC');
}
