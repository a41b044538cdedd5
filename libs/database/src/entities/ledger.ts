import type { Answer } from '@giamsat/contracts/workflow';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayOrNull, intOrNull, moment, momentOrNull, textOrNull, uuidOrNull } from './columns.js';

export const STREAM_KINDS = [
  'case',
  'campaign',
  'organisation',
  'person',
  'grant',
  'calendar',
  'procedure',
  'delivery',
] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];

/** Every row says what it belongs to, for the policies to come. */
abstract class Scoped {
  @Column({ ...uuidOrNull, name: 'campaign_id' }) campaignId!: string | null;
  @Column({ ...uuidOrNull, name: 'case_id' }) caseId!: string | null;
  @Column({ ...uuidOrNull, name: 'unit_id' }) unitId!: string | null;
}

@Entity('stream')
export class Stream extends Scoped {
  @PrimaryColumn('text') kind!: StreamKind;
  @PrimaryColumn('text') id!: string;
  @Column('integer', { name: 'head_seq' }) headSeq!: number;
  @Column(intOrNull) wave!: number | null;
}

/** Without `transaction`, whose type TypeORM does not know: the feed reads it in SQL. */
@Entity('ledger')
export class LedgerEntry extends Scoped {
  @PrimaryColumn('text', { name: 'stream_kind' }) streamKind!: StreamKind;
  @PrimaryColumn('text', { name: 'stream_id' }) streamId!: string;
  @PrimaryColumn('integer') seq!: number;
  @Column('text') type!: string;
  @Column('smallint') v!: number;
  @Column(moment) at!: string;
  @Column({ ...moment, name: 'recorded_at' }) recordedAt!: string;
  @Column({ ...dayOrNull, name: 'effective_on' }) effectiveOn!: string | null;
  @Column('text', { name: 'command_id' }) commandId!: string;
  @Column('jsonb') data!: object;
  @Column('bigint') position!: number;
}

@Entity('ledger_leaf')
export class LedgerLeaf extends Scoped {
  @PrimaryColumn('text', { name: 'stream_kind' }) streamKind!: StreamKind;
  @PrimaryColumn('text', { name: 'stream_id' }) streamId!: string;
  @PrimaryColumn('integer') seq!: number;
  @Column('bytea') hash!: Buffer;
}

@Entity('command')
export class CommandRecord extends Scoped {
  @PrimaryColumn('text', { name: 'command_id' }) commandId!: string;
  @Column({ ...textOrNull, name: 'stream_kind' }) streamKind!: StreamKind | null;
  @Column({ ...textOrNull, name: 'stream_id' }) streamId!: string | null;
  @Column(textOrNull) type!: string | null;
  @Column('text') actor!: string;
  @Column({ ...textOrNull, name: 'idempotency_key' }) idempotencyKey!: string | null;
  @Column({ ...textOrNull, name: 'body_hash' }) bodyHash!: string | null;
  @Column('text') outcome!: 'accepted' | 'refused' | 'unknown';
  @Column('jsonb', { nullable: true }) answer!: Answer | null;
  @Column({ ...moment, name: 'created_at' }) createdAt!: string;
  @Column({ ...momentOrNull, name: 'decided_at' }) decidedAt!: string | null;
}

@Entity('content')
export class Content extends Scoped {
  @PrimaryColumn('text') hash!: string;
  @Column('bytea', { nullable: true }) salt!: Buffer | null;
  @Column(textOrNull) body!: string | null;
  @Column({ ...moment, name: 'created_at' }) createdAt!: string;
  @Column({ ...momentOrNull, name: 'erased_at' }) erasedAt!: string | null;
}
