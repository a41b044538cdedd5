import { randomBytes } from 'node:crypto';
import { tries, ScopedDatabase } from '@giamsat/database';
import { Injectable } from '@nestjs/common';
import type { Call } from '../http/call.js';
import { cookieOf, hashOf, Sessions } from './sessions.js';

const COOKIE = 'giamsat_device';
const KEPT_MS = 90 * 86_400_000;

type Login = Pick<Call<'login'>, 'body' | 'request' | 'response'>;

/**
 * What a browser or a command line has kept since somebody signed in there: a secret of ours that opens nothing. With it the
 * tries of that account are counted apart from everybody else's, so that guessing elsewhere does not keep its owner out.
 */
@Injectable()
export class Devices {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly sessions: Sessions,
  ) {}

  /** Its hash; '' where there is none. */
  of(login: Pick<Login, 'body' | 'request'>): string {
    const given = givenBy(login);
    return given ? placeOf(given) : '';
  }

  /**
   * After a sign-in that was right. One that is ours stays, whoever shares it; any other is given out anew, so that nobody
   * chooses it for somebody else. Returns it for who keeps it himself, null for a browser.
   */
  async remember(personId: string, network: string, login: Login): Promise<string | null> {
    const given = givenBy(login);
    const isOurs = given !== undefined && (await tries.isKnown(this.database, placeOf(given)));
    const device = isOurs ? given : randomBytes(32).toString('base64url');
    await tries.knowPlaces(this.database, personId, [network, placeOf(device)]);
    if (login.body.as !== 'browser') return device;
    const expires = new Date(Date.now() + KEPT_MS);
    login.response.cookie(COOKIE, device, { ...this.sessions.cookieOptions(), expires });
    return null;
  }
}

const givenBy = ({ body, request }: Pick<Login, 'body' | 'request'>): string | undefined =>
  body.as === 'browser' ? cookieOf(request, COOKIE) : body.device;

const placeOf = (device: string): string => hashOf(`device:${device}`);
