import { accounts, sessions, tries, ScopedDatabase } from '@giamsat/database';
import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { Passwords } from './passwords.js';
import { SecondFactor } from './second-factor.js';
import { hashOf } from './sessions.js';

/** That the person who signed in is still the one who sits there: asked before papers are issued and keys changed. */
@Injectable()
export class Proof {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly passwords: Passwords,
    private readonly factor: SecondFactor,
  ) {}

  /** @throws PROOF_WRONG · CODE_NEEDED · THROTTLED · BUSY */
  async check(
    { person }: SignedIn,
    { password, code }: { password: string; code?: string | undefined },
  ): Promise<void> {
    await this.slowly(person, async () => {
      const account = await accounts.ofPerson(this.database, person);
      const matches = await this.passwords.matches(account?.passwordHash, password);
      return matches && this.factor.passes(person, code);
    });
  }

  /** Good for five minutes of this session. Returns until when. */
  async confirm(who: SignedIn, given: { password: string; code?: string | undefined }): Promise<string> {
    await this.check(who, given);
    return sessions.confirm(this.database, who.session);
  }

  /** A secret that can be guessed is asked for ever more slowly. @throws PROOF_WRONG when it was not right · THROTTLED */
  async slowly(person: string, isRight: () => Promise<boolean>): Promise<void> {
    const key = hashOf(`proof:${person}`);
    const seconds = await tries.count(this.database, key);
    if (seconds > 0) throw new ProblemException('THROTTLED', { params: { seconds } }, seconds);
    if (!(await isRight())) throw new ProblemException('PROOF_WRONG');
    await tries.forget(this.database, key);
  }
}

/** @throws PROOF_NEEDED, which says whether a code is asked for too */
export function demandProof({ isConfirmed, hasFactor }: SignedIn): void {
  if (!isConfirmed) throw new ProblemException('PROOF_NEEDED', { params: { code: hasFactor } });
}
