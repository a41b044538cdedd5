import { isDeepStrictEqual } from 'node:util';
import type { RouteName } from '@giamsat/contracts/http';
import { commands, content, corrections, people, ScopedDatabase } from '@giamsat/database';
import type { CaseState, Command, Envelope, Movement, Refusal, RefusalCode } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { capacityFor } from '../commands/capacity.js';
import type { Scope } from '../commands/engine.js';
import { Give, type Given } from '../commands/give.js';
import { envelopeFor, Prepare } from '../commands/prepare.js';
import { Preview } from '../commands/preview.js';
import { bodyHash, newCommandId, receivedAt } from '../commands/received.js';
import { refuseSecrets } from '../commands/secrets.js';
import type { AnswerOf, Call, SignedIn, Standing } from '../http/call.js';
import { notFound, ProblemException } from '../http/problem-exception.js';
import { Rights } from '../rights/rights.js';
import { type Stream, Streams } from '../streams/streams.js';

type Shown = AnswerOf<'proposeCaseCorrection'>;
/** The same door of a case and of a campaign. */
type On<Verb extends string> = CallOf<Extract<RouteName, `${Verb}CaseCorrection` | `${Verb}CampaignCorrection`>>;
type CallOf<N extends RouteName> = N extends N ? Call<N> : never;
type Found = NonNullable<Awaited<ReturnType<typeof corrections.find>>>;
/** As many as are shown of what waits for one person. */
const MOST = 50;

/**
 * Corrections by two people (design §4.4). A proposal changes nothing; who confirms it gives the command, which then rests
 * on the offices of both. It is confirmed as it was seen: when it would move anything else by now, it is proposed anew.
 */
@Injectable()
export class Corrections {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly streams: Streams,
    private readonly prepare: Prepare,
    private readonly previews: Preview,
    private readonly commands: Give,
    private readonly rights: Rights,
    private readonly clock: Clock,
  ) {}

  /** Its id is that of its command: the same key proposes once. */
  async propose(scope: Scope, call: On<'propose'>): Promise<Shown> {
    const { params, body, key, who, standing, at } = call;
    refuseSecrets(body);
    const stored = await commands.store(this.database, {
      commandId: newCommandId(at),
      type: 'proposeCorrection',
      actor: who.person,
      key,
      bodyHash: bodyHash({ scope, id: params.id, proposed: body }),
    });
    if (stored.kind === 'reused') throw new ProblemException('KEY_REUSED');
    const stream = await this.streams.get(scope, params.id);
    if (!stored.answer) await this.keep(stream, body, who, standing, stored.commandId);
    const proposal = await this.found(scope, { ...params, proposal: stored.commandId });
    return (await this.shown(stream, [proposal], who))[0]!;
  }

  async list(scope: Scope, { params, who, standing }: CallOf<'listCaseCorrections' | 'listCampaignCorrections'>) {
    const open = await corrections.openOn(this.database, { scope, id: params.id });
    if (open.length === 0) return { items: [], next: null };
    const stream = await this.streams.get(scope, params.id);
    const items = mayCorrect(stream.state, standing) ? await this.shown(stream, open, who) : [];
    return { items, next: null };
  }

  async confirm(scope: Scope, call: On<'confirm'>): Promise<AnswerOf<'confirmCaseCorrection'>> {
    const { params, body, who, standing } = call;
    const proposal = await this.found(scope, params);
    const giving = { ...call, scope, id: params.id, body: { type: 'correctEntry' as const } };
    return this.commands.carryOut(giving, { scope, ...params, body }, (stream, commandId) =>
      this.confirmed(stream, proposal, who, capacityOf(standing, stream.state, body.capacity), commandId),
    );
  }

  /** By whoever proposed it, or whoever could have confirmed it. */
  async decline(scope: Scope, call: On<'decline'>): Promise<AnswerOf<'declineCaseCorrection'>> {
    const { params, who, standing } = call;
    const proposal = await this.found(scope, params);
    const { state } = await this.streams.get(scope, params.id);
    if (proposal.by !== who.person && !mayCorrect(state, standing)) throw notAllowed(standing);
    const declined = await corrections.decline(this.database, { proposal: proposal.id, by: who.person });
    if (!declined) throw new ProblemException('PROPOSAL_STALE');
    return { declined: true };
  }

  async waiting({ who }: Call<'listCorrections'>): Promise<AnswerOf<'listCorrections'>> {
    const open = await corrections.openFor(this.database, who.person, MOST);
    const items = await Promise.all(
      open.map(async ({ id: proposal, scope, caseId, campaignId, at }) => {
        const id = caseId ?? campaignId;
        const [stream, standing] = await Promise.all([
          this.streams.get(scope, id),
          this.rights.on(scope, id, who.person),
        ]);
        if (!mayCorrect(stream.state, standing)) return [];
        const { title, unit } = await this.streams.names(stream, this.clock.today());
        return [{ proposal, scope, id, title, unit, at }];
      }),
    );
    return { items: items.flat(), next: null };
  }

  /** Of no other case: its id alone opens nothing. */
  private async found(scope: Scope, { id, proposal }: { id: string; proposal: string }): Promise<Found> {
    const found = await corrections.find(this.database, { scope, id, proposal });
    if (!found) throw notFound();
    return found;
  }

  private async keep(
    stream: Stream,
    request: On<'propose'>['body'],
    who: SignedIn,
    standing: Standing[],
    commandId: string,
  ): Promise<void> {
    const { body: given, envelope } = await this.prepare.command(stream, request, who, standing, commandId);
    const movement = alone(this.previews.movement(stream, { ...given, envelope } as Command));
    const { capacity, grants, actingFor = null, paper = null } = envelope;
    const { campaign, subject } = stream.state.opening;
    await this.database.transaction(async (db) => {
      const body = (await this.commands.keepTexts(stream, given)) as corrections.Proposal['body'];
      await corrections.propose(db, {
        id: commandId,
        scope: stream.scope,
        campaignId: campaign,
        caseId: stream.scope === 'case' ? stream.id : null,
        unitId: subject?.unit ?? null,
        ...{ body, paper, movement, capacity, actingFor },
        by: who.person,
        grant: grants[0]!,
        at: receivedAt(commandId),
      });
      await commands.settle(db, commandId, { outcome: 'accepted', seq: stream.state.seq });
    });
  }

  /** The command, in the name of who proposed it and of who confirms it; or why it may not be any more. */
  private async confirmed(
    stream: Stream,
    proposal: Found,
    who: SignedIn,
    second: Standing,
    commandId: string,
  ): Promise<Given> {
    if (proposal.state !== 'open') return refused('PROPOSAL_STALE');
    if (proposal.by === who.person) return refused('SECOND_PERSON_MISSING');
    const held = await this.rights.on(stream.scope, stream.id, proposal.by);
    if (!held.some(({ grant }) => grant === proposal.grant)) return refused('PROPOSAL_STALE');
    const envelope: Envelope = {
      ...envelopeOf(proposal, commandId),
      grants: [proposal.grant, second.grant],
      second: who.person,
      secondCapacity: second.office,
      expectedSeq: stream.state.seq,
    };
    const moved = this.previews.look(stream, { ...proposal.body, envelope });
    if ('refusal' in moved) return moved;
    if (!isDeepStrictEqual(alone(moved), proposal.movement)) return refused('PROPOSAL_STALE');
    return { body: proposal.body, envelope, isKept: true };
  }

  private async shown(stream: Stream, proposals: corrections.Proposal[], who: SignedIn): Promise<Shown[]> {
    const [reasons, authors] = [proposals.map(({ body }) => body.reason), proposals.map(({ by }) => by)];
    const [texts, named] = await Promise.all([
      content.texts(this.database, reasons),
      people.findMany(this.database, authors),
    ]);
    return proposals.map((proposal) => {
      const { id, body, movement, by, capacity, at } = proposal;
      const now = this.previews.look(stream, { ...body, envelope: envelopeOf(proposal, id) });
      return {
        ...{ id, capacity, at },
        movement: { ...movement, warnings: [] },
        entry: body.entry,
        void: body.void ?? false,
        replace: body.replace ? { ...body.replace } : null,
        reason: texts[body.reason] ?? null,
        by: { id: by, name: named[by]?.name ?? '' },
        mine: by === who.person,
        stale: 'refusal' in now || !isDeepStrictEqual(alone(now), movement),
      };
    });
  }
}

const refused = (code: RefusalCode): { refusal: Refusal } => ({ refusal: { code, params: {} } });

/** A correction ends no case, so it has nothing to be warned of. */
const alone = ({ dues, rungs, unfounded }: Movement): Movement => ({ dues, rungs, unfounded });

const envelopeOf = ({ by, capacity, grant, actingFor, paper }: corrections.Proposal, commandId: string): Envelope => ({
  ...envelopeFor({ office: capacity, grant, actingFor }, by, commandId),
  ...(paper && { paper }),
});

const mayCorrect = ({ procedure }: CaseState, standing: Standing[]): boolean =>
  standing.some(({ office }) => procedure.acts.correctEntry?.includes(office));

/** @throws NOT_ALLOWED · CAPACITY_UNCLEAR */
function capacityOf(standing: Standing[], state: CaseState, capacity: string | undefined): Standing {
  const found = capacityFor({ type: 'correctEntry', capacity }, standing, state);
  if (!mayCorrect(state, [found])) throw notAllowed(standing);
  return found;
}

const notAllowed = (standing: Standing[]): ProblemException =>
  new ProblemException('NOT_ALLOWED', { params: { capacity: standing[0]?.office ?? '', type: 'correctEntry' } });
