import { documentMistake } from '@giamsat/contracts/http';
import { campaigns, organisations, ScopedDatabase } from '@giamsat/database';
import { Injectable } from '@nestjs/common';
import { refuseSecrets } from '../commands/secrets.js';
import type { AnswerOf, SignedIn } from '../http/call.js';
import { notFound, ProblemException } from '../http/problem-exception.js';
import { Rights } from '../rights/rights.js';
import { Check, type Checked } from './check.js';

type Draft = AnswerOf<'getDraft'>;

/** A draft is a row with a version and no workflow (design §3.9). Mistakes do not keep it from being saved. */
@Injectable()
export class Drafts {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly check: Check,
    private readonly rights: Rights,
  ) {}

  async create({ person }: SignedIn, ownerUnit: string, document: object): Promise<Draft> {
    refuseSecrets(document);
    const unit = await organisations.resolve(this.database, ownerUnit);
    if (!unit || (await this.rights.asPlanner(person, unit.id)).length === 0) throw notFound();
    const { id } = await campaigns.create(this.database, { ownerUnit: unit.id, draft: document, createdBy: person });
    return this.get(id);
  }

  async get(id: string): Promise<Draft> {
    const campaign = await campaigns.find(this.database, id);
    if (!campaign) throw notFound();
    const { version, state, revision, draft } = campaign;
    const { mistakes } = await this.checked(campaign);
    return { id, version, state, revision, document: { ...draft }, mistakes };
  }

  /** The document, and as mistakes also what is wrong with it as *this* campaign's. */
  async checked({ ownerUnit, draft }: campaigns.CampaignRecord): Promise<Checked> {
    const checked = await this.check.document(draft);
    const owner = checked.document ? checked.resolved.unit[checked.document.ownerUnit] : ownerUnit;
    if (owner === undefined || owner === ownerUnit) return checked;
    return { ...checked, mistakes: [documentMistake('ownerUnit', 'OWNER_NOT_YOURS'), ...checked.mistakes] };
  }

  async save(id: string, version: number, document: object): Promise<Draft> {
    refuseSecrets(document);
    const saved = await campaigns.saveDraft(this.database, { id, version, draft: document });
    if (saved === null) throw await this.whyNot(id);
    return this.get(id);
  }

  async discard(id: string): Promise<AnswerOf<'discardDraft'>> {
    if (!(await campaigns.discard(this.database, id))) throw await this.whyNot(id);
    return { id, state: 'discarded' };
  }

  async whyNot(id: string): Promise<ProblemException> {
    const campaign = await campaigns.find(this.database, id);
    if (!campaign) return notFound();
    return campaign.state === 'draft'
      ? new ProblemException('VERSION_MOVED', { params: { version: campaign.version } })
      : new ProblemException('DRAFT_NOT_EDITABLE');
  }
}
