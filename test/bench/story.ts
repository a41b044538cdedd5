import type { ActDates, CommandBody } from '@giamsat/procedure';

export interface Act {
  capacity: string;
  body: CommandBody;
  dates?: ActDates;
}

const act = (capacity: string, body: CommandBody): Act => ({ capacity, body });
const complete = (capacity: string, step: string, outcome: string): Act =>
  act(capacity, { type: 'completeStep', step, outcome });
const submit = (capacity: string, step: string): Act => act(capacity, { type: 'submitStep', step });

/** Names that make an item's id unique in its case. */
const names = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i + 1}`);

/** Every act of a case on which all goes well, up to the delivered conclusion. */
export function toConclusion(findings: number, measures: number): Act[] {
  const found = names('f', findings);
  return [
    complete('team-head', 'outline-prepared', 'ready'),
    complete('document-office', 'kick-off', 'by-letter'),
    submit('unit-head', 'self-report'),
    complete('team-head', 'self-report', 'accepted'),
    submit('team-secretary', 'draft-report'),
    complete('team-head', 'draft-report', 'to-conference'),
    complete('team-head', 'unit-conference', 'agreed'),
    complete('team-head', 'field-work', 'done'),
    submit('team-head', 'report-submitted'),
    complete('chief-of-office', 'report-submitted', 'submitted'),
    complete('standing-signer', 'report-reviewed', 'concluded'),
    ...found.map((finding) => act('team-secretary', { type: 'recordFinding', finding, kind: 'limitation' })),
    ...names('m', measures).map((measure, i) =>
      act('team-head', { type: 'recordMeasure', measure, findings: [found[i % findings]!], nature: 'duty' }),
    ),
    complete('standing-signer', 'conclusion-issued', 'issued'),
    complete('document-office', 'conclusion-delivered', 'delivered'),
  ];
}

/** From the delivered conclusion to the filed dossier. */
export function toEnd(measures: number): Act[] {
  return [
    submit('unit-head', 'remediation-plan'),
    complete('standing-signer', 'remediation-plan', 'accepted'),
    submit('team-secretary', 'dossier-filed.part-1'),
    complete('document-office', 'dossier-filed.part-1', 'filed'),
    ...names('m', measures).flatMap((measure) => [
      submit('unit-head', `remediation-progress/${measure}`),
      act('inspection-commission', { type: 'judgeMeasure', measure, outcome: 'done' }),
    ]),
    complete('inspection-commission', 'follow-up-check', 'closed'),
    submit('team-secretary', 'dossier-filed.part-2'),
    complete('document-office', 'dossier-filed.part-2', 'filed'),
  ];
}

export const wholeCase = (findings: number, measures: number): Act[] => [
  ...toConclusion(findings, measures),
  ...toEnd(measures),
];
