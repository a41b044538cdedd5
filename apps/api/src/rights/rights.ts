import { access, board, campaigns, offices } from '@giamsat/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import type { Standing } from '../http/call.js';
import { unitOffices } from '@giamsat/procedure/source';
import { auditOffices, planningOffices } from './parties.js';

/** What a person is, today, on a case or a campaign: by assignment, never by a global role alone (design §3.20). */
@Injectable()
export class Rights {
  private readonly unitOffices = unitOffices();
  private readonly planningOffices = new Set(planningOffices());
  private readonly auditOffices = new Set(auditOffices());

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Who reads, for lists. */
  reader(person: string): board.Reader {
    return { person, on: this.clock.today(), unitOffices: this.unitOffices };
  }

  /** Empty = for this person it does not exist. The closest grant first. */
  async on(scope: 'case' | 'campaign', id: string, person: string): Promise<Standing[]> {
    const asked = { scope, id, on: this.clock.today(), unitOffices: this.unitOffices };
    const held = await offices.ofPersonOn(this.database, person, asked);
    if (held.length > 0) return scope === 'case' ? this.onceToldOf(id, held) : held;
    return scope === 'campaign' ? this.onDraft(id, person) : [];
  }

  /** Planning offices in any unit, or in this one. */
  async asPlanner(person: string, unit?: string): Promise<Standing[]> {
    const held = await offices.ofPerson(this.database, person, this.clock.today());
    return held.filter(
      (grant) => grant.unit !== null && (unit ?? grant.unit) === grant.unit && this.isPlanning(grant.office),
    );
  }

  /** Who keeps the accounts of the installation. */
  asAdministrator(person: string): Promise<Standing[]> {
    return offices.asAdministrator(this.database, person, this.clock.today());
  }

  /** Whoever is here by a mandate to read leaves a trace of it (domain §2). */
  async noteReading(
    person: string,
    standing: Standing[],
    act: string,
    of: { case?: string; campaign?: string },
  ): Promise<void> {
    const capacity = standing.find(({ office }) => this.auditOffices.has(office))?.office;
    if (capacity === undefined) return;
    await access.record(this.database, { person, capacity, act, campaignId: of.campaign, caseId: of.case });
  }

  /** Nobody in the unit hears of a case before its whole wave stands, nor of one that was withdrawn (design §3.9). */
  private async onceToldOf(id: string, held: Awaited<ReturnType<typeof offices.ofPersonOn>>): Promise<Standing[]> {
    const inside = held.filter(({ reach, office }) => reach !== 'unit' && !this.unitOffices.includes(office));
    if (inside.length === held.length) return held;
    const found = await campaigns.findCase(this.database, id);
    const waves = found ? await campaigns.waves(this.database, found.campaignId) : [];
    return waves.some(({ wave, state }) => wave === found?.wave && state === 'standing') ? held : inside;
  }

  private async onDraft(id: string, person: string): Promise<Standing[]> {
    const draft = await campaigns.find(this.database, id);
    return draft?.state === 'draft' ? this.asPlanner(person, draft.ownerUnit) : [];
  }

  /** An office that may plan, whatever the core lets it do. */
  isPlanning(office: string): boolean {
    return this.planningOffices.has(office);
  }
}
