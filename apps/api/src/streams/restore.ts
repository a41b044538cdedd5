import { ledger, ScopedDatabase } from '@giamsat/database';
import { Injectable } from '@nestjs/common';
import { Engine, type Scope } from '../commands/engine.js';
import type { AnswerOf, Call } from '../http/call.js';
import { notFound, ProblemException } from '../http/problem-exception.js';
import { mayLaunch, Streams } from './streams.js';

/** A case or campaign whose workflow is gone is started again from the ledger; whoever launches waves may ask for it. */
@Injectable()
export class Restore {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly streams: Streams,
    private readonly engine: Engine,
  ) {}

  async restore(
    scope: Scope,
    { params: { id }, standing }: Pick<Call<'restoreCase'>, 'params' | 'standing'>,
  ): Promise<AnswerOf<'restoreCase'>> {
    const { state } = await this.streams.get(scope, id);
    if (!mayLaunch(standing, state))
      throw new ProblemException('NOT_ALLOWED', { params: { type: 'restore', capacity: '' } });
    if (state.ended) throw new ProblemException('CASE_ENDED', { params: { how: state.ended } });
    const input = await ledger.streamInput(this.database, { scope, id });
    if (!input) throw notFound();
    return { id, restored: await this.engine.restore(input) };
  }
}
