import { PREFIX } from '@giamsat/contracts/http';
import { openRemotely } from '@giamsat/contracts/temporal';
import { Controller, Inject } from '@nestjs/common';
import type { ApiConfig } from '../config.js';
import type { AnswerOf, Call } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { Serves } from '../http/serves.js';
import { CONFIG } from '../tokens.js';
import { Rights } from './rights.js';

const OWNER = /^(case|campaign)\/([0-9a-f-]{36})$/;

/** What an administrator sees in Temporal's own pages and command line (`--codec-endpoint …/api/codec`). */
@Controller(PREFIX)
export class CodecController {
  constructor(
    private readonly rights: Rights,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  @Serves('decodePayloads')
  async decode({ body, who, standing }: Call<'decodePayloads'>): Promise<AnswerOf<'decodePayloads'>> {
    const opened = await openRemotely(this.config.GIAMSAT_PAYLOAD_KEY, body.payloads).catch(() => {
      throw new ProblemException('PAYLOAD_UNREADABLE');
    });
    // Before any of it is shown, once for each case or campaign.
    for (const owner of new Set(opened.map((each) => each.owner))) {
      const [, scope, id] = OWNER.exec(owner ?? '') ?? [];
      const what = { act: 'POST /codec/decode', outcome: 'read' as const, ...(scope && { [`${scope}Id`]: id }) };
      await this.rights.note({ person: who.person, standing, ...what });
    }
    return { payloads: opened.map(({ payload }) => payload) };
  }
}
