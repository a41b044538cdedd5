import { access, campaigns, offices, ScopedDatabase, type Viewer } from '@giamsat/database';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { Standing } from '../http/call.js';
import { unitOffices } from '@giamsat/procedure/source';
import { auditOffices, planningOffices } from './parties.js';

/** What a person is, today, on a case or a campaign: by assignment, never by a global role alone (design §3.20). */
@Injectable()
export class Rights {
  private readonly unitOffices = unitOffices();
  private readonly planningOffices = new Set(planningOffices());
  private readonly auditOffices = auditOffices();

  constructor(
    private readonly database: ScopedDatabase,
    private readonly clock: Clock,
  ) {}

  /** Who looks, today. */
  reader(person: string): Viewer {
    const { unitOffices, auditOffices } = this;
    return { person, on: this.clock.today(), unitOffices, auditOffices };
  }

  /** Empty = for this person it does not exist. The closest grant first. */
  async on(scope: 'case' | 'campaign', id: string, person: string): Promise<Standing[]> {
    const held = await offices.ofPersonOn(this.database, person, { scope, id, ...this.reader(person) });
    return held.length === 0 && scope === 'campaign' ? this.onDraft(id, person) : held;
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

  /** Puts on record that somebody was here, or was turned away; in a transaction of its own, since it stays either way. */
  async note(traced: Omit<access.Access, 'capacity' | 'grant'> & { standing: Standing[] }): Promise<void> {
    const { standing, ...trace } = traced;
    // A mandate to read is the ground before any other: its reads are asked about.
    const ground = standing.find(({ office }) => this.auditOffices.includes(office)) ?? standing[0];
    const entry = { ...trace, capacity: ground?.office ?? '', grant: ground?.grant ?? null };
    await this.database.apart(() => access.record(this.database, entry));
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
