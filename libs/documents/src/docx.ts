import mammoth from 'mammoth';
import { isSecretMarked } from './secrecy.js';
import { refuse } from './reading.js';
import type { NoticeRefusal } from './types.js';
import { unzipWithin } from './zip.js';

const MOST_BYTES = 40_000_000;

/** The part of mammoth's document tree that is read here. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly breakType?: string;
  readonly isAllCaps?: boolean;
  readonly numbering?: { readonly level: string | number } | null;
  readonly children?: readonly Node[];
}

/**
 * A Word file as text: one paragraph a line with an empty line after it, table cells one after another (so that a head
 * set in two columns reads left, then right), automatic bullets and numbers as `- ` and `+ `, capitals as shown.
 * Headers and footers are not part of the text, but a secrecy mark there refuses the file.
 */
export async function readDocx(bytes: Uint8Array): Promise<string | NoticeRefusal> {
  const files = unzipWithin(bytes, MOST_BYTES);
  if (files === 'too-large') return refuse('TOO_LARGE');
  if (files === 'unreadable' || !files.has('word/document.xml')) return refuse('UNREADABLE_FILE');
  for (const [name, content] of files)
    if (/^word\/(?:header|footer)\d*\.xml$/.test(name) && isSecretMarked(wordsOf(content.toString('utf8'))))
      return refuse('SECRET_MARKED');
  const root = await readTree(bytes);
  return root ? textOf(root).replace(/\n{3,}/g, '\n\n') : refuse('UNREADABLE_FILE');
}

/** Text and watermarks of a header, a paragraph a line. */
function wordsOf(xml: string): string {
  const drawn = [...xml.matchAll(/ string="([^"]{1,80})"/g)].map((match) => match[1]);
  return [xml.replace(/<\/w:p>/g, '\n').replace(/<[^<>]*>/g, ''), ...drawn].join('\n');
}

async function readTree(bytes: Uint8Array): Promise<Node | undefined> {
  let root: Node | undefined;
  const keep = (document: Node): Node => {
    root = document;
    return { ...document, children: [] };
  };
  try {
    await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { transformDocument: keep, externalFileAccess: false });
    return root;
  } catch {
    return undefined;
  }
}

function textOf(node: Node, caps = false): string {
  const capitals = caps || node.isAllCaps === true;
  const inner = (): string => (node.children ?? []).map((child) => textOf(child, capitals)).join('');
  switch (node.type) {
    case 'text':
      return capitals ? (node.value ?? '').toUpperCase() : (node.value ?? '');
    case 'tab':
      return '\t';
    case 'break':
      return node.breakType === 'line' ? '\n' : '\n\n';
    case 'paragraph':
      return `${bullet(node)}${inner()}\n\n`;
    default:
      return inner();
  }
}

function bullet({ numbering }: Node): string {
  if (!numbering) return '';
  return Number(numbering.level) > 0 ? '+ ' : '- ';
}
