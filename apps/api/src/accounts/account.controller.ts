import { PREFIX } from '@giamsat/contracts/http';
import { accounts, offices, organisations, people, isPassword } from '@giamsat/database';
import { instantMs } from '@giamsat/procedure';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import type { AnswerOf, Call } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { Serves } from '../http/serves.js';
import { COOKIE, Sessions } from './sessions.js';
import { Throttle } from './throttle.js';

@Controller(PREFIX)
export class AccountController {
  constructor(
    private readonly database: DataSource,
    private readonly sessions: Sessions,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  /** The same answer, after the same time, whether the login is unknown, disabled, or the password wrong. */
  @Serves('login')
  async login({ body, at, response }: Call<'login'>): Promise<AnswerOf<'login'>> {
    const seconds = this.throttle.wait(body.login, instantMs(at));
    if (seconds > 0) throw new ProblemException('THROTTLED', { params: { seconds } }, seconds);
    this.throttle.attempt(body.login, instantMs(at));
    const account = await accounts.find(this.database, body.login);
    const matches = await isPassword(account?.passwordHash, body.password);
    if (!account || !matches || account.disabledAt) throw new ProblemException('LOGIN_FAILED');
    this.throttle.succeed(body.login);
    const { token, expiresAt } = await this.sessions.open(account.personId);
    const inBrowser = body.as === 'browser';
    if (inBrowser) response.cookie(COOKIE, token, { ...this.sessions.cookieOptions(), expires: new Date(expiresAt) });
    const named = await people.findMany(this.database, [account.personId]);
    const person = { id: account.personId, name: named[account.personId]?.name ?? account.login };
    return { person, token: inBrowser ? null : token, expiresAt };
  }

  @Serves('logout')
  async logout({ who, response }: Call<'logout'>): Promise<AnswerOf<'logout'>> {
    await this.sessions.end(who.session);
    response.clearCookie(COOKIE, this.sessions.cookieOptions());
    return { ended: true };
  }

  @Serves('me')
  async me({ who, at }: Call<'me'>): Promise<AnswerOf<'me'>> {
    const today = this.clock.today(at);
    const held = await offices.ofPerson(this.database, who.person, today);
    const units = held.flatMap(({ unit }) => unit ?? []);
    const named = await organisations.named(this.database, units, today);
    return {
      person: { id: who.person, name: who.name },
      login: who.login,
      offices: held.map((grant) => ({ ...grant, unit: grant.unit === null ? null : (named[grant.unit] ?? null) })),
    };
  }
}
