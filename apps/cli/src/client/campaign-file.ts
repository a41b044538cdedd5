import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { campaignDocument, type CampaignDocument } from '@giamsat/contracts/http';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { connect } from './connect.js';

export interface CampaignFile {
  name: string;
  document: CampaignDocument;
  /** 'file:line:column' of a path such as `subjects.3.unit` */
  placeOf(path: string): string;
}

interface Found {
  path: string;
  message: string;
}

/** Reads a campaign file; every mistake at once, each with its place (`usage`). Asks the server for what only it knows. */
export async function readCampaignFile(
  file: string,
  io: Io,
  options: { offline?: boolean } = {},
): Promise<CampaignFile> {
  const counter = new LineCounter();
  const yaml = parseDocument(readFileSync(file, 'utf8'), { lineCounter: counter });
  const placeOf = placeIn(basename(file), yaml, counter);
  if (yaml.errors.length > 0)
    throw wrong(
      yaml.errors.map(
        ({ message, pos }) => `  ${basename(file)}:${counter.linePos(pos[0]).line}: ${message.split('\n')[0]}`,
      ),
    );
  const read = campaignDocument.safeParse(yaml.toJS());
  const shape: Found[] = read.success
    ? []
    : read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const found = options.offline ? shape : await askServer(yaml.toJS() as Record<string, unknown>, io);
  if (found.length > 0) throw wrong(found.map(({ path, message }) => `  ${placeOf(path)} ${path}: ${message}`));
  return { name: basename(file), document: read.data!, placeOf };
}

/** Shape and content alike, in words of the reader's language. */
async function askServer(document: Record<string, unknown>, io: Io): Promise<Found[]> {
  const { mistakes } = await connect(io).checkCampaign({ body: { document } });
  return mistakes.map(({ path, message }) => ({ path, message: io.say(message) }));
}

const wrong = (lines: string[]): Stop =>
  new Stop('usage', { vi: `${lines.length} chỗ chưa đúng:`, en: `${lines.length} mistakes:` }, lines, {
    ok: false,
    mistakes: lines.map((line) => line.trim()),
  });

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
