import { randomUUID } from 'node:crypto';
import type { CampaignDocumentInput } from '@giamsat/contracts/http';
import { paper, type Cast } from './acts.js';
import type { DemoUnit } from './people.js';

/** Draft, plan, decision and launch, as a coordinator and the document office would do it; returns the cases by unit symbol. */
export async function launch(
  cast: Cast,
  document: CampaignDocumentInput,
  formedOn: string,
): Promise<{ id: string; cases: Map<string, string> }> {
  const clerk = await cast.as('van-thu');
  const { id, version, mistakes } = await clerk.createCampaign({
    body: { ownerUnit: document.ownerUnit, document: document as Record<string, unknown> },
  });
  if (mistakes.length > 0) throw new Error(mistakes.map(({ path, code }) => `${path} ${code}`).join(', '));
  await clerk.issuePlan({ params: { id }, body: { version }, key: randomUUID() });
  await cast.campaign('van-thu', id, {
    type: 'completeStep',
    step: 'team-formed',
    outcome: 'issued',
    ...paper(formedOn),
    paper: { kind: 'QĐ', number: document.decision!.number!, date: formedOn },
  });
  await cast.campaign('coordinator', id, { type: 'launchWave', wave: 1 });
  const coordinator = await cast.as('coordinator');
  for (;;) {
    const { waves } = await coordinator.getCampaign({ params: { id } });
    if (waves[0]?.state === 'standing') break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const board = await coordinator.getBoard({ params: { id }, query: { limit: 200 } });
  return { id, cases: new Map(board.items.map(({ unit, caseId }) => [unit.symbol ?? '', caseId])) };
}

export const subjectsOf = (units: DemoUnit[], team: string) => units.map(({ symbol }) => ({ unit: symbol, team }));

/** The acts of a case in their usual order; each stage of the demo stops after some of them. */
export const ORDER = [
  'outline',
  'kick-off',
  'report',
  'accepted',
  'draft',
  'to-conference',
  'conference',
  'field-work',
  'submitted',
  'forwarded',
  'concluded',
  'issued',
  'delivered',
  'plan',
  'plan-accepted',
] as const;
export type Act = (typeof ORDER)[number];

/** Enters one act as a paper of its day. */
export async function enter(
  cast: Cast,
  caseId: string,
  act: Act,
  on: string,
  options: { sent?: string; received?: string | null } = {},
): Promise<void> {
  const step = (name: string, outcome?: string) =>
    cast.case('van-thu', caseId, {
      ...(outcome ? { type: 'completeStep', step: name, outcome } : { type: 'submitStep', step: name }),
      ...paper(on, options.sent ?? on, options.received === undefined ? on : options.received),
    });
  switch (act) {
    case 'outline':
      return void (await step('outline-prepared', 'ready'));
    case 'kick-off':
      return void (await step('kick-off', 'held'));
    case 'report':
      return void (await step('self-report'));
    case 'accepted':
      return void (await step('self-report', 'accepted'));
    case 'draft':
      return void (await step('draft-report'));
    case 'to-conference':
      return void (await step('draft-report', 'to-conference'));
    case 'conference':
      return void (await step('unit-conference', 'agreed'));
    case 'field-work':
      return void (await step('field-work', 'done'));
    case 'submitted':
      return void (await step('report-submitted'));
    case 'forwarded':
      return void (await step('report-submitted', 'submitted'));
    case 'concluded':
      return void (await step('report-reviewed', 'concluded'));
    case 'issued':
      return void (await step('conclusion-issued', 'issued'));
    case 'delivered':
      return void (await step('conclusion-delivered', 'delivered'));
    case 'plan':
      return void (await step('remediation-plan'));
    case 'plan-accepted':
      return void (await step('remediation-plan', 'accepted'));
  }
}
