import { board, campaigns, ledger, organisations, succession, ScopedDatabase } from '@giamsat/database';
import { SUBJECT_PARTY } from '@giamsat/procedure/source';
import type { CaseRow, CompiledProcedure } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, Call, Standing } from '../http/call.js';
import { cursor, keyOf } from '../http/cursor.js';
import { notFound } from '../http/problem-exception.js';
import { recusedIn } from '../organisations/recused.js';
import { vacanciesOf } from '../organisations/vacancies.js';
import { Rights } from '../rights/rights.js';
import { actorOf } from '../streams/present.js';
import { Reader } from '../streams/reader.js';
import { Rehearsals } from './rehearsals.js';
import { titleOf } from '../streams/streams.js';

type Item = AnswerOf<'listCampaigns'>['items'][number];

/** Lists and figures, from Postgres alone (design §3.14): rows are read, dues are compared with today, nothing is kept. */
@Injectable()
export class Overview {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly rights: Rights,
    private readonly reader: Reader,
    private readonly rehearsals: Rehearsals,
    private readonly clock: Clock,
  ) {}

  async list({ query, who }: Call<'listCampaigns'>): Promise<AnswerOf<'listCampaigns'>> {
    const { after: before, limit } = query;
    const page = await board.campaigns(this.database, { reader: this.rights.reader(who.person), before, limit });
    return { items: await this.items(page.items), next: page.next };
  }

  async get({ params: { id }, who, standing }: Call<'getCampaign'>): Promise<AnswerOf<'getCampaign'>> {
    const campaign = await campaigns.find(this.database, id);
    if (!campaign) throw notFound();
    const now = this.clock.now();
    const [line, waves, figures] = await Promise.all([
      board.find(this.database, 'campaign', id),
      campaigns.waves(this.database, id),
      board.figures(this.database, { campaignId: id, today: this.clock.today(now), now }),
    ]);
    const open = (figures.byStatus.running ?? 0) + (figures.byStatus.suspended ?? 0);
    const [item] = await this.items([{ ...campaign, row: line?.row ?? null, cases: { total: figures.total, open } }]);
    const { byStatus, byStage, late, pastMark } = figures;
    const stream = line ? await this.reader.detail('campaign', id, who.person, standing) : null;
    const rehearsal = await this.rehearsals.last(campaign);
    return { ...item!, waves, byStatus, byStage, late, pastMark, rehearsal, stream };
  }

  async board({ params: { id }, query, standing }: Call<'getBoard'>): Promise<AnswerOf<'getBoard'>> {
    const after = keyOf(query.after);
    const page = await board.list(this.database, { campaignId: id, scope: 'case', limit: query.limit, after });
    const campaign = await campaigns.find(this.database, id);
    const now = this.clock.now();
    const today = this.clock.today(now);
    const cases = page.items.map(({ id: caseId }) => caseId);
    const [{ [id]: procedure }, pinned, units, recused] = await Promise.all([
      ledger.proceduresOf(this.database, 'campaign', [id]),
      ledger.proceduresOf(this.database, 'case', cases),
      succession.unitsOfCases(this.database, cases, today),
      recusedIn(this.database, cases, today),
    ]);
    const vacant =
      campaign && procedure
        ? await vacanciesOf(this.database, {
            campaign: id,
            owner: campaign.ownerUnit,
            procedure,
            on: today,
            cases: page.items.map(({ id: of, unitId, row }) => ({ id: of, unit: unitId ?? '', row })),
          })
        : {};
    const items = page.items.map(({ id: caseId, unitId, wave, row }) => {
      const { open, dues } = seenBy(standing, pinned[caseId], row);
      const past = dues.filter(({ due }) => due !== null && due < (due.length > 10 ? now : today));
      return {
        caseId,
        unit: units[caseId] ?? unnamed(unitId ?? ''),
        wave,
        ...row,
        open,
        dues,
        vacant: vacant[caseId] ?? [],
        recused: recused[caseId] ?? [],
        late: past.filter(({ force }) => force === 'binding').length,
        pastMark: past.filter(({ force }) => force === 'policy').length,
      };
    });
    return { items, next: cursor(page.next) };
  }

  private async items(found: Omit<board.CampaignLine, never>[]): Promise<Item[]> {
    const named = await organisations.named(
      this.database,
      found.map(({ ownerUnit }) => ownerUnit),
      this.clock.today(),
    );
    return found.map(({ id, ownerUnit, state, revision, draft, row, cases }) => ({
      id,
      title: titleOf(draft),
      state,
      status: row?.status ?? null,
      stage: row?.stage ?? null,
      ownerUnit: named[ownerUnit] ?? { id: ownerUnit, symbol: null, name: '' },
      procedure: String((draft as { procedure?: unknown }).procedure ?? ''),
      revision,
      cases,
    }));
  }
}

const unnamed = (id: string): succession.CaseUnit => ({
  id,
  symbol: null,
  name: '',
  now: null,
  ended: null,
  takenOverBy: null,
});

/** Steps that the reader's parties may know of; a step the procedure does not name any more is shown to nobody. */
export function seenBy(
  standing: Standing[],
  procedure: CompiledProcedure | undefined,
  row: CaseRow,
): Pick<CaseRow, 'open' | 'dues'> {
  if (!procedure) return { open: [], dues: [] };
  const parties = new Set(standing.map(({ office }) => procedure.offices[office]));
  const isInside = [...parties].some((party) => party !== SUBJECT_PARTY);
  const { units } = actorOf('', standing);
  const isSeen = (key: string): boolean =>
    (isInside || isOwed(row, key, units)) &&
    procedure.steps.some(
      ({ id, readers }) => id === key.split('/')[0] && readers.some((party) => party === '*' || parties.has(party)),
    );
  return { open: row.open.filter(({ key }) => isSeen(key)), dues: row.dues.filter(({ key }) => isSeen(key)) };
}

/** Is it for these units to do, or for somebody else than a supervised unit? `units` absent = of whichever unit. */
export const isOwed = (row: Pick<CaseRow, 'duties'>, key: string, units: string[] | undefined): boolean =>
  units === undefined || (row.duties[key]?.owes.some((unit) => units.includes(unit)) ?? true);
