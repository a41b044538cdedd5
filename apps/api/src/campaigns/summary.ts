import { board, campaigns, ledger, ScopedDatabase } from '@giamsat/database';
import { type CaseView, fold, redact, type StepView } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, Standing } from '../http/call.js';
import { notFound } from '../http/problem-exception.js';
import { actorOf } from '../streams/present.js';

type Answer = AnswerOf<'getSummary'>;
type StepFigures = Answer['steps'][number];

const PAGE = 50;

/** What a campaign came to. Counted from its cases by the core each time it is asked, and never kept. */
@Injectable()
export class Summary {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly clock: Clock,
  ) {}

  async of(campaignId: string, standing: Standing[]): Promise<Answer> {
    const campaign = await campaigns.find(this.database, campaignId);
    if (!campaign) throw notFound();
    const line = await board.find(this.database, 'campaign', campaignId);
    const answer: Answer = {
      status: line?.row.status ?? campaign.state,
      cases: {},
      steps: [],
      findings: {},
      measures: {},
    };
    for await (const view of this.cases(campaignId, standing)) add(answer, view);
    return answer;
  }

  private async *cases(campaignId: string, standing: Standing[]): AsyncGenerator<CaseView> {
    let after: board.BoardKey | undefined;
    do {
      const page = await board.list(this.database, { campaignId, scope: 'case', limit: PAGE, ...(after && { after }) });
      for (const { id } of page.items) {
        const events = await ledger.eventsOf(this.database, { kind: 'case', id });
        const state = fold(events);
        yield redact(state, events, actorOf('', standing), this.clock.now());
      }
      after = page.next ?? undefined;
    } while (after);
  }
}

function add({ cases, steps, findings, measures }: Answer, view: CaseView): void {
  count(cases, view.status);
  for (const { kind } of view.findings) count(findings, kind);
  for (const { state } of view.measures) count(measures, state);
  for (const step of view.steps) addStep(figuresOf(steps, step.step), step);
}

const count = (into: Record<string, number>, key: string): void => void (into[key] = (into[key] ?? 0) + 1);

function figuresOf(steps: StepFigures[], step: string): StepFigures {
  const known = steps.find((each) => each.step === step);
  if (known) return known;
  const none = { step, met: 0, inTime: 0, late: 0, pastMark: 0, returned: 0, extended: 0 };
  steps.push(none);
  return none;
}

function addStep(figures: StepFigures, { status, lateness, round, extension }: StepView): void {
  if (status === 'met') figures.met++;
  if (status === 'met' && !lateness) figures.inTime++;
  if (lateness?.kind === 'late') figures.late++;
  if (lateness?.kind === 'past-mark') figures.pastMark++;
  if (round > 0) figures.returned++;
  if (extension?.state === 'granted') figures.extended++;
}
