import { ProblemException } from './problem-exception.js';

/** Where the next page begins, as one opaque word. */
export const cursor = (key: object | null): string | null =>
  key === null ? null : Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws INVALID for a word that is none of ours */
export function keyOf<K extends object>(word: string | undefined): K | undefined {
  if (word === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(word, 'base64url').toString()) as K;
  } catch {
    throw new ProblemException('INVALID', {
      errors: [
        {
          path: 'query.after',
          code: 'CURSOR',
          message: { vi: 'Không đúng vị trí trang.', en: 'Not a place in this list.' },
        },
      ],
    });
  }
}
