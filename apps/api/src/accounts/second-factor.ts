import { createHash, randomBytes } from 'node:crypto';
import { parsePayloadKeys, type PayloadKey } from '@giamsat/contracts/temporal';
import { factors, inTransaction, ScopedDatabase } from '@giamsat/database';
import { instantMs } from '@giamsat/procedure';
import { Inject, Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { Clock } from '../clock.js';
import type { ApiConfig } from '../config.js';
import { notFound, ProblemException } from '../http/problem-exception.js';
import { CONFIG } from '../tokens.js';
import { open, seal } from './sealing.js';

const PERIOD_SECONDS = 30;
/** Steps a clock may be off, either way (RFC 6238 §5.2 recommends at most one). */
const WINDOW = 1;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;

/** Time-based one-time codes (RFC 6238) and the codes for the day the authenticator is lost. */
@Injectable()
export class SecondFactor {
  private readonly keys: PayloadKey[];

  constructor(
    private readonly database: ScopedDatabase,
    private readonly clock: Clock,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.keys = config.GIAMSAT_ACCOUNT_KEY === undefined ? [] : parsePayloadKeys(config.GIAMSAT_ACCOUNT_KEY);
  }

  /** A new secret, shown here and never again; it counts after its first code. @throws SECOND_FACTOR_OFF */
  async propose(person: string, login: string): Promise<{ uri: string; secret: string }> {
    this.mustBeOn();
    const totp = totpOf(new Secret({ size: SECRET_BYTES }).base32, login);
    await factors.propose(this.database, person, seal(this.keys, totp.secret.base32, person));
    return { uri: totp.toString(), secret: totp.secret.base32 };
  }

  /** Returns the recovery codes. @throws NOT_FOUND when nothing waits · PROOF_WRONG · SECOND_FACTOR_OFF */
  async confirm(person: string, code: string): Promise<string[]> {
    this.mustBeOn();
    const pending = (await factors.find(this.database, person))?.pending;
    if (!pending) throw notFound();
    const step = this.stepOf(pending, person, code);
    if (step === null) throw new ProblemException('PROOF_WRONG');
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    const confirmed = await inTransaction(this.database, (db) =>
      factors.confirm(db, { personId: person, pending, step, codeHashes: codes.map(hashOf) }),
    );
    if (!confirmed) throw notFound();
    return codes;
  }

  /** Whether a person without a factor, or with this code of it, may pass. @throws CODE_NEEDED when there is one and no code */
  async passes(person: string, code: string | undefined): Promise<boolean> {
    const secret = (await factors.find(this.database, person))?.secret;
    if (!secret) return true;
    if (code === undefined) throw new ProblemException('CODE_NEEDED');
    const step = this.stepOf(secret, person, code);
    if (step !== null) return factors.useStep(this.database, person, step);
    return factors.useRecoveryCode(this.database, person, hashOf(code));
  }

  /** The time step a code belongs to, if it belongs to one around now. */
  private stepOf(sealed: string, person: string, code: string): number | null {
    const timestamp = instantMs(this.clock.now());
    const off = totpOf(open(this.keys, sealed, person)).validate({ token: code.trim(), timestamp, window: WINDOW });
    return off === null ? null : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + off;
  }

  private mustBeOn(): void {
    if (this.keys.length === 0) throw new ProblemException('SECOND_FACTOR_OFF');
  }
}

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'giamsat', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });

/** Eighty random bits: long enough to be kept by a plain hash. */
const newRecoveryCode = (): string =>
  new Secret({ buffer: new Uint8Array(randomBytes(10)).buffer }).base32.toLowerCase().replace(/(.{4})(?=.)/g, '$1-');

const hashOf = (code: string): string =>
  createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z2-7]/g, ''))
    .digest('hex');
