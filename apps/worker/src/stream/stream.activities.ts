import type {
  CaughtUp,
  CommitInput,
  CommitResult,
  StreamActivities,
  UndecidedCommit,
} from '@giamsat/contracts/workflow';
import { catchUp, commitStream, watch } from '@giamsat/database';
import type { EventType } from '@giamsat/procedure';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATABASE } from '../tokens.js';
import { Waker } from './waker.js';

/** Events after which somebody has to be told something. */
const OWING: ReadonlySet<EventType> = new Set<EventType>(['rungDue', 'rungUnfounded', 'launchCompleted']);

/** The ledger lacks events the workflow has applied: an old backup was restored. No retry helps; people have to know. */
const LEDGER_BEHIND = 'GS409';

@Injectable()
export class StreamActivity implements StreamActivities {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly waker: Waker,
  ) {}

  async commit(input: CommitInput | UndecidedCommit): Promise<CommitResult> {
    try {
      const result = await commitStream(this.database, input);
      if (result.kind === 'done' && result.events.some(({ type }) => OWING.has(type))) this.waker.wake();
      return result;
    } catch (error) {
      if ((error as { code?: string }).code === LEDGER_BEHIND)
        await watch.raise(this.database, 'ledger-behind', { kind: input.scope, id: input.id });
      throw error;
    }
  }

  catchUp(input: { scope: 'case' | 'campaign'; id: string; afterSeq: number }): Promise<CaughtUp> {
    return catchUp(this.database, input);
  }
}
