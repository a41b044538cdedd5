import type { CommandRequest, Warning } from '@giamsat/contracts/http';
import type { Answer } from '@giamsat/contracts/workflow';
import { board, commands, content, ledger, ScopedDatabase } from '@giamsat/database';
import { type Command, type CommandBody, decide, type Envelope, isOpen, type Refusal } from '@giamsat/procedure';
import { unitOffices } from '@giamsat/procedure/source';
import { Inject, Injectable } from '@nestjs/common';
import { demandProof } from '../accounts/proof.js';
import { Gate } from '../campaigns/gate.js';
import { Clock } from '../clock.js';
import { type ApiConfig, asksSigners } from '../config.js';
import type { AnswerOf, SignedIn, Standing } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { issues, signersIn } from '../rights/issuing.js';
import { actorOf, numberingOf } from '../streams/present.js';
import { type Stream, Streams } from '../streams/streams.js';
import { CONFIG } from '../tokens.js';
import { barred, paramsAsSeen, paramsUnseen } from './barred.js';
import { withoutTexts } from './complete.js';
import { Engine, type PersonCommand, type Scope } from './engine.js';
import { Prepare, type Prepared } from './prepare.js';
import { bodyHash, newCommandId } from './received.js';
import { refuseSecrets } from './secrets.js';
import { warningsOnRecord } from './warnings.js';

const RETRY_SECONDS = 5;

export interface Giving {
  scope: Scope;
  id: string;
  body: CommandRequest;
  key: string;
  who: SignedIn;
  standing: Standing[];
  at: string;
}

/** Whatever is to be carried out, whichever way its command is made. */
type Carrying = Omit<Giving, 'body'> & { body: { type: CommandRequest['type']; entry?: number; expectedSeq?: number } };
/** A command, its texts kept or still to be kept; or why there is none. */
export type Given = (Prepared & { isKept?: true }) | { refusal: Refusal };
type AnyRefusal = NonNullable<Answer['refusal']>;
type Preparing = (stream: Stream, commandId: string) => Promise<Given>;

/** Commands that make something: its id is the command's own. */
const CREATES = ['requestExtension', 'recordFinding', 'recordMeasure', 'addSubject'];

/**
 * A command from a person (design §3.5-3.7): kept before anything is asked, decided here on the record so that a plain no
 * costs no workflow task, then given to the case, which decides again and for good.
 */
@Injectable()
export class Give {
  private readonly asksSigners: boolean;
  private readonly unitOffices = unitOffices();

  constructor(
    private readonly database: ScopedDatabase,
    private readonly streams: Streams,
    private readonly prepare: Prepare,
    private readonly gate: Gate,
    private readonly engine: Engine,
    private readonly clock: Clock,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.asksSigners = asksSigners(config);
  }

  give(giving: Giving): Promise<AnswerOf<'commandCase'>> {
    const { scope, id, body, who, standing } = giving;
    refuseSecrets(body);
    return this.carryOut(giving, { scope, id, body }, async (stream, commandId) => {
      const refusal = barred(stream, body, who.person, standing);
      return refusal ? { refusal } : this.prepare.command(stream, body, who, standing, commandId);
    });
  }

  /** `asked`: what the key stands for. `prepare` makes the command of it, or says why there is none. */
  carryOut(giving: Carrying, asked: object, prepare: Preparing): Promise<AnswerOf<'commandCase'>> {
    return this.once(giving, asked, (commandId) => this.decided(giving, commandId, prepare));
  }

  /** On a case that the person does not read: nothing is decided before it is asked. */
  carryOutUnread(giving: Carrying, asked: object, prepare: (commandId: string) => Promise<Prepared>) {
    return this.once(giving, asked, async (commandId) => {
      const { body, envelope } = await prepare(commandId);
      return this.ask(giving, body, envelope);
    });
  }

  private async once(giving: Carrying, asked: object, decide: (commandId: string) => Promise<Answer>) {
    const { body, key, who, at } = giving;
    const stored = await commands.store(this.database, {
      commandId: newCommandId(at),
      type: body.type,
      actor: who.person,
      key,
      bodyHash: bodyHash(asked),
    });
    if (stored.kind === 'reused') throw new ProblemException('KEY_REUSED');
    const { commandId } = stored;
    const { refusal, seq } = stored.answer ?? (await decide(commandId));
    if (refusal) throw await this.refused(giving, refusal);
    const created = CREATES.includes(body.type) ? commandId : null;
    const [asSeen, warnings] = await Promise.all([this.asSeen(giving, seq), this.warnings(giving, commandId)]);
    return { commandId, created, outcome: 'accepted' as const, seq: asSeen, warnings };
  }

  /** Where the act left the case, as the person counts its entries; 0 when he may not read it. */
  private async asSeen({ scope, id, who, standing }: Carrying, seq: number): Promise<number> {
    if (standing.some(({ office }) => !this.unitOffices.includes(office))) return seq;
    const stream = await this.streams.get(scope, id).catch(() => null);
    return stream ? numberingOf(stream, actorOf(who.person, standing)).lastAt(seq) : 0;
  }

  /** Tells no more of where the case is than the person may read of it; nothing, when he may not any more. */
  private async refused({ scope, id, body, who, standing }: Carrying, refusal: AnyRefusal): Promise<ProblemException> {
    const { code, params } = refusal;
    const stream = await this.streams.get(scope, id).catch(() => null);
    if (!stream) return new ProblemException(code, { params: paramsUnseen(params) });
    const numbering = numberingOf(stream, actorOf(who.person, standing));
    return new ProblemException(code, { params: paramsAsSeen(refusal, numbering, body), seq: numbering.last });
  }

  /** What could not become a command, and a closed gate, decide nothing: the same key may come again when it is put right. */
  private async decided({ scope, id, who }: Carrying, commandId: string, prepare: Preparing): Promise<Answer> {
    const stream = await this.streams.get(scope, id);
    const given = await prepare(stream, commandId);
    if ('refusal' in given) return this.settle(commandId, stream, given.refusal);
    const { body, envelope, isKept = false } = given;
    this.mayIssue(stream, body, envelope, who);
    const decision = decide(stream.state, { ...body, envelope } as Command, this.clock.now());
    if ('refusal' in decision) return this.settle(commandId, stream, decision.refusal);
    if (body.type === 'launchWave') await this.gate.pass(stream, body.wave);
    return this.ask(stream, isKept ? body : await this.keepTexts(stream, body), envelope);
  }

  /** Only what ends a case has any: all else is not looked at again. */
  private async warnings({ scope, id }: Carrying, commandId: string): Promise<Warning[]> {
    const line = scope === 'case' ? await board.find(this.database, 'case', id) : null;
    if (line === null || isOpen(line.row)) return [];
    return warningsOnRecord((await this.streams.get('case', id)).events, commandId);
  }

  /** Whoever issues gives the password again; whoever signs has a second factor where the installation asks for one. */
  private mayIssue({ state }: Stream, body: CommandBody, { capacity }: Envelope, who: SignedIn): void {
    if (!issues(body)) return;
    if (this.asksSigners && !who.hasFactor && signersIn(state.procedure).includes(capacity))
      throw new ProblemException('SECOND_FACTOR_NEEDED');
    demandProof(who);
  }

  keepTexts({ state, scope, id }: Stream, body: CommandBody): Promise<CommandBody> {
    const { campaign, subject } = state.opening;
    const belonging = { campaignId: campaign, ...(scope === 'case' && { caseId: id, unitId: subject?.unit }) };
    return withoutTexts(body, (text) => content.put(this.database, text, belonging));
  }

  private async ask(
    { scope, id }: Pick<Stream, 'scope' | 'id'>,
    body: CommandBody,
    envelope: Envelope,
  ): Promise<Answer> {
    const command = { ...body, envelope } as PersonCommand;
    let answer = await this.engine.ask(scope, id, command);
    if (answer === 'no-workflow') {
      const input = await ledger.streamInput(this.database, { scope, id });
      if (input) answer = await this.engine.revive(input, command);
    }
    if (answer === null || answer === 'no-workflow') throw new ProblemException('NO_ANSWER_YET', {}, RETRY_SECONDS);
    return answer;
  }

  private async settle(commandId: string, { state }: Stream, refusal: Refusal): Promise<Answer> {
    const answer: Answer = { outcome: 'refused', seq: state.seq, refusal };
    return (await commands.settle(this.database, commandId, answer)) ?? answer;
  }
}
