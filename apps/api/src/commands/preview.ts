import type { CommandRequest, Warning } from '@giamsat/contracts/http';
import { engineEnvelope } from '@giamsat/contracts/workflow';
import { board, campaigns, NOBODY, organisations, ScopedDatabase } from '@giamsat/database';
import {
  type CaseState,
  type CaseView,
  type Command,
  type CommandBody,
  decide,
  type Movement,
  movementOf,
  redact,
  type Refusal,
} from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, SignedIn, Standing } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { actorOf, numberingOf } from '../streams/present.js';
import { type Stream, Streams } from '../streams/streams.js';
import { barred, paramsAsSeen } from './barred.js';
import type { Scope } from './engine.js';
import { Prepare } from './prepare.js';
import { newCommandId } from './received.js';
import { warningsOf } from './warnings.js';

const PAGE = 100;

type Moved = Movement & { warnings: Warning[] };

/** What an act would move, and what to think of before it. The same decision on the same record, thrown away. */
@Injectable()
export class Preview {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly streams: Streams,
    private readonly prepare: Prepare,
    private readonly clock: Clock,
  ) {}

  async of(scope: Scope, id: string, body: CommandRequest, who: SignedIn, standing: Standing[]): Promise<Moved> {
    const stream = await this.streams.get(scope, id);
    const command = await this.command(stream, body, who, standing);
    const { state, events } = stream;
    const [actor, now] = [actorOf(who.person, standing), this.clock.now()];
    const decision = decide(state, seconded(command, state), now);
    if ('refusal' in decision) {
      const { code } = decision.refusal;
      throw new ProblemException(code, { params: paramsAsSeen(decision.refusal, numberingOf(stream, actor), body) });
    }
    const moved = { ...movementOf(state, decision), warnings: warningsOf(state, decision.state, events, now) };
    const after = redact(decision.state, [...events, ...decision.events], actor, now);
    return asSeen(moved, redact(state, events, actor, now), after);
  }

  /** The campaign itself, and every case that runs, as the fan-out would change it. */
  async ofCampaign(
    id: string,
    body: CommandRequest,
    who: SignedIn,
    standing: Standing[],
  ): Promise<AnswerOf<'previewCampaign'>> {
    const stream = await this.streams.get('campaign', id);
    const command = await this.command(stream, body, who, standing);
    const campaign = this.movement(stream, command);
    if (command.type === 'withdrawWave') {
      const refusal = await campaigns.waveRefusal(this.database, { campaignId: id, wave: command.wave });
      if (refusal) throw new ProblemException(refusal.code, { params: refusal.params });
    }
    const cases: AnswerOf<'previewCampaign'>['cases'] = [];
    for await (const { id: caseId, unitId } of this.openCases(id)) {
      const envelope = engineEnvelope(command.envelope.commandId, this.clock.now());
      const moved = this.look(await this.streams.get('case', caseId), { ...command, envelope });
      if ('dues' in moved) cases.push({ caseId, unit: { id: unitId ?? '', symbol: null, name: '' }, ...moved });
    }
    return { campaign, cases: await this.named(cases) };
  }

  private async command(
    stream: Stream,
    request: CommandRequest,
    who: SignedIn,
    standing: Standing[],
  ): Promise<Command> {
    const refusal = barred(stream, request, who.person, standing);
    if (refusal) throw new ProblemException(refusal.code, { params: refusal.params });
    const { body, envelope } = await this.prepare.command(
      stream,
      request,
      who,
      standing,
      newCommandId(this.clock.now()),
    );
    return { ...(body as CommandBody), envelope } as Command;
  }

  /** The same of a command that is there already. One that still lacks its second person is looked at as if it had one. */
  look({ state, events }: Stream, command: Command): Moved | { refusal: Refusal } {
    const now = this.clock.now();
    const decision = decide(state, seconded(command, state), now);
    if ('refusal' in decision) return decision;
    return { ...movementOf(state, decision), warnings: warningsOf(state, decision.state, events, now) };
  }

  /** @throws the core's refusal */
  movement(stream: Stream, command: Command): Moved {
    const moved = this.look(stream, command);
    if ('refusal' in moved) throw new ProblemException(moved.refusal.code, { params: moved.refusal.params });
    return moved;
  }

  private async *openCases(campaignId: string): AsyncGenerator<board.BoardLine> {
    let after: board.BoardKey | undefined;
    do {
      const page = await board.list(this.database, { campaignId, scope: 'case', open: true, limit: PAGE, after });
      yield* page.items;
      after = page.next ?? undefined;
    } while (after);
  }

  private async named<T extends { unit: { id: string; symbol: string | null; name: string } }>(
    rows: T[],
  ): Promise<T[]> {
    const ids = [...new Set(rows.map(({ unit }) => unit.id))];
    const named = await organisations.named(this.database, ids, this.clock.today());
    return rows.map((row) => ({ ...row, unit: named[row.unit.id] ?? row.unit }));
  }
}

/** Of what moves, as much as the reader sees before or afterwards: a step or a date that is hidden moves unseen. */
function asSeen(moved: Moved, before: CaseView, after: CaseView): Moved {
  const [was, is] = [before, after].map(
    ({ steps }) => new Set(steps.flatMap(({ key, deadline }) => (deadline ? [key] : []))),
  ) as [Set<string>, Set<string>];
  const isSeen = (step: string): boolean => was.has(step) || is.has(step);
  return {
    ...moved,
    dues: moved.dues
      .filter(({ step }) => isSeen(step))
      .map((due) => ({ ...due, from: was.has(due.step) ? due.from : null, to: is.has(due.step) ? due.to : null })),
    rungs: moved.rungs.filter(({ step }) => isSeen(step)),
    unfounded: moved.unfounded.filter((key) => before.rungs.some(({ rung }) => rung === key)),
  };
}

function seconded(command: Command, { procedure }: CaseState): Command {
  const { envelope, type } = command;
  if (type !== 'correctEntry' || envelope.second !== undefined || envelope.paper?.signedAs !== undefined)
    return command;
  const secondCapacity = procedure.acts.correctEntry?.[0] ?? '';
  return { ...command, envelope: { ...envelope, second: NOBODY, secondCapacity } };
}
