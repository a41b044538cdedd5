import { PREFIX } from '@giamsat/contracts/http';
import { Controller } from '@nestjs/common';
import type { AnswerOf, Call } from '../http/call.js';
import { Serves } from '../http/serves.js';
import { Corrections } from './corrections.js';

@Controller(PREFIX)
export class CorrectionController {
  constructor(private readonly corrections: Corrections) {}

  @Serves('proposeCaseCorrection')
  proposeOnCase(call: Call<'proposeCaseCorrection'>): Promise<AnswerOf<'proposeCaseCorrection'>> {
    return this.corrections.propose('case', call);
  }

  @Serves('listCaseCorrections')
  listOnCase(call: Call<'listCaseCorrections'>): Promise<AnswerOf<'listCaseCorrections'>> {
    return this.corrections.list('case', call);
  }

  @Serves('confirmCaseCorrection')
  confirmOnCase(call: Call<'confirmCaseCorrection'>): Promise<AnswerOf<'confirmCaseCorrection'>> {
    return this.corrections.confirm('case', call);
  }

  @Serves('declineCaseCorrection')
  declineOnCase(call: Call<'declineCaseCorrection'>): Promise<AnswerOf<'declineCaseCorrection'>> {
    return this.corrections.decline('case', call);
  }

  @Serves('proposeCampaignCorrection')
  proposeOnCampaign(call: Call<'proposeCampaignCorrection'>): Promise<AnswerOf<'proposeCampaignCorrection'>> {
    return this.corrections.propose('campaign', call);
  }

  @Serves('listCampaignCorrections')
  listOnCampaign(call: Call<'listCampaignCorrections'>): Promise<AnswerOf<'listCampaignCorrections'>> {
    return this.corrections.list('campaign', call);
  }

  @Serves('confirmCampaignCorrection')
  confirmOnCampaign(call: Call<'confirmCampaignCorrection'>): Promise<AnswerOf<'confirmCampaignCorrection'>> {
    return this.corrections.confirm('campaign', call);
  }

  @Serves('declineCampaignCorrection')
  declineOnCampaign(call: Call<'declineCampaignCorrection'>): Promise<AnswerOf<'declineCampaignCorrection'>> {
    return this.corrections.decline('campaign', call);
  }

  @Serves('listCorrections')
  waiting(call: Call<'listCorrections'>): Promise<AnswerOf<'listCorrections'>> {
    return this.corrections.waiting(call);
  }
}
