import { SECRET_MARKINGS } from '@giamsat/contracts/http';
import { isSecretMarked } from '@giamsat/documents';
import { ProblemException } from '../http/problem-exception.js';

/**
 * State secrets stay out (design §3.23): refused before anything is stored, the hash of the body included.
 * @throws PAPER_SECRET
 */
export function refuseSecrets(value: unknown): void {
  if (isSecret(value)) throw new ProblemException('PAPER_SECRET');
}

function isSecret(value: unknown): boolean {
  if (typeof value === 'string') return isSecretMarked(value.normalize('NFC'));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => (key === 'marking' ? isMarking(inner) : isSecret(inner)));
}

const isMarking = (value: unknown): boolean => (SECRET_MARKINGS as readonly unknown[]).includes(value);
