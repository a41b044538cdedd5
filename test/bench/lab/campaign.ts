import { randomUUID } from 'node:crypto';
import { campaigns, newId, organisations, people } from '@giamsat/database';
import {
  fold,
  openStream,
  rowOf,
  type CaseEvent,
  type Command,
  type CommandBody,
  type Envelope,
  type Opening,
} from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import type { StreamInput } from '@giamsat/contracts/workflow';
import type { DataSource } from 'typeorm';

const library = procedureLibrary();

export const now = (): string => new Date().toISOString();

/** A command as the api would fill it. */
export function command(capacity: string, body: CommandBody, extra: Partial<Envelope> = {}): Command {
  const envelope = {
    commandId: randomUUID(),
    actor: `p-${capacity}`,
    capacity,
    grants: [],
    enteredAt: now(),
    dates: {},
  };
  return { ...body, envelope: { ...envelope, ...extra } };
}

export function compiled(procedureName: string) {
  const procedure = library.getProcedure(procedureName)!.compiled;
  return { procedure, calendar: library.getCalendar(procedure.calendar)!.compiled };
}

export function openingOf(campaign: string, at: string): Opening {
  return {
    scope: 'campaign',
    campaign,
    level: 'province',
    year: Number(at.slice(0, 4)),
    mandate: {},
    planDates: {},
    sessions: {},
    historical: false,
  };
}

export const inputOf = (scope: StreamInput['scope'], id: string, events: CaseEvent[]): StreamInput => ({
  scope,
  id,
  events,
  nextMoment: rowOf(fold(events)).nextMoment,
});

export interface Seeded {
  campaignId: string;
  /** starts the campaign's workflow */
  input: StreamInput;
  caseIds: string[];
}

/** A campaign with a frozen plan over as many units as `waves` names; its stream is open, no workflow runs yet. */
export async function seedCampaign(app: DataSource, procedureName: string, waves: number[]): Promise<Seeded> {
  const at = now();
  const act = { at, commandId: `seed/${randomUUID()}`, by: 'engine' } as const;
  const person = await people.add(app, { name: 'Trần Thử Nghiệm' }, act);
  const ownerUnit = await organisations.addUnit(app, { kind: 'province', name: 'Tỉnh Mẫu', from: '2020-01-01' }, act);
  const units = await Promise.all(
    waves.map(() => organisations.addUnit(app, { kind: 'commune', name: 'Xã Mẫu', from: '2020-01-01' }, act)),
  );
  const subjects = units.map((unit, i) => ({
    caseId: newId(),
    unit,
    kind: 'body' as const,
    wave: waves[i]!,
    team: 't1',
  }));
  const { id, version } = await campaigns.create(app, { ownerUnit, draft: {}, createdBy: person });
  const { envelope } = command('coordinator', { type: 'resume' });
  const events = openStream({ opening: openingOf(id, at), ...compiled(procedureName), envelope });
  const { commandId } = envelope;
  await campaigns.issuePlan(app, { campaignId: id, version, body: { subjects }, by: person, commandId, events });
  return { campaignId: id, input: inputOf('campaign', id, events), caseIds: subjects.map(({ caseId }) => caseId) };
}

/** The campaign's acts up to the decision that forms the team: after them a wave may be launched. */
export const MANDATE: [string, CommandBody][] = [
  ['chief-of-office', { type: 'completeStep', step: 'programme-approved', outcome: 'approved' }],
  ['standing-signer', { type: 'completeStep', step: 'plan-issued', outcome: 'issued' }],
  ['standing-signer', { type: 'completeStep', step: 'team-formed', outcome: 'issued' }],
];
