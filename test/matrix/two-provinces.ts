import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { campaignDocument } from '@giamsat/contracts/http';
import type { CommitInput } from '@giamsat/contracts/workflow';
import {
  accounts,
  campaigns,
  commitStream,
  content,
  ledger,
  offices,
  organisations,
  people,
  sessions,
} from '@giamsat/database';
import {
  civilDateAt,
  type Command,
  type CommandBody,
  decide,
  type Envelope,
  fold,
  openStream,
  rowOf,
} from '@giamsat/procedure';
import { officesOf, procedureLibrary, unitOffices } from '@giamsat/procedure/source';
import type { DataSource } from 'typeorm';

const FROM = '2020-01-01';
const PROCEDURE = 'vn-party-supervision@2026';

export interface Somebody {
  /** the office, and of which unit where units differ; for the names of tests */
  name: string;
  person: string;
  token: string;
  office: string | null;
  province: Province | null;
  unit: Place | null;
}

export interface Place {
  unit: string;
  caseId: string;
  /** words that stand for it: its name and what was written of its case */
  words: string[];
}

export interface Province {
  mark: string;
  owner: string;
  campaign: string;
  /** its own name and the title of its campaign */
  words: string[];
  /** text of a measure in the first case, which a unit without a case owes; not told to any unit yet */
  measure: string;
  places: Place[];
  people: Somebody[];
}

/**
 * Two committees that know nothing of each other, each with a campaign over two units and somebody in every office the
 * procedure has. Every name, title and text is a word that stands nowhere else.
 */
export class TwoProvinces {
  readonly procedure = procedureLibrary().getProcedure(PROCEDURE)!.compiled;
  private readonly calendar = procedureLibrary().getCalendar(this.procedure.calendar)!.compiled;
  private readonly now = new Date().toISOString();
  /** word of a name → who bears it */
  readonly names = new Map<string, string>();

  constructor(
    private readonly owner: DataSource,
    private readonly engine: DataSource,
  ) {}

  private act = () => ({ at: this.now, commandId: randomUUID(), by: 'engine' as const });

  /** `top`: the body both hang under, so that nobody keeps the register of all. */
  async province(mark: string, top: string): Promise<Province> {
    const unit = (name: string, parent = top) =>
      organisations.addUnit(
        this.owner,
        { kind: parent === top ? 'province' : 'commune', symbol: name, name, from: FROM, parent },
        this.act(),
      );
    const owner = await unit(`Zowner${mark}`);
    const places: Place[] = [];
    for (const n of [1, 2]) {
      const name = `Zunit${mark}${n}`;
      places.push({ unit: await unit(name, owner), caseId: randomUUID(), words: [name, `Ztext${mark}${n}`] });
    }
    const province: Province = {
      mark,
      owner,
      campaign: '',
      words: [`Zowner${mark}`, `Ztitle${mark}`],
      measure: `Zmeasure${mark}`,
      places,
      people: [],
    };
    const coordinator = await this.somebody(`coordinator ${mark}`, 'coordinator', province);
    province.campaign = await this.issued(province, coordinator);
    await this.grant(coordinator, { unit: owner });
    for (const office of Object.keys(this.procedure.offices).filter((each) => each !== 'coordinator'))
      await this.seat(province, office);
    const related = { unit: await unit(`Zrelated${mark}`, owner), caseId: '', words: [] };
    const head = await this.somebody(`unit-head of a unit that owes a measure ${mark}`, 'unit-head', province, related);
    await this.grant(head, { unit: related.unit });
    await this.launched(province, related.unit);
    return province;
  }

  top(): Promise<string> {
    return organisations.addUnit(this.owner, { kind: 'central', name: 'Trung ương', from: FROM }, this.act());
  }

  /** Offices of the supervised party sit in each unit, those of the team in the team; a mandate names the campaign. */
  private async seat(province: Province, office: string): Promise<void> {
    const { mark, owner, places, campaign } = province;
    if (unitOffices().includes(office)) {
      for (const place of places)
        await this.grant(await this.somebody(`${office} ${place.words[0]}`, office, province, place), {
          unit: place.unit,
        });
      return;
    }
    const party = this.procedure.offices[office];
    const scope = party === 'team' ? { team: `team-${mark}` } : party === 'audit' ? { campaign } : { unit: owner };
    await this.grant(await this.somebody(`${office} ${mark}`, office, province), scope);
  }

  async somebody(
    name: string,
    office: string | null = null,
    province: Province | null = null,
    unit: Place | null = null,
  ): Promise<Somebody> {
    const word = `Zperson${this.names.size}z`;
    const person = await people.add(this.owner, { name: word, email: `${word}@example.vn` }, this.act());
    this.names.set(word, person);
    const token = randomBytes(32).toString('base64url');
    await accounts.setPassword(this.owner, { personId: person, login: word.toLowerCase(), passwordHash: 'none' });
    const idHash = createHash('sha256').update(token).digest('hex');
    await sessions.open(this.owner, { idHash, personId: person, kind: 'token', expiresAt: '2199-01-01T00:00:00.000Z' });
    const made = { name, person, token, office, province, unit };
    province?.people.push(made);
    return made;
  }

  grant({ person, office }: Somebody, scope: offices.OfficeScope): Promise<string> {
    return offices.grant(this.owner, { person, office: office!, scope, from: FROM }, this.act());
  }

  private async issued({ mark, owner, places, words }: Province, by: Somebody): Promise<string> {
    const draft = this.planDocument({ words, places }, mark);
    const { id, version } = await campaigns.create(this.owner, { ownerUnit: owner, draft, createdBy: by.person });
    const subjects = places.map(({ unit, caseId }) => ({
      caseId,
      unit,
      kind: 'body' as const,
      wave: 1,
      team: `team-${mark}`,
    }));
    const opening = {
      scope: 'campaign' as const,
      campaign: id,
      level: 'province',
      year: 2026,
      mandate: {},
      planDates: {},
      sessions: {},
      historical: false,
    };
    const { procedure, calendar } = this;
    const envelope = this.envelope(by, 'coordinator');
    const events = openStream({ opening, procedure, calendar, envelope });
    const { commandId } = envelope;
    const body = { subjects, document: draft };
    await campaigns.issuePlan(this.owner, { campaignId: id, version, body, by: by.person, commandId, events });
    return id;
  }

  /** As a coordinator would write it. */
  private planDocument({ words, places }: Pick<Province, 'words' | 'places'>, mark: string) {
    const date = civilDateAt(this.now, this.calendar.zone);
    const login = [...this.names.keys()].at(-1)!.toLowerCase();
    return campaignDocument.parse({
      title: words[1]!,
      procedure: PROCEDURE,
      level: 'province',
      year: 2026,
      ownerUnit: words[0]!,
      programme: { number: '1-CTr/X', date },
      plan: { number: '1-KH/X', date, signer: login },
      decision: { number: '1-QĐ/X', date },
      teams: [{ id: `team-${mark}`, head: login, members: [], secretary: login }],
      subjects: places.map((place) => ({ unit: place.words[0]!, team: `team-${mark}` })),
    });
  }

  /** The steps before the launch, the launch, one finding in each case and a measure in the first, all by somebody of this province. */
  private async launched(province: Province, owes: string): Promise<void> {
    const { campaign, places } = province;
    const first = this.procedure.steps.findIndex(({ scope }) => scope === 'case');
    for (const step of this.procedure.steps.slice(0, first)) {
      const outcome = Object.entries(step.outcomes).find(([, { effect }]) => effect === 'meets')![0];
      await this.give(province, 'campaign', campaign, step.perform[0]!, {
        type: 'completeStep',
        step: step.id,
        outcome,
      });
    }
    await this.give(province, 'campaign', campaign, 'coordinator', {
      type: 'launchWave',
      wave: 1,
      cases: places.length,
    });
    await this.owner.query(`UPDATE campaign_wave SET state = 'standing' WHERE campaign_id = $1`, [campaign]);
    for (const { caseId, words } of places) {
      const text = await content.put(this.owner, words[1]!, { campaignId: campaign, caseId });
      const finding = { type: 'recordFinding' as const, finding: randomUUID(), kind: 'limitation' as const, text };
      await this.give(province, 'case', caseId, 'team-secretary', finding);
      if (caseId !== places[0]!.caseId) continue;
      const about = await content.put(this.owner, province.measure, { campaignId: campaign, caseId });
      const measure = {
        measure: randomUUID(),
        findings: [finding.finding],
        nature: 'duty' as const,
        owes,
        text: about,
      };
      await this.give(province, 'case', caseId, 'team-head', { type: 'recordMeasure', ...measure });
    }
  }

  private envelope({ person }: Somebody, capacity: string): Envelope {
    const day = civilDateAt(this.now, this.calendar.zone);
    return {
      commandId: randomUUID(),
      actor: person,
      capacity,
      grants: [],
      enteredAt: this.now,
      dates: { document: day, sent: day, received: day },
      paper: { kind: 'QĐ', number: '1-QĐ/X', date: day },
    };
  }

  private async give(
    { people: seated }: Province,
    scope: 'case' | 'campaign',
    id: string,
    office: string,
    body: CommandBody,
  ): Promise<void> {
    const by = seated.find((each) => each.office === office)!;
    const command = { ...body, envelope: this.envelope(by, office) } as Command;
    const state = fold(await ledger.eventsOf(this.owner, { kind: scope, id }));
    const decision = decide(state, command, this.now);
    if ('refusal' in decision) throw new Error(`${body.type}: ${JSON.stringify(decision.refusal)}`);
    const { commandId, actor, grants } = command.envelope;
    const attested: CommitInput['attested'] = { command, mac: null };
    const row = rowOf(decision.state);
    await commitStream(this.engine, {
      scope,
      id,
      commandId,
      actor,
      grants,
      afterSeq: state.seq,
      decision,
      row,
      attested,
    });
  }
}

/** Offices that read by a mandate. */
export const isAuditor = ({ office }: Somebody): boolean =>
  procedureLibrary()
    .listProcedures()
    .some(({ compiled }) => office !== null && officesOf(compiled, 'audit').includes(office));
