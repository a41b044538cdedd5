import type { Behaviour, CaseRow, CaseView, RehearsalReport, Subject } from '@giamsat/procedure';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayOrNull, intOrNull, moment, momentOrNull, textOrNull, uuidOrNull } from './columns.js';

@Entity('campaign')
export class Campaign {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'owner_unit' }) ownerUnit!: string;
  @Column('text') state!: 'draft' | 'issued' | 'discarded';
  /** of the draft; a change names the version it saw */
  @Column('integer') version!: number;
  @Column('jsonb') draft!: object;
  /** last frozen plan, 0 = none */
  @Column('integer') revision!: number;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column({ ...moment, name: 'created_at' }) createdAt!: string;
  @Column({ ...moment, name: 'updated_at' }) updatedAt!: string;
}

@Entity('plan_revision')
export class PlanRevision {
  @PrimaryColumn('uuid', { name: 'campaign_id' }) campaignId!: string;
  @PrimaryColumn('integer') revision!: number;
  @Column('jsonb') body!: object;
  @Column('text') hash!: string;
  @Column('uuid', { name: 'frozen_by' }) frozenBy!: string;
  @Column({ ...moment, name: 'frozen_at' }) frozenAt!: string;
}

@Entity('rehearsal')
export class Rehearsal {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  /** of the draft it was played from */
  @Column('integer') version!: number;
  /** of all that was played: the document, what was changed since, procedure and calendar */
  @Column('text') hash!: string;
  @Column('jsonb') behaviour!: Behaviour;
  @Column('date', { name: 'starts_on' }) startsOn!: string;
  @Column('jsonb') report!: RehearsalReport;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column(moment) at!: string;
}

@Entity('campaign_wave')
export class CampaignWave {
  @PrimaryColumn('uuid', { name: 'campaign_id' }) campaignId!: string;
  @PrimaryColumn('integer') wave!: number;
  @Column('text') state!: 'launching' | 'standing' | 'withdrawn';
  @Column('integer') total!: number;
  @Column('integer') standing!: number;
  @Column({ ...moment, name: 'launched_at' }) launchedAt!: string;
}

@Entity('supervision_case')
export class SupervisionCase {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('integer') wave!: number;
  @Column('text', { name: 'subject_kind' }) subjectKind!: Subject['kind'];
  @Column('integer') ordinal!: number;
  @Column({ ...moment, name: 'created_at' }) createdAt!: string;
  /** when its workflow stood */
  @Column({ ...momentOrNull, name: 'started_at' }) startedAt!: string | null;
  /** day of the decision that formed the team: the unit is shown as it was called then */
  @Column({ ...dayOrNull, name: 'decided_on' }) decidedOn!: string | null;
}

@Entity('case_party')
export class CaseParty {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  @PrimaryColumn('uuid', { name: 'unit_id' }) unitId!: string;
  @PrimaryColumn('text') capacity!: 'subject' | 'related';
  @PrimaryColumn('timestamptz', { transformer: moment.transformer, name: 'valid_from' }) validFrom!: string;
  @Column({ ...momentOrNull, name: 'valid_to' }) validTo!: string | null;
}

@Entity('case_row')
export class BoardRow {
  @PrimaryColumn('text') scope!: 'case' | 'campaign';
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  @Column({ ...uuidOrNull, name: 'unit_id' }) unitId!: string | null;
  @Column(intOrNull) wave!: number | null;
  @Column('integer') seq!: number;
  @Column('text') status!: CaseView['status'];
  @Column(textOrNull) stage!: string | null;
  /** earliest due of an open step; text, because a drill's are instants */
  @Column({ ...textOrNull, name: 'first_due' }) firstDue!: string | null;
  @Column({ ...momentOrNull, name: 'next_moment' }) nextMoment!: string | null;
  @Column(textOrNull) team!: string | null;
  @Column('jsonb') body!: CaseRow;
}
