import { randomUUID } from 'node:crypto';
import type { CommitInput, CommitResult } from '@giamsat/contracts/workflow';
import { apply, decide, fold, openStream, rowOf, type CommandBody, type Envelope } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import type { DataSource } from 'typeorm';
import { commitStream } from '../ledger/commit.js';
import * as campaigns from '../repositories/campaigns.js';
import { eventsOf } from '../repositories/ledger.js';
import * as organisations from '../repositories/organisations.js';
import * as people from '../repositories/people.js';

export const OPENED = '2026-03-02T02:00:00.000Z';
export const act = { at: OPENED, commandId: 'seed', by: 'engine' } as const;

export interface Invented {
  campaign: string;
  person: string;
  owner: string;
  version: number;
  subjects: { caseId: string; unit: string; kind: 'body'; wave: number; team: string }[];
}

/** An invented campaign as a draft: one owner, some units under it, one case each, in the waves given. */
export async function draftCampaign(app: DataSource, waves: number[] = [1, 1]): Promise<Invented> {
  const person = await people.add(app, { name: 'Lê Thử Nghiệm' }, act);
  const owner = await organisations.addUnit(app, { kind: 'province', name: 'Tỉnh Mẫu', from: '2020-01-01' }, act);
  const subjects: Invented['subjects'] = [];
  for (const wave of waves) {
    const unit = await organisations.addUnit(
      app,
      { kind: 'commune', name: 'Xã Mẫu', from: '2020-01-01', parent: owner },
      act,
    );
    subjects.push({ caseId: randomUUID(), unit, kind: 'body', wave, team: 't1' });
  }
  const { id, version } = await campaigns.create(app, { ownerUnit: owner, draft: {}, createdBy: person });
  return { campaign: id, person, owner, version, subjects };
}

const envelope = (capacity: string, enteredAt = OPENED): Envelope => ({
  commandId: randomUUID(),
  actor: 'somebody',
  capacity,
  grants: [],
  enteredAt,
  dates: { document: '2026-03-02', sent: '2026-03-02', received: '2026-03-02' },
  paper: { kind: 'QĐ', number: '1-QĐ/X', date: '2026-03-02' },
});

export function issuing({ campaign, person, version, subjects }: Invented): campaigns.Issuing {
  const library = procedureLibrary();
  const procedure = library.getProcedure('vn-party-supervision@2026')!.compiled;
  const calendar = library.getCalendar(procedure.calendar)!.compiled;
  const opening = {
    scope: 'campaign' as const,
    campaign,
    level: 'province',
    year: 2026,
    mandate: {},
    planDates: {},
    sessions: {},
    historical: false,
  };
  const by = envelope('coordinator');
  const events = openStream({ opening, procedure, calendar, envelope: by });
  return { campaignId: campaign, version, body: { subjects }, by: person, commandId: by.commandId, events };
}

/** Draft, plan issued, team formed: a campaign that may be launched. */
export async function formedCampaign(app: DataSource, engine: DataSource, waves?: number[]): Promise<Invented> {
  const invented = await draftCampaign(app, waves);
  await campaigns.issuePlan(app, issuing(invented));
  const give = (body: CommandBody, capacity: string) => giveTo(engine, 'campaign', invented.campaign, body, capacity);
  await give({ type: 'completeStep', step: 'programme-approved', outcome: 'approved' }, 'chief-of-office');
  await give({ type: 'completeStep', step: 'plan-issued', outcome: 'issued' }, 'standing-signer');
  await give({ type: 'completeStep', step: 'team-formed', outcome: 'issued' }, 'standing-signer');
  return invented;
}

/** As a workflow does it: decide on the ledger's state, commit. Throws what the core refuses. */
export async function giveTo(
  engine: DataSource,
  scope: 'case' | 'campaign',
  id: string,
  body: CommandBody,
  capacity: string,
): Promise<CommitResult> {
  const state = fold(await eventsOf(engine, { kind: scope, id }));
  const { commandId, ...rest } = envelope(capacity);
  const command = { ...body, envelope: { commandId, ...rest } };
  const decision = decide(state, command, OPENED);
  if (!('events' in decision)) throw new Error(`${body.type}: ${JSON.stringify(decision.refusal)}`);
  const row = rowOf(decision.events.reduce(apply, state));
  const input: CommitInput = {
    scope,
    id,
    commandId,
    afterSeq: state.seq,
    decision,
    row,
    grants: [],
    actor: 'somebody',
    attested: { command, mac: null },
  };
  return commitStream(engine, input);
}
