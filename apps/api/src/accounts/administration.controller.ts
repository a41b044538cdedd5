import { randomInt } from 'node:crypto';
import { PREFIX } from '@giamsat/contracts/http';
import { accounts, factors, inTransaction, newId, offices, people, ScopedDatabase } from '@giamsat/database';
import { fromMs, instantMs } from '@giamsat/procedure';
import { Controller } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { AnswerOf, Call, SignedIn } from '../http/call.js';
import { notFound, ProblemException } from '../http/problem-exception.js';
import { Serves } from '../http/serves.js';
import { Passwords } from './passwords.js';

const ONE_TIME_DAYS = 7;

/** The accounts of others. What is done to one is on its person's record, with who did it. */
@Controller(PREFIX)
export class AdministrationController {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  @Serves('listAccounts')
  listAccounts({ query }: Call<'listAccounts'>): Promise<AnswerOf<'listAccounts'>> {
    return accounts.list(this.database, query);
  }

  @Serves('createAccount')
  async createAccount({ body, ...call }: Call<'createAccount'>): Promise<AnswerOf<'createAccount'>> {
    const { password, passwordHash, oneTimeUntil } = await this.oneTime(call.at);
    return this.record(call, 'accountCreated', async (db, act) => {
      if (await accounts.find(db, body.login)) throw new ProblemException('LOGIN_TAKEN');
      const person = 'person' in body ? await this.known(db, body.person) : await people.add(db, body, act);
      await accounts.setPassword(db, { personId: person, login: body.login, passwordHash, oneTimeUntil });
      if (body.administrator) await this.appoint(db, person, call);
      return { person, login: body.login, password, until: oneTimeUntil };
    });
  }

  @Serves('disableAccount')
  async disableAccount(call: Call<'disableAccount'>): Promise<AnswerOf<'disableAccount'>> {
    const { personId } = await this.other(call);
    return this.record(call, 'accountDisabled', async (db) => {
      await accounts.disable(db, personId);
      return (await accounts.item(db, personId))!;
    });
  }

  @Serves('enableAccount')
  async enableAccount(call: Call<'enableAccount'>): Promise<AnswerOf<'enableAccount'>> {
    const { personId } = await this.account(call.params.account);
    return this.record(call, 'accountEnabled', async (db) => {
      await accounts.enable(db, personId);
      return (await accounts.item(db, personId))!;
    });
  }

  @Serves('resetPassword')
  async resetPassword(call: Call<'resetPassword'>): Promise<AnswerOf<'resetPassword'>> {
    const { personId, login } = await this.other(call);
    const { password, passwordHash, oneTimeUntil } = await this.oneTime(call.at);
    return this.record(call, 'passwordReset', async (db) => {
      await accounts.setPassword(db, { personId, login, passwordHash, oneTimeUntil });
      if (call.body.secondFactor) await factors.remove(db, personId);
      return { person: personId, login, password, until: oneTimeUntil };
    });
  }

  /** From the register by which the caller himself keeps the accounts. */
  private async appoint(db: EntityManager, person: string, { who, at }: Pick<Call, 'who' | 'at'>): Promise<void> {
    const from = this.clock.today(at);
    const [own] = await offices.asAdministrator(db, who.person, from);
    if (!own?.unit) throw notFound();
    const granted = { person, office: offices.ADMINISTRATOR, scope: { unit: own.unit }, from, by: who.person };
    await offices.grant(db, granted, { at, commandId: newId(), by: { actor: who.person, capacity: own.office } });
  }

  private async account(reference: string): Promise<accounts.AccountRecord> {
    const person = await people.resolve(this.database, reference);
    const account = person && (await accounts.ofPerson(this.database, person.id));
    if (!account) throw notFound();
    return account;
  }

  /** Nobody locks himself out, nor goes round the rules of his own password. */
  private async other({
    params,
    who,
  }: {
    params: { account: string };
    who: SignedIn;
  }): Promise<accounts.AccountRecord> {
    const account = await this.account(params.account);
    if (account.personId === who.person) throw new ProblemException('NOT_ALLOWED');
    return account;
  }

  private async known(db: EntityManager, person: string): Promise<string> {
    if (!(await people.findMany(db, [person]))[person]) throw notFound();
    if (await accounts.ofPerson(db, person)) throw new ProblemException('LOGIN_TAKEN');
    return person;
  }

  private async oneTime(at: string) {
    const password = newOneTimePassword();
    const oneTimeUntil = fromMs(instantMs(at) + ONE_TIME_DAYS * 86_400_000);
    return { password, passwordHash: await this.passwords.hash(password), oneTimeUntil };
  }

  /** The act and its record, or neither. */
  private record<T extends { person: string }>(
    { who, standing, at }: Pick<Call, 'who' | 'standing' | 'at'>,
    type: accounts.AccountEvent,
    work: (db: EntityManager, act: Parameters<typeof accounts.record>[3]) => Promise<T>,
  ): Promise<T> {
    const act = () => ({ at, commandId: newId(), by: { actor: who.person, capacity: standing[0]!.office } });
    return inTransaction(this.database, async (db) => {
      const done = await work(db, act());
      await accounts.record(db, done.person, type, act());
      return done;
    });
  }
}

/** Without letters that look alike: it is read out or written on paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const newOneTimePassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')).join(
    '-',
  );
