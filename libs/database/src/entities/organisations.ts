import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayOrNull, moment, textOrNull, uuidOrNull } from './columns.js';

@Entity('org_unit')
export class OrgUnit {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  @Column(textOrNull) symbol!: string | null;
  @Column({ ...moment, name: 'created_at' }) createdAt!: string;
}

@Entity('org_name')
export class OrgName {
  @PrimaryColumn('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('text') name!: string;
  @PrimaryColumn('date', { name: 'valid_from' }) validFrom!: string;
  @Column({ ...dayOrNull, name: 'valid_to' }) validTo!: string | null;
  @Column('jsonb', { nullable: true }) instrument!: object | null;
}

@Entity('org_parent')
export class OrgParent {
  @PrimaryColumn('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('uuid', { name: 'parent_id' }) parentId!: string;
  @PrimaryColumn('date', { name: 'valid_from' }) validFrom!: string;
  @Column({ ...dayOrNull, name: 'valid_to' }) validTo!: string | null;
  @Column('jsonb', { nullable: true }) instrument!: object | null;
}

export type SuccessionKind = 'merge' | 'split' | 'dissolve' | 'rename';

/** The key is what the table holds unique; a dissolution has no successor. */
@Entity('org_succession')
export class OrgSuccession {
  @PrimaryColumn('uuid', { name: 'unit_id' }) unitId!: string;
  @Column({ ...uuidOrNull, name: 'successor_id' }) successorId!: string | null;
  @Column('text') kind!: SuccessionKind;
  @PrimaryColumn('date', { name: 'effective_on' }) effectiveOn!: string;
  @Column('jsonb', { nullable: true }) instrument!: object | null;
}
