import { accounts, ScopedDatabase } from '@giamsat/database';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { ApiConfig } from '../config.js';
import { CONFIG } from '../tokens.js';
import { Passwords } from './passwords.js';

/**
 * Proves who somebody is and names the account of that person; what follows (second factor, session) is the same for all.
 * A provider of another kind (OIDC) takes what its protocol hands over and finds the account by the subject in it.
 */
export interface IdentityProvider<Given> {
  /** null: not proven, or no account that may be used; which of them is nobody's business */
  accountOf(given: Given): Promise<accounts.AccountRecord | null>;
}

/** Login and password, kept here. */
@Injectable()
export class LocalIdentity implements IdentityProvider<{ login: string; password: string }> {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async accountOf({ login, password }: { login: string; password: string }): Promise<accounts.AccountRecord | null> {
    const account = await accounts.find(this.database, login);
    const matches = await this.passwords.matches(account?.passwordHash, password);
    return account && matches && this.isUsable(account) ? account : null;
  }

  private isUsable({ disabledAt, oneTimeUntil, isDemo }: accounts.AccountRecord): boolean {
    if (disabledAt !== null || (isDemo && this.config.NODE_ENV === 'production')) return false;
    return oneTimeUntil === null || oneTimeUntil > this.clock.now();
  }
}
