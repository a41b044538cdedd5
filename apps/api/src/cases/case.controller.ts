import { PREFIX } from '@giamsat/contracts/http';
import { Controller } from '@nestjs/common';
import { Give } from '../commands/give.js';
import { Preview } from '../commands/preview.js';
import type { AnswerOf, Call } from '../http/call.js';
import { Serves } from '../http/serves.js';
import { Reader } from '../streams/reader.js';
import { Restore } from '../streams/restore.js';
import { Duties } from './duties.js';
import { NoticeCheck } from './notice-check.js';
import { Notices } from './notices.js';

@Controller(PREFIX)
export class CaseController {
  constructor(
    private readonly reader: Reader,
    private readonly commands: Give,
    private readonly previews: Preview,
    private readonly duties: Duties,
    private readonly notices: Notices,
    private readonly restores: Restore,
    private readonly noticeCheck: NoticeCheck,
  ) {}

  @Serves('getCase')
  getCase({ params, who, standing }: Call<'getCase'>): Promise<AnswerOf<'getCase'>> {
    return this.reader.detail('case', params.id, who.person, standing);
  }

  @Serves('getCaseHistory')
  getCaseHistory({ params, query, who, standing }: Call<'getCaseHistory'>): Promise<AnswerOf<'getCaseHistory'>> {
    return this.reader.history('case', params.id, query.at, who.person, standing);
  }

  @Serves('listCaseNotices')
  listCaseNotices(call: Call<'listCaseNotices'>): Promise<AnswerOf<'listCaseNotices'>> {
    return this.notices.list(call);
  }

  @Serves('commandCase')
  commandCase({ params, ...call }: Call<'commandCase'>): Promise<AnswerOf<'commandCase'>> {
    return this.commands.give({ scope: 'case', id: params.id, ...call });
  }

  @Serves('previewCase')
  previewCase({ params, body, who, standing }: Call<'previewCase'>): Promise<AnswerOf<'previewCase'>> {
    return this.previews.of('case', params.id, body, who, standing);
  }

  @Serves('checkNotice')
  checkNotice(call: Call<'checkNotice'>): Promise<AnswerOf<'checkNotice'>> {
    return this.noticeCheck.check(call);
  }

  @Serves('restoreCase')
  restoreCase(call: Call<'restoreCase'>): Promise<AnswerOf<'restoreCase'>> {
    return this.restores.restore('case', call);
  }

  @Serves('listDuties')
  listDuties(call: Call<'listDuties'>): Promise<AnswerOf<'listDuties'>> {
    return this.duties.list(call);
  }
}
