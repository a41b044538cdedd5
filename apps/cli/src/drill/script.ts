import type { CaseView } from '@giamsat/procedure';
import type { Cast } from '../demo/cast.js';

/** Who does each step in the drill; the head of the unit does what the unit owes. */
const WHO: Record<string, string> = {
  'outline-prepared': 'dt-truong-doan',
  'kick-off': 'dt-truong-doan',
  'field-work': 'dt-truong-doan',
  'draft-report': 'dt-thu-ky',
  'unit-conference': 'dt-truong-doan',
  'report-submitted': 'dt-truong-doan',
  'report-reviewed': 'dt-thuong-truc',
  'conclusion-issued': 'dt-thuong-truc',
  'conclusion-delivered': 'dt-van-thu',
  'follow-up-check': 'dt-ubkt',
  'dossier-filed.part-1': 'dt-thu-ky',
  'dossier-filed.part-2': 'dt-thu-ky',
};
const REVIEWER: Record<string, string> = {
  'self-report': 'dt-truong-doan',
  'draft-report': 'dt-truong-doan',
  'report-submitted': 'dt-chanh-van-phong',
  'remediation-plan': 'dt-thuong-truc',
  'remediation-progress': 'dt-ubkt',
  'dossier-filed.part-1': 'dt-van-thu',
  'dossier-filed.part-2': 'dt-van-thu',
};
/** Outcome that carries a step on, where it has several. */
const OUTCOME: Record<string, string> = {
  'outline-prepared': 'ready',
  'kick-off': 'held',
  'self-report': 'accepted',
  'field-work': 'done',
  'draft-report': 'to-conference',
  'unit-conference': 'agreed',
  'report-submitted': 'submitted',
  'report-reviewed': 'concluded',
  'conclusion-issued': 'issued',
  'conclusion-delivered': 'delivered',
  'remediation-plan': 'accepted',
  'remediation-progress': 'done',
  'follow-up-check': 'closed',
  'dossier-filed.part-1': 'filed',
  'dossier-filed.part-2': 'filed',
};

/** A notice that went to somebody beside whoever owes the step. */
export const hasClimbed = ({ to }: { to: string[] }): boolean =>
  to.includes('unit-contact') && to.includes('team-head');

/** What makes the three cases differ. */
export type Role = 'on-time' | 'late' | 'extended';

/** Plays one case to its end: looks what is open, does the next thing, and lets the clock do the rest. */
export class Player {
  private readonly done = new Set<string>();
  private measure = '';

  constructor(
    private readonly cast: Cast,
    readonly caseId: string,
    private readonly unit: string,
    private readonly role: Role,
  ) {}

  /** One look, at most one act. True when the case has ended. */
  async turn(): Promise<boolean> {
    const found = await (await this.cast.as('dt-van-thu')).getCase({ params: { id: this.caseId } });
    const view = found.view as CaseView;
    if (view.status !== 'running') return true;
    for (const step of view.steps) {
      if (step.status === 'open' && step.step !== 'extension-decision' && (await this.open(view, step))) return false;
      if (step.status === 'submitted') {
        await this.review(step.key, step.step);
        return false;
      }
    }
    return false;
  }

  private async open(view: CaseView, { key, step }: CaseView['steps'][number]): Promise<boolean> {
    // The check waits for the reports on what was to be put right.
    if (
      step === 'follow-up-check' &&
      view.steps.some((each) => each.step === 'remediation-progress' && each.status !== 'met')
    )
      return false;
    if (step === 'self-report') return this.selfReport(view, key);
    const who = WHO[step] ?? this.unit;
    if (REVIEWER[step]) await this.cast.case(who, this.caseId, { type: 'submitStep', step: key });
    else await this.cast.case(who, this.caseId, { type: 'completeStep', step: key, outcome: OUTCOME[step]! });
    if (step === 'report-reviewed') await this.find();
    return true;
  }

  /** One unit sends at once; one only when its delay has climbed to the team; one asks for time, and its paper comes late. */
  private async selfReport(view: CaseView, step: string): Promise<boolean> {
    if (this.role === 'late' && !view.rungs.some((rung) => rung.step === step && hasClimbed(rung))) return false;
    if (this.role === 'extended') {
      const due = view.steps.find(({ key }) => key === step)?.deadline?.due;
      if (!this.done.has('asked')) {
        this.done.add('asked');
        const request = await this.cast.case(this.unit, this.caseId, {
          type: 'requestExtension',
          step,
          span: { n: 3, unit: 's' },
          reason: 'Chờ số liệu của chi bộ.',
        });
        await this.cast.case('dt-thuong-truc', this.caseId, {
          type: 'decideExtension',
          request,
          granted: true,
          span: { n: 3, unit: 's' },
        });
        this.sentAt = new Date().toISOString();
        return true;
      }
      // The paper was sent in time; the document office gets it when the day is over.
      if (due && Date.now() < Date.parse(due) + 4_000) return false;
      const sent = this.sentAt;
      await this.cast.case('dt-van-thu', this.caseId, {
        type: 'submitStep',
        step,
        dates: { document: sent, sent, received: sent },
        paper: { kind: 'BC', number: '07-BC/ĐU', date: sent },
      });
      return true;
    }
    await this.cast.case(this.unit, this.caseId, { type: 'submitStep', step });
    return true;
  }
  private sentAt = '';

  private async review(key: string, step: string): Promise<void> {
    const who = REVIEWER[step] ?? 'dt-van-thu';
    if (step === 'remediation-progress')
      await this.cast.case(who, this.caseId, { type: 'judgeMeasure', measure: this.measure, outcome: 'done' });
    else await this.cast.case(who, this.caseId, { type: 'completeStep', step: key, outcome: OUTCOME[step]! });
  }

  private async find(): Promise<void> {
    const finding = await this.cast.case('dt-thu-ky', this.caseId, {
      type: 'recordFinding',
      kind: 'limitation',
      text: 'Việc phân công chưa rõ người, rõ thời gian.',
    });
    this.measure = await this.cast.case('dt-truong-doan', this.caseId, {
      type: 'recordMeasure',
      findings: [finding],
      nature: 'duty',
      text: 'Phân công lại, ghi rõ người và thời gian.',
    });
  }
}
