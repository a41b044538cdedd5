import type { CommandRequest } from '@giamsat/contracts/http';
import { engineEnvelope } from '@giamsat/contracts/workflow';
import { board } from '@giamsat/database';
import { type Command, type CommandBody, type Movement, preview } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import type { SignedIn, Standing } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { type Stream, Streams } from '../streams/streams.js';
import type { Scope } from './engine.js';
import { Prepare } from './prepare.js';
import { newCommandId } from './received.js';

const PAGE = 100;

/** What a change would move. The same decision on the same record, thrown away. */
@Injectable()
export class Preview {
  constructor(
    private readonly database: DataSource,
    private readonly streams: Streams,
    private readonly prepare: Prepare,
    private readonly clock: Clock,
  ) {}

  async of(scope: Scope, id: string, body: CommandRequest, who: SignedIn, standing: Standing[]): Promise<Movement> {
    const stream = await this.streams.get(scope, id);
    return this.movement(stream, await this.command(stream, body, who, standing));
  }

  /** The campaign itself, and every case that runs, as the fan-out would change it. */
  async ofCampaign(id: string, body: CommandRequest, who: SignedIn, standing: Standing[]) {
    const stream = await this.streams.get('campaign', id);
    const command = await this.command(stream, body, who, standing);
    const campaign = this.movement(stream, command);
    const cases: (Movement & { caseId: string })[] = [];
    for await (const caseId of this.openCases(id)) {
      const envelope = engineEnvelope(command.envelope.commandId, this.clock.now());
      const moved = this.look(await this.streams.get('case', caseId), { ...command, envelope });
      if ('dues' in moved) cases.push({ caseId, ...moved });
    }
    return { campaign, cases };
  }

  private async command(
    stream: Stream,
    request: CommandRequest,
    who: SignedIn,
    standing: Standing[],
  ): Promise<Command> {
    const { body, envelope } = await this.prepare.command(
      stream,
      request,
      who,
      standing,
      newCommandId(this.clock.now()),
    );
    return { ...(body as CommandBody), envelope } as Command;
  }

  private look = ({ state }: Stream, command: Command) => preview(state, command, this.clock.now());

  private movement(stream: Stream, command: Command): Movement {
    const moved = this.look(stream, command);
    if ('refusal' in moved) throw new ProblemException(moved.refusal.code, { params: moved.refusal.params });
    return moved;
  }

  private async *openCases(campaignId: string): AsyncGenerator<string> {
    let after: board.BoardKey | undefined;
    do {
      const page = await board.list(this.database, { campaignId, scope: 'case', open: true, limit: PAGE, after });
      yield* page.items.map(({ id }) => id);
      after = page.next ?? undefined;
    } while (after);
  }
}
