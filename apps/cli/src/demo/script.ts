import type { CommandInput } from '@giamsat/contracts/http';
import type { CaseView } from '@giamsat/procedure';
import type { Cast } from './cast.js';

/** Who keeps the register: enters papers of others with their own dates, and reads whole records. */
const CLERK = 'van-thu';

/** One act of a case's script. What rests on an earlier one looks it up in the record. */
export interface Act {
  by: string;
  body: CommandInput | ((record: CaseView) => CommandInput);
}

interface PaperOf {
  step: string;
  outcome?: string;
  kind: string;
  series?: string;
  /** of whose approval it is: the clerk enters both papers of a step, so the second tells by its signature who decided */
  signedAs?: 'T/M';
}

/** The steps of a case in their usual order, by the paper each leaves; no outcome = handed in and not yet looked at. */
const PAPERS = {
  outline: { step: 'outline-prepared', outcome: 'ready', kind: 'ĐC' },
  'kick-off': { step: 'kick-off', outcome: 'held', kind: 'BB' },
  report: { step: 'self-report', kind: 'BC', series: 'BC/ĐU' },
  accepted: { step: 'self-report', outcome: 'accepted', kind: 'CV', signedAs: 'T/M', series: 'CV/ĐGS' },
  draft: { step: 'draft-report', kind: 'BC' },
  'to-conference': { step: 'draft-report', outcome: 'to-conference', kind: 'BC', signedAs: 'T/M' },
  conference: { step: 'unit-conference', outcome: 'agreed', kind: 'BB' },
  'field-work': { step: 'field-work', outcome: 'done', kind: 'BB' },
  submitted: { step: 'report-submitted', kind: 'BC', series: 'BC/ĐGS' },
  forwarded: { step: 'report-submitted', outcome: 'submitted', kind: 'TTr', signedAs: 'T/M' },
  concluded: { step: 'report-reviewed', outcome: 'concluded', kind: 'BB' },
  issued: { step: 'conclusion-issued', outcome: 'issued', kind: 'TB', signedAs: 'T/M', series: 'TB/TU' },
  delivered: { step: 'conclusion-delivered', outcome: 'delivered', kind: 'BB' },
  plan: { step: 'remediation-plan', kind: 'KH', series: 'KH/ĐU' },
  'plan-accepted': { step: 'remediation-plan', outcome: 'accepted', kind: 'CV', signedAs: 'T/M', series: 'CV/TU' },
} as const satisfies Record<string, PaperOf>;

export type PaperName = keyof typeof PAPERS;
export const ORDER = Object.keys(PAPERS) as PaperName[];

/**
 * A paper of its day as the document office enters it.
 * @param days when it was sent and received, where that is another day; `received: null` = nobody can prove it
 * @param number its number in the series, where it is known
 */
export function enter(
  name: PaperName,
  on: string,
  { sent = on, received = on, number }: { sent?: string; received?: string | null; number?: number } = {},
): Act {
  const of: PaperOf = PAPERS[name];
  const envelope = {
    dates: { document: on, sent, ...(received !== null && { received }) },
    paper: {
      kind: of.kind,
      date: on,
      ...(of.series && number !== undefined && { number: `${number}-${of.series}` }),
      ...(of.signedAs && { signedAs: of.signedAs }),
    },
  };
  const { step, outcome } = of;
  return {
    by: CLERK,
    body: outcome ? { type: 'completeStep', step, outcome, ...envelope } : { type: 'submitStep', step, ...envelope },
  };
}

/** Plays what of the script is not on record yet, so that a load that was cut short goes on where it stopped. */
export async function play(cast: Cast, caseId: string, script: Act[]): Promise<void> {
  const clerk = await cast.as(CLERK);
  const record = async (): Promise<CaseView> => (await clerk.getCase({ params: { id: caseId } })).view;
  const done = (await record()).events.filter(({ by, type }) => by !== 'engine' && type !== 'opened').length;
  for (const { by, body } of script.slice(done))
    await cast.case(by, caseId, typeof body === 'function' ? body(await record()) : body);
}
