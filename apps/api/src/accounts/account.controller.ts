import { PREFIX } from '@giamsat/contracts/http';
import { accounts, offices, organisations, people, sessions, tries, ScopedDatabase } from '@giamsat/database';
import { Controller, Inject } from '@nestjs/common';
import { Clock } from '../clock.js';
import { type ApiConfig, asksSigners } from '../config.js';
import type { AnswerOf, Call } from '../http/call.js';
import { notFound, ProblemException } from '../http/problem-exception.js';
import { Serves } from '../http/serves.js';
import { signingOffices } from '../rights/issuing.js';
import { CONFIG } from '../tokens.js';
import { Devices } from './devices.js';
import { LocalIdentity } from './identity.js';
import { networkOf } from './network.js';
import { mistakesOf } from './password-rules.js';
import { Passwords } from './passwords.js';
import { Proof } from './proof.js';
import { SecondFactor } from './second-factor.js';
import { COOKIE, hashOf, Sessions } from './sessions.js';
import { SignInTurns } from './turns.js';

/** Everybody's own account: signing in and out, password, second factor. */
@Controller(PREFIX)
export class AccountController {
  private readonly signing = new Set(signingOffices());

  constructor(
    private readonly database: ScopedDatabase,
    private readonly identity: LocalIdentity,
    private readonly passwords: Passwords,
    private readonly proof: Proof,
    private readonly factor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly turns: SignInTurns,
    private readonly devices: Devices,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  @Serves('login')
  login(call: Call<'login'>): Promise<AnswerOf<'login'>> {
    return this.turns.take(() => this.signIn(call));
  }

  /** The same answer, after the same work, whether the login is unknown, disabled, or the password wrong. */
  private async signIn(call: Call<'login'>): Promise<AnswerOf<'login'>> {
    const { body, request, response } = call;
    const key = hashOf(`login:${body.login.toLowerCase()}`);
    const network = networkOf(request);
    const asked = { login: body.login, key, network, device: this.devices.of(call) };
    const { seconds, counted } = await tries.beginLogin(this.database, asked);
    if (seconds > 0) throw new ProblemException('THROTTLED', { params: { seconds } }, seconds);
    const account = await this.identity.accountOf(body);
    if (!account || !(await this.factor.passes(account.personId, body.code)))
      throw new ProblemException('LOGIN_FAILED');
    await tries.forget(this.database, counted);
    const { token, expiresAt, csrf } = await this.sessions.open(account.personId, body.as, request);
    const inBrowser = body.as === 'browser';
    if (inBrowser) response.cookie(COOKIE, token, { ...this.sessions.cookieOptions(), expires: new Date(expiresAt) });
    const device = await this.devices.remember(account.personId, network, call);
    const named = await people.findMany(this.database, [account.personId]);
    return {
      person: { id: account.personId, name: named[account.personId]?.name ?? account.login },
      token: inBrowser ? null : token,
      device,
      csrf: inBrowser ? csrf : null,
      expiresAt,
      mustChange: account.oneTimeUntil !== null,
    };
  }

  @Serves('logout')
  async logout({ who, response }: Call<'logout'>): Promise<AnswerOf<'logout'>> {
    await this.sessions.end(who.session);
    response.clearCookie(COOKIE, this.sessions.cookieOptions());
    return { ended: true };
  }

  @Serves('confirmSession')
  async confirmSession({ who, body }: Call<'confirmSession'>): Promise<AnswerOf<'confirmSession'>> {
    return { until: await this.proof.confirm(who, body) };
  }

  @Serves('listSessions')
  async listSessions({ who }: Call<'listSessions'>): Promise<AnswerOf<'listSessions'>> {
    return { items: await this.sessions.list(who) };
  }

  @Serves('endSession')
  async endSession({ who, params: { id } }: Call<'endSession'>): Promise<AnswerOf<'endSession'>> {
    if (!(await sessions.endById(this.database, { personId: who.person, id }))) throw notFound();
    return { ended: true };
  }

  @Serves('me')
  async me({ who, at }: Call<'me'>): Promise<AnswerOf<'me'>> {
    const today = this.clock.today(at);
    const held = await offices.ofPerson(this.database, who.person, today);
    const units = held.flatMap(({ unit }) => unit ?? []);
    const named = await organisations.named(this.database, units, today);
    const signs = held.some(({ office }) => this.signing.has(office));
    return {
      person: { id: who.person, name: who.name },
      login: who.login,
      offices: held.map((grant) => ({ ...grant, unit: grant.unit === null ? null : (named[grant.unit] ?? null) })),
      mustChange: who.mustChange,
      secondFactor: { enrolled: who.hasFactor, required: signs && asksSigners(this.config) },
      csrf: who.csrf,
    };
  }

  @Serves('changePassword')
  async changePassword({ who, body }: Call<'changePassword'>): Promise<AnswerOf<'changePassword'>> {
    await this.proof.check(who, body);
    const errors = await mistakesOf(body.next, who, 'next');
    if (errors.length > 0) throw new ProblemException('INVALID', { errors });
    const passwordHash = await this.passwords.hash(body.next);
    await accounts.changePassword(this.database, { personId: who.person, passwordHash, session: who.session });
    return { changed: true };
  }

  @Serves('enrolFactor')
  enrolFactor({ who }: Call<'enrolFactor'>): Promise<AnswerOf<'enrolFactor'>> {
    return this.factor.propose(who.person, who.login);
  }

  @Serves('confirmFactor')
  async confirmFactor({ who, body }: Call<'confirmFactor'>): Promise<AnswerOf<'confirmFactor'>> {
    let recoveryCodes: string[] = [];
    await this.proof.slowly(who.person, async () => {
      recoveryCodes = await this.factor.confirm(who.person, body.code);
      return true;
    });
    return { recoveryCodes };
  }
}
