import { randomBytes } from 'node:crypto';
import { hashPassword, isPassword } from '@giamsat/database';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../config.js';
import { CONFIG } from '../tokens.js';
import { Turns } from './turns.js';

/** After each hash its core is the others' for twice as long: a flood of sign-ins gets a third of it, some 25 a second. */
const REST = 2;

/** Hashes of passwords, as many at once as the settings allow: each takes a core for a while. */
@Injectable()
export class Passwords {
  private readonly turns: Turns;
  /** of a password that nobody knows; made before the first stranger comes */
  private readonly nobody = hashPassword(randomBytes(16).toString('hex'));

  constructor(@Inject(CONFIG) config: ApiConfig) {
    this.turns = new Turns(config.GIAMSAT_PASSWORD_HASHES, config.GIAMSAT_PASSWORD_QUEUE, REST);
  }

  /** @throws BUSY */
  hash(password: string): Promise<string> {
    return this.turns.take(() => hashPassword(password));
  }

  /**
   * The same work for somebody who does not exist (`stored` undefined): the time tells nothing.
   * @throws BUSY
   */
  async matches(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await this.nobody);
    const matches = await this.turns.take(() => this.verify(against, password));
    return matches && stored !== undefined;
  }

  protected verify(stored: string, password: string): Promise<boolean> {
    return isPassword(stored, password);
  }
}
