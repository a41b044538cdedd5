import {
  decidedOn,
  fold,
  openStream,
  rowOf,
  type CaseEvent,
  type CaseRow,
  type CaseState,
  type EventOf,
  type Opening,
  type Subject,
} from '@giamsat/procedure';
import type { EntityManager } from 'typeorm';
import { firstDue, leafHash, leafHashWith } from './events-as-parameters.js';

/** What a frozen plan says of its cases; the rest of the body is the coordinator's document. */
export interface FrozenPlan {
  subjects: (Subject & { team?: string })[];
}

interface NewCase {
  id: string;
  unit: string;
  kind: Subject['kind'];
  decided: string | null;
  /** the first without what all cases of the wave share */
  events: object[];
  hashes: string[];
  row: CaseRow;
  due: string | null;
}

/** Streams written by one statement. */
const BATCH = 100;

/**
 * Writes every case of a wave, its first events, board row and parties, in the transaction that records the launch
 * (design §3.9). A case takes procedure and calendar as the campaign has them now.
 */
export async function launchWave(
  manager: EntityManager,
  campaignId: string,
  launched: EventOf<'waveLaunched'>,
): Promise<void> {
  const { wave } = launched.data;
  const [campaign, plan] = await Promise.all([campaignState(manager, campaignId), frozenPlan(manager, campaignId)]);
  const { procedure, calendar } = campaign;
  const shared = { procedure, calendar };
  const hashOpened = leafHashWith(shared);
  const cases = subjectsOf(plan, campaign, wave).map((subject) => newCase(campaign, subject, launched, hashOpened));
  await manager.query(
    `INSERT INTO campaign_wave (campaign_id, wave, state, total, launched_at) VALUES ($1, $2, 'launching', $3, $4)`,
    [campaignId, wave, cases.length, launched.at],
  );
  await manager.query(
    `INSERT INTO supervision_case (case_id, campaign_id, unit_id, wave, subject_kind, decided_on, ordinal)
     SELECT id, $1, unit, $2, kind, decided, row_number() OVER (PARTITION BY unit ORDER BY id)
       + (SELECT count(*) FROM supervision_case AS earlier WHERE earlier.campaign_id = $1 AND earlier.unit_id = unit)
     FROM jsonb_to_recordset($3) AS given (id uuid, unit uuid, kind text, decided date)`,
    [campaignId, wave, JSON.stringify(cases.map(({ id, unit, kind, decided }) => ({ id, unit, kind, decided })))],
  );
  await manager.query(
    `INSERT INTO case_party (case_id, campaign_id, unit_id, capacity, valid_from)
     SELECT case_id, campaign_id, unit_id, 'subject', $3 FROM supervision_case WHERE campaign_id = $1 AND wave = $2`,
    [campaignId, wave, launched.at],
  );
  for (let from = 0; from < cases.length; from += BATCH)
    await openCases(manager, campaignId, wave, cases.slice(from, from + BATCH), shared);
}

async function openCases(
  manager: EntityManager,
  campaignId: string,
  wave: number,
  cases: NewCase[],
  shared: object,
): Promise<void> {
  const opened: { opened: boolean }[] = await manager.query(
    `SELECT open_stream(ROW('case', id, 0, $1, id::uuid, unit, $2)::stream,
       jsonb_set(events, '{0,data}', (events->0->'data') || $4::jsonb),
       ARRAY(SELECT decode(hash, 'hex') FROM jsonb_array_elements_text(hashes) WITH ORDINALITY AS h (hash, n) ORDER BY n),
       "row", due) AS opened
     FROM jsonb_to_recordset($3) AS given (id text, unit uuid, events jsonb, hashes jsonb, "row" jsonb, due text)`,
    [campaignId, wave, JSON.stringify(cases), JSON.stringify(shared)],
  );
  if (!opened.every((row) => row.opened)) throw new Error('A case of this wave has been opened before.');
}

async function campaignState(manager: EntityManager, campaignId: string): Promise<CaseState> {
  const rows: { data: CaseEvent }[] = await manager.query(
    `SELECT data FROM ledger WHERE stream_kind = 'campaign' AND stream_id = $1 ORDER BY seq`,
    [campaignId],
  );
  return fold(rows.map((row) => row.data));
}

async function frozenPlan(manager: EntityManager, campaignId: string): Promise<FrozenPlan> {
  const rows: { body: FrozenPlan }[] = await manager.query(
    `SELECT body FROM plan_revision WHERE campaign_id = $1 ORDER BY revision DESC LIMIT 1`,
    [campaignId],
  );
  if (!rows[0]) throw new Error('The campaign has no frozen plan.');
  return rows[0].body;
}

/** Subjects of a wave, or of all of them: those of the plan and those added since, less those withdrawn. */
export function subjectsOf(plan: FrozenPlan, { facts }: CaseState, wave?: number): FrozenPlan['subjects'] {
  const added = facts.flatMap((fact) => (fact.type === 'subjectAdded' ? [fact.data.subject] : []));
  const withdrawn = new Set(facts.flatMap((fact) => (fact.type === 'subjectWithdrawn' ? [fact.data.caseId] : [])));
  const standing = [...plan.subjects, ...added].filter(({ caseId }) => !withdrawn.has(caseId));
  return wave === undefined ? standing : standing.filter((subject) => subject.wave === wave);
}

function newCase(
  campaign: CaseState,
  { team, ...subject }: FrozenPlan['subjects'][number],
  launched: EventOf<'waveLaunched'>,
  hashOpened: (event: CaseEvent) => Buffer,
): NewCase {
  const { capacity, actor } = launched.by === 'engine' ? { capacity: 'engine', actor: 'engine' } : launched.by;
  const { procedure, calendar } = campaign;
  const opening = openingOf(campaign, subject, team);
  const envelope = { commandId: launched.commandId, actor, capacity, grants: [], enteredAt: launched.at, dates: {} };
  const events = openStream({ opening, procedure, calendar, envelope });
  const row = rowOf(fold(events));
  const [opened, ...others] = events;
  const hashes = [hashOpened(opened!), ...others.map(leafHash)].map((hash) => hash.toString('hex'));
  const own = [{ ...opened, data: { opening } }, ...others];
  const { caseId: id, unit, kind } = subject;
  return { id, unit, kind, decided: decidedOn(opening), events: own, hashes, row, due: firstDue(row) };
}

function openingOf(campaign: CaseState, subject: Subject, planned: string | undefined): Opening {
  const amended = campaign.facts.flatMap((fact) => (fact.type === 'planAmended' ? [fact.data.dates] : []));
  const changed = campaign.facts.findLast((fact) => fact.type === 'teamChanged');
  const team = changed?.data.team ?? planned;
  return {
    ...campaign.opening,
    scope: 'case',
    subject,
    mandate: { ...campaign.opening.mandate, ...mandateOf(campaign.facts) },
    planDates: Object.assign({}, campaign.opening.planDates, ...amended),
    ...(team === undefined ? {} : { team }),
  };
}

/** Campaign steps that are done, as corrected: they appear in every case's history. */
function mandateOf(facts: CaseEvent[]): Opening['mandate'] {
  const done = new Map<number, EventOf<'stepCompleted'>>();
  const rootOf = new Map<number, number>();
  for (const fact of facts) {
    if (fact.type === 'stepCompleted') done.set(fact.seq, fact);
    if (fact.type !== 'entryCorrected') continue;
    const root = rootOf.get(fact.data.entry) ?? fact.data.entry;
    rootOf.set(fact.seq, root);
    const entry = done.get(root);
    if (!entry) continue;
    const { outcome = entry.data.outcome, dates = entry.dates, paper = entry.paper } = fact.data.replace ?? {};
    if (fact.data.void) done.delete(root);
    else done.set(root, { ...entry, dates, paper, data: { ...entry.data, outcome } });
  }
  return Object.fromEntries(
    [...done.values()].map(({ data, dates, paper }) => [data.step, { outcome: data.outcome, dates, paper }]),
  );
}
