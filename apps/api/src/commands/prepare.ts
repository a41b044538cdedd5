import { type CommandRequest, documentMistake } from '@giamsat/contracts/http';
import type { CommandBody, Envelope, Numbering } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import type { SignedIn, Standing } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { actorOf, numberingOf } from '../streams/present.js';
import type { Stream } from '../streams/streams.js';
import { capacityFor } from './capacity.js';
import { Complete } from './complete.js';
import { receivedAt } from './received.js';

export interface Prepared {
  body: CommandBody;
  envelope: Envelope;
}

/** Whoever has seen all that is his to see has seen the case as it is. */
const seqMeant = (number: number, numbering: Numbering, { state }: Stream): number =>
  number === numbering.last ? state.seq : numbering.seq(number);

const withEntryMeant = (body: CommandBody, numbering: () => Numbering): CommandBody =>
  'entry' in body && body.entry !== undefined ? { ...body, entry: numbering().seq(body.entry) } : body;

/** The envelope of a command that names neither a date nor a paper. */
export const envelopeFor = (
  { office, grant, actingFor, forUnit: unit }: Standing,
  actor: string,
  commandId: string,
): Envelope => ({
  commandId,
  actor,
  capacity: office,
  grants: [grant],
  enteredAt: receivedAt(commandId),
  dates: {},
  ...(actingFor && { actingFor }),
  ...(unit && { unit }),
});

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
    const held = capacityFor(request, standing, stream.state);
    const numbering = (): Numbering => numberingOf(stream, actorOf(who.person, standing));
    const body = withEntryMeant(await this.complete.body(stream, request, commandId), numbering);
    // A case is taken over by the receiver himself: nobody accepts for another unit.
    if (body.type === 'acceptTransfer' && held.forUnit !== body.unit)
      throw new ProblemException('NOT_ALLOWED', { params: { capacity: held.office, type: body.type } });
    const { dates, paper, onBehalfOf, expectedSeq } = request;
    if (paper?.keptOutside && !(paper.keptOutside.keeper in stream.state.procedure.offices))
      throw new ProblemException('INVALID', {
        errors: [documentMistake('paper.keptOutside.keeper', 'OFFICE_UNKNOWN')],
      });
    const envelope: Envelope = {
      ...envelopeFor(held, who.person, commandId),
      dates,
      ...(paper && { paper }),
      ...(onBehalfOf && { onBehalfOf }),
      ...(expectedSeq !== undefined && { expectedSeq: seqMeant(expectedSeq, numbering(), stream) }),
    };
    return { body, envelope };
  }
}
