import { type CommandRequest, documentMistake } from '@giamsat/contracts/http';
import { type Actor, type CommandBody, type Envelope, seenBy } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import type { SignedIn, Standing } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { actorOf } from '../streams/present.js';
import type { Stream } from '../streams/streams.js';
import { capacityFor } from './capacity.js';
import { Complete } from './complete.js';
import { receivedAt } from './received.js';

export interface Prepared {
  body: CommandBody;
  envelope: Envelope;
}

/** Whoever has seen all that is his to see has seen the case as it is. */
const seqMeant = (seq: number, { state, events }: Stream, actor: Actor): number =>
  seq === seenBy(state, events, actor) ? state.seq : seq;

/** From what a person sent to a command with its envelope (design §3.7); the client fills none of it in. */
@Injectable()
export class Prepare {
  constructor(private readonly complete: Complete) {}

  async command(
    stream: Stream,
    request: CommandRequest,
    who: SignedIn,
    standing: Standing[],
    commandId: string,
  ): Promise<Prepared> {
    const { office, grant, actingFor, forUnit: unit } = capacityFor(request, standing, stream.state);
    const body = await this.complete.body(stream, request, commandId);
    // A case is taken over by the receiver himself: nobody accepts for another unit.
    if (body.type === 'acceptTransfer' && unit !== body.unit)
      throw new ProblemException('NOT_ALLOWED', { params: { capacity: office, type: body.type } });
    const { dates, paper, onBehalfOf, expectedSeq } = request;
    if (paper?.keptOutside && !(paper.keptOutside.keeper in stream.state.procedure.offices))
      throw new ProblemException('INVALID', {
        errors: [documentMistake('paper.keptOutside.keeper', 'OFFICE_UNKNOWN')],
      });
    const envelope: Envelope = {
      commandId,
      actor: who.person,
      capacity: office,
      grants: [grant],
      enteredAt: receivedAt(commandId),
      dates,
      ...(paper && { paper }),
      ...(onBehalfOf && { onBehalfOf }),
      ...(actingFor && { actingFor }),
      ...(unit && { unit }),
      ...(expectedSeq !== undefined && { expectedSeq: seqMeant(expectedSeq, stream, actorOf(who.person, standing)) }),
    };
    return { body, envelope };
  }
}
