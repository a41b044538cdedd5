import type { board } from '@giamsat/database';
import { z } from 'zod';
import { ProblemException } from './problem-exception.js';

/** Lists by their earliest due; the id tells apart what is due on the same day. */
const boardKey = z.strictObject({ firstDue: z.string().max(40).nullable(), id: z.uuid() });

/** Where the next page begins, as one opaque word. */
export const cursor = (key: board.BoardKey | null): string | null =>
  key === null ? null : Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws INVALID for a word that is none of ours */
export function keyOf(word: string | undefined): board.BoardKey | undefined {
  if (word === undefined) return undefined;
  try {
    return boardKey.parse(JSON.parse(Buffer.from(word, 'base64url').toString()));
  } catch {
    const message = { vi: 'Không đúng vị trí trang.', en: 'Not a place in this list.' };
    throw new ProblemException('INVALID', { errors: [{ path: 'query.after', code: 'CURSOR', message }] });
  }
}
