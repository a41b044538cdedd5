import { BoardRow, Campaign, CampaignWave, CaseParty, PlanRevision, Rehearsal, SupervisionCase } from './campaigns.js';
import { CommandRecord, Content, LedgerEntry, LedgerLeaf, Stream } from './ledger.js';
import { AccessLogEntry, Alarm, AttestKey, CorrectionProposal, OutboxRow, Watermark } from './operations.js';
import { OrgName, OrgParent, OrgSuccession, OrgUnit } from './organisations.js';
import {
  Account,
  KnownNetwork,
  OfficeHolder,
  Pace,
  Person,
  RecoveryCode,
  Recusal,
  SecondFactor,
  Session,
  TryCount,
} from './people.js';

/** Entities are tables: no relations, no cascades, no synchronising. A test compares them with what the migrations made. */
export const entities = [
  ...[OrgUnit, OrgName, OrgParent, OrgSuccession],
  ...[Person, Account, Session, Pace, OfficeHolder, Recusal],
  ...[TryCount, KnownNetwork, SecondFactor, RecoveryCode],
  ...[Stream, LedgerEntry, LedgerLeaf, CommandRecord, Content],
  ...[Campaign, PlanRevision, Rehearsal, CampaignWave, SupervisionCase, CaseParty, BoardRow],
  ...[OutboxRow, Watermark, Alarm, AccessLogEntry, AttestKey, CorrectionProposal],
];
