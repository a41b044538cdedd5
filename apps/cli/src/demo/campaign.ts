import { randomUUID } from 'node:crypto';
import type { CampaignDocumentInput, Client } from '@giamsat/contracts/http';
import type { CaseView } from '@giamsat/procedure';
import type { Cast } from './cast.js';
import type { DemoUnit } from './people.js';

export interface Launched {
  id: string;
  /** by symbol of the unit */
  cases: Map<string, string>;
}

/**
 * Draft, plan, decision and launch, as document office and coordinator would do it. What of it is there already, under this
 * title, is not done again.
 */
export async function launch(
  cast: Cast,
  document: CampaignDocumentInput,
  { clerk, coordinator }: { clerk: string; coordinator: string } = { clerk: 'van-thu', coordinator: 'coordinator' },
): Promise<Launched> {
  const office = await cast.as(clerk);
  const { id, state, version } = (await begun(office, document.title)) ?? (await draft(office, document));
  if (state === 'draft') await office.issuePlan({ params: { id }, body: { version }, key: randomUUID() });
  if (!(await isTeamFormed(office, id))) {
    const { number, date } = document.decision!;
    await cast.campaign(clerk, id, {
      type: 'completeStep',
      step: 'team-formed',
      outcome: 'issued',
      dates: { document: date, sent: date, received: date },
      paper: { kind: 'QĐ', date, ...(number && { number }) },
    });
  }
  const desk = await cast.as(coordinator);
  const wave = async () => (await desk.getCampaign({ params: { id } })).waves[0]?.state;
  if (!(await wave())) await cast.campaign(coordinator, id, { type: 'launchWave', wave: 1 });
  while (['launching', undefined].includes(await wave())) await new Promise((resolve) => setTimeout(resolve, 200));
  const { items } = await desk.getBoard({ params: { id }, query: { limit: 200 } });
  return { id, cases: new Map(items.map(({ unit, caseId }) => [unit.symbol ?? '', caseId])) };
}

/** General report and end, as the coordinator would; what of it is there already is not done again. */
export async function close(cast: Cast, id: string, reportedOn?: string): Promise<void> {
  const desk = await cast.as('coordinator');
  const view = (await desk.getCampaign({ params: { id } })).stream?.view as CaseView | undefined;
  if (view?.status !== 'running') return;
  if (!isMet(view, 'campaign-reported'))
    await cast.campaign('coordinator', id, {
      type: 'completeStep',
      step: 'campaign-reported',
      outcome: 'reported',
      // a report of long ago is entered as a paper, by the office that keeps the register
      ...(reportedOn === undefined
        ? { capacity: 'coordinator' }
        : {
            capacity: 'document-office',
            dates: { document: reportedOn, sent: reportedOn, received: reportedOn },
            paper: { kind: 'BC', date: reportedOn },
          }),
    });
  await cast.campaign('coordinator', id, { type: 'closeCampaign' });
}

async function begun(client: Client, title: string) {
  const { items } = await client.listCampaigns({ query: { limit: 200 } });
  const found = items.find((item) => item.title === title && item.state !== 'discarded');
  return found && client.getDraft({ params: { id: found.id } });
}

async function draft(client: Client, document: CampaignDocumentInput) {
  const made = await client.createCampaign({
    body: { ownerUnit: document.ownerUnit, document: document as Record<string, unknown> },
  });
  if (made.mistakes.length > 0) throw new Error(made.mistakes.map(({ path, code }) => `${path} ${code}`).join(', '));
  return made;
}

async function isTeamFormed(client: Client, id: string): Promise<boolean> {
  const view = (await client.getCampaign({ params: { id } })).stream?.view as CaseView | undefined;
  return view !== undefined && isMet(view, 'team-formed');
}

const isMet = (view: CaseView, id: string): boolean =>
  view.steps.some(({ step, status }) => step === id && status === 'met');

export const subjectsOf = (units: DemoUnit[], team: string) => units.map(({ symbol }) => ({ unit: symbol, team }));
