import { basename } from 'node:path';
import {
  campaignDocument,
  documentMistake,
  sayIssue,
  type CampaignDocument,
  type Mistake,
} from '@giamsat/contracts/http';
import { procedureLibrary } from '@giamsat/procedure/source';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { Stop } from '../cli/exit.js';
import { readText } from '../cli/input.js';
import type { Io } from '../cli/io.js';
import { connect } from './connect.js';

export interface CampaignFile {
  document: CampaignDocument;
  /** 'file:line:column' of a path such as `subjects.3.unit` */
  placeOf(path: string): string;
}
type Found = Pick<Mistake, 'path' | 'message'>;

/**
 * Reads a campaign file; every mistake at once, each with its place (`usage`). What only the server knows (units, people,
 * offices) it is asked for, unless `offline`.
 */
export async function readCampaignFile(
  file: string,
  io: Io,
  { offline = false }: { offline?: boolean } = {},
): Promise<CampaignFile> {
  const name = basename(file);
  const counter = new LineCounter();
  const yaml = parseDocument(readText(file), { lineCounter: counter, prettyErrors: false });
  const placeOf = placeIn(name, yaml, counter);
  if (yaml.errors.length > 0)
    throw wrong(
      yaml.errors.map(({ message, pos }) => {
        const { line, col } = counter.linePos(pos[0]);
        return { place: `${name}:${line}:${col}`, path: 'YAML', message };
      }),
    );
  const raw: unknown = yaml.toJS();
  const read = campaignDocument.safeParse(raw, { error: sayIssue(io.lang) });
  const found = read.success
    ? await (offline ? unknownIn(read.data) : askServer(read.data, io))
    : read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message: { vi: message, en: message } }));
  if (found.length > 0)
    throw wrong(found.map(({ path, message }) => ({ place: placeOf(path), path, message: io.say(message) })));
  return { document: read.data!, placeOf };
}

const askServer = async (document: CampaignDocument, io: Io): Promise<Found[]> =>
  (await connect(io).checkCampaign({ body: { document } })).mistakes;

/** What can be told of procedure and calendar without a server. */
function unknownIn({ procedure, calendar, level }: CampaignDocument): Found[] {
  const library = procedureLibrary();
  const found = library.getProcedure(procedure)?.compiled;
  if (!found) return [documentMistake('procedure', 'PROCEDURE_UNKNOWN', { known: library.known.procedures })];
  return [
    ...(library.getCalendar(calendar ?? found.calendar)
      ? []
      : [documentMistake('calendar', 'CALENDAR_UNKNOWN', { known: library.known.calendars })]),
    ...(found.levels.includes(level)
      ? []
      : [documentMistake('level', 'LEVEL_UNKNOWN', { known: found.levels.join(', ') })]),
  ];
}

const wrong = (mistakes: { place: string; path: string; message: string }[]): Stop =>
  new Stop(
    'usage',
    {
      vi: `${mistakes.length} chỗ chưa đúng:`,
      en: `${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}:`,
    },
    mistakes.map(({ place, path, message }) => `  ${place} ${path || '-'}: ${message}`),
    { ok: false, mistakes },
  );

/** The place of the deepest node that the path leads to: a missing field is shown where it should stand. */
function placeIn(file: string, yaml: Document, counter: LineCounter): (path: string) => string {
  return (path) => {
    const keys = path === '' ? [] : path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    for (let depth = keys.length; depth >= 0; depth--) {
      const node = depth === 0 ? yaml.contents : yaml.getIn(keys.slice(0, depth), true);
      const range = (node as { range?: [number, number, number] } | null | undefined)?.range;
      if (!range) continue;
      const { line, col } = counter.linePos(range[0]);
      return `${file}:${line}:${col}`;
    }
    return `${file}:1:1`;
  };
}
