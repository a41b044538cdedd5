import { PREFIX } from '@giamsat/contracts/http';
import { Controller } from '@nestjs/common';
import { Give } from '../commands/give.js';
import { Preview } from '../commands/preview.js';
import type { AnswerOf, Call } from '../http/call.js';
import { Serves } from '../http/serves.js';
import { Reader } from '../streams/reader.js';
import { Restore } from '../streams/restore.js';
import { Streams } from '../streams/streams.js';
import { Check } from './check.js';
import { Drafts } from './drafts.js';
import { Gate } from './gate.js';
import { IssuePlan } from './issue-plan.js';
import { Overview } from './overview.js';
import { Rehearsals } from './rehearsals.js';
import { Summary } from './summary.js';

@Controller(PREFIX)
export class CampaignController {
  constructor(
    private readonly overview: Overview,
    private readonly drafts: Drafts,
    private readonly check: Check,
    private readonly plans: IssuePlan,
    private readonly gate: Gate,
    private readonly rehearsals: Rehearsals,
    private readonly streams: Streams,
    private readonly reader: Reader,
    private readonly commands: Give,
    private readonly previews: Preview,
    private readonly summary: Summary,
    private readonly restores: Restore,
  ) {}

  @Serves('listCampaigns')
  listCampaigns(call: Call<'listCampaigns'>): Promise<AnswerOf<'listCampaigns'>> {
    return this.overview.list(call);
  }

  @Serves('getCampaign')
  getCampaign(call: Call<'getCampaign'>): Promise<AnswerOf<'getCampaign'>> {
    return this.overview.get(call);
  }

  @Serves('getBoard')
  getBoard(call: Call<'getBoard'>): Promise<AnswerOf<'getBoard'>> {
    return this.overview.board(call);
  }

  @Serves('getSummary')
  getSummary({ params, standing }: Call<'getSummary'>): Promise<AnswerOf<'getSummary'>> {
    return this.summary.of(params.id, standing);
  }

  @Serves('getCampaignHistory')
  getCampaignHistory({
    params,
    query,
    who,
    standing,
  }: Call<'getCampaignHistory'>): Promise<AnswerOf<'getCampaignHistory'>> {
    return this.reader.history('campaign', params.id, query.at, who.person, standing);
  }

  @Serves('checkCampaign')
  async checkCampaign({ body }: Call<'checkCampaign'>): Promise<AnswerOf<'checkCampaign'>> {
    const { document, mistakes } = await this.check.document(body.document);
    return { document, mistakes };
  }

  @Serves('createCampaign')
  createCampaign({ body, who }: Call<'createCampaign'>): Promise<AnswerOf<'createCampaign'>> {
    return this.drafts.create(who, body.ownerUnit, body.document);
  }

  @Serves('getDraft')
  getDraft({ params }: Call<'getDraft'>): Promise<AnswerOf<'getDraft'>> {
    return this.drafts.get(params.id);
  }

  @Serves('saveDraft')
  saveDraft({ params, body }: Call<'saveDraft'>): Promise<AnswerOf<'saveDraft'>> {
    return this.drafts.save(params.id, body.version, body.document);
  }

  @Serves('discardDraft')
  discardDraft({ params }: Call<'discardDraft'>): Promise<AnswerOf<'discardDraft'>> {
    return this.drafts.discard(params.id);
  }

  @Serves('issuePlan')
  issuePlan(call: Call<'issuePlan'>): Promise<AnswerOf<'issuePlan'>> {
    return this.plans.issue(call);
  }

  @Serves('rehearseCampaign')
  rehearseCampaign(call: Call<'rehearseCampaign'>): Promise<AnswerOf<'rehearseCampaign'>> {
    return this.rehearsals.hold(call);
  }

  @Serves('listRehearsals')
  listRehearsals(call: Call<'listRehearsals'>): Promise<AnswerOf<'listRehearsals'>> {
    return this.rehearsals.list(call);
  }

  @Serves('getRehearsal')
  getRehearsal(call: Call<'getRehearsal'>): Promise<AnswerOf<'getRehearsal'>> {
    return this.rehearsals.get(call);
  }

  @Serves('getGate')
  async getGate({ params, query: { wave } }: Call<'getGate'>): Promise<AnswerOf<'getGate'>> {
    const { cases, missing, warnings } = await this.gate.look(await this.streams.get('campaign', params.id), wave);
    return { wave, cases, open: missing.length === 0, missing, warnings };
  }

  @Serves('commandCampaign')
  commandCampaign({ params, ...call }: Call<'commandCampaign'>): Promise<AnswerOf<'commandCampaign'>> {
    return this.commands.give({ scope: 'campaign', id: params.id, ...call });
  }

  @Serves('restoreCampaign')
  restoreCampaign(call: Call<'restoreCampaign'>): Promise<AnswerOf<'restoreCampaign'>> {
    return this.restores.restore('campaign', call);
  }

  @Serves('previewCampaign')
  previewCampaign({ params, body, who, standing }: Call<'previewCampaign'>): Promise<AnswerOf<'previewCampaign'>> {
    return this.previews.ofCampaign(params.id, body, who, standing);
  }
}
