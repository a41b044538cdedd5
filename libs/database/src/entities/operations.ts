import { Column, Entity, PrimaryColumn } from 'typeorm';
import { intOrNull, moment, momentOrNull, textOrNull, uuidOrNull } from './columns.js';
import type { StreamKind } from './ledger.js';

export type OutboxState = 'waiting' | 'sent' | 'failed' | 'nobody' | 'unfounded';

@Entity('outbox')
export class OutboxRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  /** null for a deadline of the campaign itself */
  @Column({ ...uuidOrNull, name: 'case_id' }) caseId!: string | null;
  @Column({ ...uuidOrNull, name: 'unit_id' }) unitId!: string | null;
  @Column(intOrNull) wave!: number | null;
  @Column('text') office!: string;
  /** the office as held in this unit; null = by whoever holds it */
  @Column({ ...uuidOrNull, name: 'for_unit' }) forUnit!: string | null;
  @Column('text') rung!: string;
  @Column('text') step!: string;
  @Column('text') kind!: 'notice' | 'correction';
  @Column('text') due!: string;
  @Column('boolean') binding!: boolean;
  @Column({ ...moment, name: 'due_at' }) dueAt!: string;
  @Column('integer') attempts!: number;
  @Column({ ...moment, name: 'next_try' }) nextTry!: string;
  @Column({ ...momentOrNull, name: 'claimed_until' }) claimedUntil!: string | null;
  @Column('text') state!: OutboxState;
  @Column({ ...uuidOrNull, name: 'person_id' }) personId!: string | null;
  @Column({ ...textOrNull, name: 'message_id' }) messageId!: string | null;
  @Column({ ...momentOrNull, name: 'ended_at' }) endedAt!: string | null;
  @Column({ ...textOrNull, name: 'error_code' }) errorCode!: string | null;
  /** when its end was brought back to the case */
  @Column({ ...momentOrNull, name: 'reported_at' }) reportedAt!: string | null;
}

@Entity('watermark')
export class Watermark {
  @PrimaryColumn('text') name!: string;
  @Column(moment) at!: string;
}

@Entity('alarm')
export class Alarm {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  @Column('text', { name: 'stream_kind' }) streamKind!: StreamKind;
  @Column('text', { name: 'stream_id' }) streamId!: string;
  @Column(moment) at!: string;
  @Column({ ...momentOrNull, name: 'cleared_at' }) clearedAt!: string | null;
  @Column('uuid', { name: 'cleared_by', nullable: true }) clearedBy!: string | null;
}

@Entity('access_log')
export class AccessLogEntry {
  @PrimaryColumn('uuid') id!: string;
  @Column(moment) at!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') capacity!: string;
  @Column('text') act!: string;
  @Column('text') outcome!: 'read' | 'denied' | 'refused';
  @Column({ ...uuidOrNull, name: 'grant_id' }) grantId!: string | null;
  @Column(textOrNull) code!: string | null;
  @Column({ ...uuidOrNull, name: 'campaign_id' }) campaignId!: string | null;
  @Column({ ...uuidOrNull, name: 'case_id' }) caseId!: string | null;
  @Column({ ...uuidOrNull, name: 'unit_id' }) unitId!: string | null;
}

/** A correction that waits for its second person; none of it is in force. */
@Entity('correction_proposal')
export class CorrectionProposal {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') scope!: 'case' | 'campaign';
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  @Column({ ...uuidOrNull, name: 'case_id' }) caseId!: string | null;
  @Column({ ...uuidOrNull, name: 'unit_id' }) unitId!: string | null;
  @Column('jsonb') body!: object;
  @Column('jsonb', { nullable: true }) paper!: object | null;
  @Column('jsonb') movement!: object;
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string;
  @Column('text') capacity!: string;
  @Column('uuid', { name: 'grant_id' }) grantId!: string;
  @Column({ ...uuidOrNull, name: 'acting_for' }) actingFor!: string | null;
  @Column({ ...moment, name: 'proposed_at' }) proposedAt!: string;
  @Column('text') state!: 'open' | 'confirmed' | 'declined';
  @Column({ ...uuidOrNull, name: 'settled_by' }) settledBy!: string | null;
  @Column({ ...momentOrNull, name: 'settled_at' }) settledAt!: string | null;
}

@Entity('attest_key')
export class AttestKey {
  @PrimaryColumn('text') id!: string;
  @Column('bytea', { name: 'inner_pad' }) innerPad!: Buffer;
  @Column('bytea', { name: 'outer_pad' }) outerPad!: Buffer;
}
