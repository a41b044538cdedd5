import { campaigns, commands, inTransaction, ledger, offices, ScopedDatabase } from '@giamsat/database';
import { procedureLibrary } from '@giamsat/procedure/source';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Engine } from '../commands/engine.js';
import { bodyHash, newCommandId, receivedAt } from '../commands/received.js';
import type { AnswerOf, Call, SignedIn, Standing } from '../http/call.js';
import { notFound, ProblemException } from '../http/problem-exception.js';
import type { Checked } from './check.js';
import { Drafts } from './drafts.js';
import { campaignEvents } from './opening.js';
import { type IssuedPlan, subjectsIn } from './plan.js';
import { grantsOf } from './plan-grants.js';

interface Issuing {
  id: string;
  version: number;
  who: SignedIn;
  standing: Standing[];
  commandId: string;
}

/** Freezes the draft, opens the campaign's stream and gives the offices of the plan, in one transaction; then starts it. */
@Injectable()
export class IssuePlan {
  private readonly library = procedureLibrary();

  constructor(
    private readonly database: ScopedDatabase,
    private readonly drafts: Drafts,
    private readonly engine: Engine,
  ) {}

  async issue({ params: { id }, body, key, who, standing, at }: Call<'issuePlan'>): Promise<AnswerOf<'issuePlan'>> {
    const stored = await commands.store(this.database, {
      commandId: newCommandId(at),
      type: 'issuePlan',
      actor: who.person,
      key,
      bodyHash: bodyHash({ id, ...body }),
    });
    if (stored.kind === 'reused') throw new ProblemException('KEY_REUSED');
    const { commandId } = stored;
    if (!stored.answer) await this.decide({ id, ...body, who, standing, commandId });
    const seq = stored.answer?.seq ?? (await commands.find(this.database, commandId))?.answer?.seq ?? 0;
    const campaign = await campaigns.find(this.database, id);
    return { commandId, id, revision: campaign?.revision ?? 0, seq };
  }

  private async decide(issuing: Issuing): Promise<void> {
    const { id, version } = issuing;
    const campaign = await campaigns.find(this.database, id);
    if (!campaign) throw notFound();
    if (campaign.state !== 'draft' || campaign.version !== version) throw await this.drafts.whyNot(id);
    const checked = await this.drafts.checked(campaign);
    if (checked.mistakes.length > 0) throw new ProblemException('INVALID', { errors: checked.mistakes });
    await inTransaction(this.database, (manager) => this.write(manager, issuing, checked));
    await this.start(id);
  }

  private async write(manager: EntityManager, { id, version, who, standing, commandId }: Issuing, checked: Checked) {
    const { document, resolved } = checked;
    if (!document) throw notFound();
    const procedure = this.library.getProcedure(document.procedure)!.compiled;
    const calendar = this.library.getCalendar(document.calendar ?? procedure.calendar)!.compiled;
    const at = receivedAt(commandId);
    const subjects = subjectsIn(id, document, resolved);
    const body: IssuedPlan = { document, subjects };
    const opened = { campaignId: id, document, procedure, calendar, commandId, person: who.person, standing, at };
    const issued = await campaigns.issuePlan(manager, {
      campaignId: id,
      version,
      body,
      by: who.person,
      commandId,
      events: campaignEvents(opened),
    });
    if (!issued) throw await this.drafts.whyNot(id);
    const act = { at, commandId, by: { actor: who.person, capacity: standing[0]!.office } };
    for (const grant of grantsOf(id, document, subjects, resolved, procedure))
      await offices.grant(manager, { ...grant, by: who.person }, act);
  }

  /** Not reached now: the watchdog starts it from the ledger. */
  private async start(id: string): Promise<void> {
    const input = await ledger.streamInput(this.database, { scope: 'campaign', id });
    if (input) await this.engine.start(input).catch(() => false);
  }
}
