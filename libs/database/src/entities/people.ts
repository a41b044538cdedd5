import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayOrNull, moment, momentOrNull, textOrNull, uuidOrNull } from './columns.js';

@Entity('person')
export class Person {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'display_name' }) displayName!: string;
  @Column(textOrNull) email!: string | null;
  @Column(textOrNull) code!: string | null;
  @Column({ ...moment, name: 'created_at' }) createdAt!: string;
}

@Entity('account')
export class Account {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') login!: string;
  @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @Column({ ...moment, name: 'created_at' }) createdAt!: string;
  @Column({ ...momentOrNull, name: 'disabled_at' }) disabledAt!: string | null;
  /** given by somebody else: opens until then, and only for being changed */
  @Column({ ...momentOrNull, name: 'one_time_until' }) oneTimeUntil!: string | null;
  @Column('boolean', { name: 'is_demo' }) isDemo!: boolean;
}

@Entity('session')
export class Session {
  @PrimaryColumn('text', { name: 'id_hash' }) idHash!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column({ ...moment, name: 'created_at' }) createdAt!: string;
  @Column({ ...moment, name: 'last_seen_at' }) lastSeenAt!: string;
  @Column({ ...moment, name: 'expires_at' }) expiresAt!: string;
  @Column('uuid') id!: string;
  @Column('text') kind!: 'browser' | 'token';
  @Column({ ...momentOrNull, name: 'confirmed_at' }) confirmedAt!: string | null;
}

/** Requests of a session, counted for all processes; unlogged. */
@Entity('pace')
export class Pace {
  @PrimaryColumn('text', { name: 'id_hash' }) idHash!: string;
  @Column('real', { name: 'left_over' }) leftOver!: number;
  @Column(moment) at!: string;
}

@Entity('try_count')
export class TryCount {
  @PrimaryColumn('text') key!: string;
  @Column('integer') tries!: number;
  @Column({ ...moment, name: 'last_at' }) lastAt!: string;
}

/** Networks and devices from which a person has signed in, by their hashes. */
@Entity('known_network')
export class KnownNetwork {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string;
  @PrimaryColumn('text') network!: string;
  @Column({ ...moment, name: 'seen_at' }) seenAt!: string;
}

@Entity('second_factor')
export class SecondFactor {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string;
  @Column(textOrNull) secret!: string | null;
  @Column(textOrNull) pending!: string | null;
  @Column('integer', { name: 'last_step' }) lastStep!: number;
}

@Entity('recovery_code')
export class RecoveryCode {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string;
  @PrimaryColumn('text') hash!: string;
}

/** The id is the grant an envelope rests on. Exactly one of the four scopes is set. */
@Entity('office_holder')
export class OfficeHolder {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') office!: string;
  @Column({ ...uuidOrNull, name: 'unit_id' }) unitId!: string | null;
  @Column({ ...uuidOrNull, name: 'campaign_id' }) campaignId!: string | null;
  @Column({ ...uuidOrNull, name: 'case_id' }) caseId!: string | null;
  @Column({ ...textOrNull, name: 'team_id' }) teamId!: string | null;
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  /** first day it no longer holds */
  @Column({ ...dayOrNull, name: 'valid_to' }) validTo!: string | null;
  @Column({ ...uuidOrNull, name: 'acting_for' }) actingFor!: string | null;
  @Column({ ...uuidOrNull, name: 'granted_by' }) grantedBy!: string | null;
  @Column({ ...moment, name: 'granted_at' }) grantedAt!: string;
  @Column({ ...momentOrNull, name: 'revoked_at' }) revokedAt!: string | null;
  @Column({ ...uuidOrNull, name: 'revoked_by' }) revokedBy!: string | null;
}

/** Who may not sit in a team that supervises this unit. */
@Entity('recusal')
export class Recusal {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('text') reason!: string;
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column({ ...dayOrNull, name: 'valid_to' }) validTo!: string | null;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column({ ...moment, name: 'recorded_at' }) recordedAt!: string;
}
