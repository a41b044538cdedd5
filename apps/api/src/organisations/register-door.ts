import { type Mistake, registerMistake } from '@giamsat/contracts/http';
import {
  commands,
  type Db,
  inTransaction,
  type organisations,
  register as registers,
  ScopedDatabase,
} from '@giamsat/database';
import type { Fault, Register } from '@giamsat/registry';
import { Injectable } from '@nestjs/common';
import { bodyHash, newCommandId } from '../commands/received.js';
import { Clock } from '../clock.js';
import type { SignedIn } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { Bounds, Realm } from './bounds.js';

/** What a keyed call on the register is given to work with, inside its transaction and the register's lock. */
export interface Entry {
  db: Db;
  register: Register;
  realm: Realm;
  act: organisations.Act;
  commandId: string;
  today: string;
}

interface Asked {
  who: SignedIn;
  key: string;
  at: string;
  params?: unknown;
  body: unknown;
}

/**
 * The one way the register of units, people and offices is written: one act at a time, all of it or nothing, and the same
 * key the same act. What is refused decides nothing, so that it may come again when it is put right.
 */
@Injectable()
export class RegisterDoor {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly bounds: Bounds,
    private readonly clock: Clock,
  ) {}

  /** What an act makes has the id of its command. */
  async enter(type: string, { who, key, at, params, body }: Asked, work: (entry: Entry) => Promise<void>) {
    const stored = await commands.store(this.database, {
      commandId: newCommandId(at),
      type,
      actor: who.person,
      key,
      bodyHash: bodyHash({ type, params, body }),
    });
    if (stored.kind === 'reused') throw new ProblemException('KEY_REUSED');
    const { commandId } = stored;
    if (stored.answer) return { commandId, again: true };
    await inTransaction(this.database, async (db) => {
      await registers.lock(db);
      const entry = await this.entry(db, who, at, commandId);
      await work(entry);
      await commands.settle(db, commandId, { outcome: 'accepted', seq: 0 });
    });
    return { commandId, again: false };
  }

  /** The same look at the register, for reading. */
  async entry(db: Db, who: SignedIn, at: string, commandId: string): Promise<Entry> {
    const today = this.clock.today(at);
    const register = await registers.load(db);
    const realm = await this.bounds.of(db, who.person, register, today);
    const act = { at, commandId, by: { actor: who.person, capacity: realm.capacity } };
    return { db, register, realm, act, commandId, today };
  }
}

export const refused = (errors: Mistake[]): ProblemException => new ProblemException('REGISTER_REFUSED', { errors });
export const mistakesOf = (faults: Fault[], prefix = 'body'): Mistake[] =>
  faults.map(({ field, code, params }) => registerMistake(`${prefix}.${field}`, code, params));
