import type {
  Answer,
  CaughtUp,
  CommitInput,
  CommitResult,
  StreamActivities,
  UndecidedCommit,
} from '@giamsat/contracts/workflow';
import type { CaseEvent } from '@giamsat/procedure';

/** The commit protocol on a plain map (design §3.2). */
export class MemoryLedger implements StreamActivities {
  private readonly streams = new Map<string, { events: CaseEvent[]; nextMoment: string | null }>();
  private readonly answers = new Map<string, Answer>();
  /** While true every activity fails, as without Postgres. */
  away = false;
  calls = 0;
  /** called before each commit is looked at */
  beforeCommit: (input: CommitInput | UndecidedCommit) => void | Promise<void> = () => undefined;

  events = (id: string): CaseEvent[] => this.stream(id).events;

  nextMoment = (id: string): string | null => this.stream(id).nextMoment;

  /** What another writer put there: a repair, or a history the server has lost. */
  write(id: string, events: CaseEvent[], nextMoment: string | null): void {
    this.stream(id).events.push(...events);
    this.stream(id).nextMoment = nextMoment;
  }

  commit = async (input: CommitInput | UndecidedCommit): Promise<CommitResult> => {
    this.calls++;
    await this.beforeCommit(input);
    this.assertThere();
    const stream = this.stream(input.id);
    const key = `${input.id} ${input.commandId}`;
    const known = this.answers.get(key);
    if (known) return { kind: 'known', answer: known, ...this.after(input) };
    if (stream.events.length > input.afterSeq) return { kind: 'behind', answer: null, ...this.after(input) };
    if (input.decision === null) return { kind: 'behind', answer: null, ...this.after(input) };
    const { decision, row } = input;
    const answer: Answer =
      'events' in decision
        ? { outcome: 'accepted', seq: row.seq }
        : { outcome: 'refused', seq: input.afterSeq, refusal: decision.refusal };
    if ('events' in decision) this.write(input.id, decision.events, row.nextMoment);
    this.answers.set(key, answer);
    return { kind: 'done', answer, ...this.after(input) };
  };

  catchUp = async (input: { id: string; afterSeq: number }): Promise<CaughtUp> => {
    this.assertThere();
    return this.after(input);
  };

  private after({ id, afterSeq }: { id: string; afterSeq: number }): CaughtUp {
    const { events, nextMoment } = this.stream(id);
    return { events: events.slice(afterSeq), nextMoment };
  }

  private assertThere(): void {
    if (this.away) throw new Error('connection refused');
  }

  private stream(id: string) {
    const stream = this.streams.get(id) ?? { events: [], nextMoment: null };
    this.streams.set(id, stream);
    return stream;
  }
}
