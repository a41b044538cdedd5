import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CSRF_HEADER } from '@giamsat/contracts/http';
import { sessions, ScopedDatabase } from '@giamsat/database';
import { fromMs, instantMs } from '@giamsat/procedure';
import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Request } from 'express';
import { Clock } from '../clock.js';
import type { ApiConfig } from '../config.js';
import type { SignedIn } from '../http/call.js';
import { isCodecPage } from '../http/codec-origin.js';
import { ProblemException } from '../http/problem-exception.js';
import { CONFIG } from '../tokens.js';

export const COOKIE = 'giamsat_session';

export interface Opened {
  token: string;
  expiresAt: string;
  /** what a page of ours sends with every change; '' for a token, which no page of others can make a browser send */
  csrf: string;
}

/** Sessions live in the database; whoever reads it finds hashes of 256-bit tokens and can sign in with none of them. */
@Injectable()
export class Sessions {
  private readonly idleSeconds: number;
  private readonly perMinute: number;

  constructor(
    private readonly database: ScopedDatabase,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {
    this.idleSeconds = config.GIAMSAT_SESSION_IDLE_MINUTES * 60;
    this.perMinute = config.GIAMSAT_REQUESTS_PER_MINUTE;
  }

  /** Always a new one; the session that the request came with, if any, ends. */
  async open(personId: string, kind: sessions.SessionKind, request: Request): Promise<Opened> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = fromMs(instantMs(this.clock.now()) + this.config.GIAMSAT_SESSION_MINUTES * 60_000);
    const before = tokenOf(request);
    if (before) await sessions.end(this.database, hashOf(before.token));
    await sessions.purge(this.database);
    await sessions.open(this.database, { idHash: hashOf(token), personId, kind, expiresAt });
    return { token, expiresAt, csrf: kind === 'browser' ? csrfOf(token) : '' };
  }

  /** @throws UNAUTHENTICATED without a session that is alive · TOO_MANY with the seconds after which one more is free · CSRF_MISSING for a change that only a cookie stands for */
  async who(request: Request): Promise<SignedIn> {
    const given = tokenOf(request);
    if (!given) throw new ProblemException('UNAUTHENTICATED');
    const idHash = hashOf(given.token);
    const demo = this.config.NODE_ENV !== 'production';
    const { idleSeconds, perMinute } = this;
    const found = await sessions.find(this.database, { idHash, idleSeconds, demo, perMinute });
    // A cookie is no token: what a browser sends by itself must not pass where nobody asks for more.
    if (!found || (found.kind === 'browser') !== given.isCookie) throw new ProblemException('UNAUTHENTICATED');
    if (found.wait > 0) throw new ProblemException('TOO_MANY', { params: { seconds: found.wait } }, found.wait);
    if (given.isCookie && !this.isMeant(request, given.token)) throw new ProblemException('CSRF_MISSING');
    const { personId, kind: _, wait: __, ...rest } = found;
    return { ...rest, person: personId, session: idHash, csrf: given.isCookie ? csrfOf(given.token) : null };
  }

  /** A browser sends its cookie with whatever a page asks for: that the page is ours shows in what only ours knows. */
  private isMeant(request: Request, token: string): boolean {
    return (
      SAFE.includes(request.method) ||
      isEqual(request.get(CSRF_HEADER), csrfOf(token)) ||
      isCodecPage(this.config, request)
    );
  }

  list({ person, session }: SignedIn): Promise<sessions.SessionItem[]> {
    return sessions.ofPerson(this.database, { personId: person, idHash: session, idleSeconds: this.idleSeconds });
  }

  end(session: string): Promise<void> {
    return sessions.end(this.database, session);
  }

  cookieOptions(): CookieOptions {
    return { httpOnly: true, sameSite: 'strict', secure: isSecure(this.config), path: '/' };
  }
}

export const isSecure = ({ GIAMSAT_SECURE_COOKIES, NODE_ENV }: ApiConfig): boolean =>
  GIAMSAT_SECURE_COOKIES ?? NODE_ENV === 'production';

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Follows from the cookie, which no script can read, and does not lead back to it. */
const csrfOf = (token: string): string => hashOf(`csrf:${token}`);

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

const isEqual = (given: string | undefined, wanted: string): boolean =>
  given?.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));

function tokenOf(request: Request): { token: string; isCookie: boolean } | undefined {
  const bearer = /^Bearer ([\w-]{43})$/.exec(request.get('authorization') ?? '')?.[1];
  if (bearer) return { token: bearer, isCookie: false };
  const cookie = cookieOf(request, COOKIE);
  return cookie ? { token: cookie, isCookie: true } : undefined;
}

/** A secret of ours, 256 bits, that the browser keeps under this name. */
export const cookieOf = (request: Request, name: string): string | undefined =>
  new RegExp(`(?:^|; ?)${name}=([\\w-]{43})(?:;|$)`).exec(request.get('cookie') ?? '')?.[1];
