import { createHash, randomBytes } from 'node:crypto';
import { accounts } from '@giamsat/database';
import { fromMs, instantMs } from '@giamsat/procedure';
import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Request } from 'express';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import type { ApiConfig } from '../config.js';
import type { SignedIn } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { CONFIG } from '../tokens.js';

export const COOKIE = 'giamsat_session';

/** Sessions live in the database; whoever reads it finds hashes of 256-bit tokens and can sign in with none of them. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async open(personId: string): Promise<{ token: string; expiresAt: string }> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = fromMs(instantMs(this.clock.now()) + this.config.GIAMSAT_SESSION_MINUTES * 60_000);
    await accounts.purgeSessions(this.database);
    await accounts.openSession(this.database, { idHash: hashOf(token), personId, expiresAt });
    return { token, expiresAt };
  }

  /** @throws UNAUTHENTICATED without a session that is alive */
  async who(request: Request): Promise<SignedIn> {
    const token = tokenOf(request);
    const idHash = token && hashOf(token);
    const idleSeconds = this.config.GIAMSAT_SESSION_IDLE_MINUTES * 60;
    const found = idHash ? await accounts.session(this.database, { idHash, idleSeconds }) : null;
    if (!idHash || !found) throw new ProblemException('UNAUTHENTICATED');
    return { person: found.personId, session: idHash, login: found.login, name: found.name };
  }

  end(session: string): Promise<void> {
    return accounts.endSession(this.database, session);
  }

  cookieOptions(): CookieOptions {
    const secure = this.config.GIAMSAT_SECURE_COOKIES ?? this.config.NODE_ENV === 'production';
    return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

function tokenOf(request: Request): string | undefined {
  const bearer = /^Bearer ([\w-]{43})$/.exec(request.get('authorization') ?? '');
  const cookie = new RegExp(`(?:^|; ?)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(request.get('cookie') ?? '');
  return bearer?.[1] ?? cookie?.[1];
}
