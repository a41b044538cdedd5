import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES, type Role } from '@giamsat/database';
import { Fault } from './fault.js';
import { writeWhole } from './home.js';

export interface Secrets {
  readonly superuser: string;
  readonly roles: Readonly<Record<Role, string>>;
  /** As GIAMSAT_PAYLOAD_KEY wants it. */
  readonly payloadKey: string;
  /** As GIAMSAT_ACCOUNT_KEY wants it. */
  readonly accountKey: string;
  /** As GIAMSAT_ATTEST_KEY wants it. */
  readonly attestKey: string;
}

/** Made at the first start, readable by their owner only; the same for good, since data is locked with them. */
export function loadSecrets(home: string): Secrets {
  const file = join(home, 'secrets.json');
  try {
    const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
    // What a later version needs is added to what an earlier one has made.
    const secrets = { ...makeSecrets(), ...kept };
    if (Object.keys(secrets).length > Object.keys(kept).length) writeWhole(file, JSON.stringify(secrets, null, 2));
    return secrets;
  } catch {
    throw new Fault(
      `Không đọc được ${file}: hãy khôi phục tệp này từ bản sao lưu, vì dữ liệu đã khóa bằng các khóa trong đó.`,
      `${file} cannot be read: restore it from a backup, since the data is locked with the keys in it.`,
    );
  }
}

const makeSecrets = (): Secrets => ({
  superuser: password(),
  roles: Object.fromEntries(ROLES.map((role) => [role, password()])) as Record<Role, string>,
  payloadKey: newKey(),
  accountKey: newKey(),
  attestKey: newKey(),
});

const newKey = (): string => `first:${randomBytes(32).toString('base64')}`;
const password = (): string => randomBytes(24).toString('base64url');
