import { randomUUID } from 'node:crypto';
import { createClient, ProblemError, type Client, type CommandInput } from '@giamsat/contracts/http';
import type { CaseView } from '@giamsat/procedure';
import { PASSWORD } from '../../apps/cli/src/demo/people.js';
import { pause } from './rig.js';

/** What is not answered so long after the killing has ended never will be. */
const PATIENCE_MS = 120_000;

/** People who do not give up: each command keeps its key until it has an answer for good. */
export class Acts {
  /** command ids that were acknowledged */
  readonly accepted: string[] = [];
  /** how often each refusal was met, by its code */
  readonly refused: Record<string, number> = {};
  /** cases that stopped answering */
  readonly unanswered = new Set<string>();
  private client: Client | null = null;

  constructor(
    private readonly apiUrl: string,
    private readonly random: () => number,
    /** when the killing ends; may come to be earlier */
    private readonly end: { at: number },
  ) {}

  async on(caseId: string): Promise<void> {
    while (Date.now() < this.end.at) {
      const view = await this.patiently(
        caseId,
        async (client) => (await client.getCase({ params: { id: caseId } })).view as CaseView,
      );
      if (!view || view.status !== 'running') return;
      await this.give(caseId, this.next(view));
      await pause(200 + this.random() * 800);
    }
  }

  /** What the document office may do: it enters anybody's paper. */
  private next(view: CaseView): CommandInput {
    const onwards = ['submitStep', 'completeStep'];
    const types = this.random() < 0.6 ? onwards : ['returnStep', 'requestExtension', 'recordPaper', 'recordMeasure'];
    const act = this.pick(view.acts.filter(({ type }) => types.includes(type)));
    const step = act?.step ?? '';
    // Mostly signed, since the hand that wrote a paper may not approve it.
    const paper = this.random() < 0.9 ? ({ kind: 'CV', signedAs: 'T/M' } as const) : undefined;
    if (act?.type === 'submitStep' || act?.type === 'requestExtension') return { type: act.type, step };
    if (act?.type === 'completeStep' || act?.type === 'returnStep')
      return { type: act.type, step, outcome: this.pick(act.outcomes!)!, paper };
    if (act?.type === 'recordPaper') return { type: 'recordPaper', paper };
    const finding = this.pick(view.findings)?.finding;
    if (act?.type === 'recordMeasure' && finding) return { type: act.type, findings: [finding], nature: 'duty' };
    return { type: 'recordFinding', kind: 'limitation', text: 'x' };
  }

  private pick<T>(from: T[]): T | undefined {
    return from[Math.floor(this.random() * from.length)];
  }

  private async give(caseId: string, body: CommandInput): Promise<void> {
    const key = randomUUID();
    const press = () => this.patiently(caseId, (client) => client.commandCase({ params: { id: caseId }, key, body }));
    // Some press the button twice.
    const answers = await Promise.all(this.random() < 0.2 ? [press(), press()] : [press()]);
    const ids = [...new Set(answers.flatMap((answer) => answer?.commandId ?? []))];
    if (ids.length > 1) throw new Error('one key became two commands');
    this.accepted.push(...ids);
  }

  /** Null = refused for good, or given up. Anything that is not an answer is asked again. */
  private async patiently<T>(caseId: string, ask: (client: Client) => Promise<T>): Promise<T | null> {
    for (;;) {
      try {
        this.client ??= await this.signIn();
        return await ask(this.client);
      } catch (error) {
        if (
          error instanceof ProblemError &&
          error.problem.status < 500 &&
          error.problem.status !== 401 &&
          error.problem.status !== 429
        ) {
          const { code } = error.problem;
          this.refused[code] = (this.refused[code] ?? 0) + 1;
          return null;
        }
        if (error instanceof ProblemError && error.problem.status === 401) this.client = null;
        if (Date.now() > this.end.at + PATIENCE_MS) {
          this.unanswered.add(caseId);
          return null;
        }
        await pause(300);
      }
    }
  }

  private async signIn(): Promise<Client> {
    const { token } = await createClient({ baseUrl: this.apiUrl }).login({
      body: { login: 'van-thu', password: PASSWORD },
    });
    const prove = () => Promise.resolve({ password: PASSWORD });
    return createClient({ baseUrl: this.apiUrl, token: token!, prove });
  }
}
