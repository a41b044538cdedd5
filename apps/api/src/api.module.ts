import { Attester } from '@giamsat/contracts/attest';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Client } from '@temporalio/client';
import { ScopedDatabase } from '@giamsat/database';
import type { DataSource } from 'typeorm';
import { AccountController } from './accounts/account.controller.js';
import { AdministrationController } from './accounts/administration.controller.js';
import { LocalIdentity } from './accounts/identity.js';
import { Passwords } from './accounts/passwords.js';
import { Proof } from './accounts/proof.js';
import { SecondFactor } from './accounts/second-factor.js';
import { Sessions } from './accounts/sessions.js';
import { SignInTurns } from './accounts/turns.js';
import { AlarmController } from './alarms/alarm.controller.js';
import { CampaignController } from './campaigns/campaign.controller.js';
import { Check } from './campaigns/check.js';
import { Drafts } from './campaigns/drafts.js';
import { Gate } from './campaigns/gate.js';
import { IssuePlan } from './campaigns/issue-plan.js';
import { Overview } from './campaigns/overview.js';
import { PlanRevision } from './campaigns/plan-revision.js';
import { Rehearsals } from './campaigns/rehearsals.js';
import { Summary } from './campaigns/summary.js';
import { CaseController } from './cases/case.controller.js';
import { Duties } from './cases/duties.js';
import { NoticeCheck } from './cases/notice-check.js';
import { Notices } from './cases/notices.js';
import { Clock } from './clock.js';
import { Complete } from './commands/complete.js';
import { ANSWER_WITHIN_MS, Engine } from './commands/engine.js';
import { Give } from './commands/give.js';
import { Prepare } from './commands/prepare.js';
import { Preview } from './commands/preview.js';
import type { ApiConfig } from './config.js';
import { HealthController } from './health/health.controller.js';
import { Doorkeeper } from './http/doorkeeper.js';
import { RefusalInterceptor } from './http/refusal.interceptor.js';
import { Bounds } from './organisations/bounds.js';
import { Naming } from './organisations/naming.js';
import { OfficeBook } from './organisations/offices.js';
import { OrganisationController } from './organisations/organisation.controller.js';
import { Persons } from './organisations/persons.js';
import { RecusalBook } from './organisations/recusal-book.js';
import { RegisterDoor } from './organisations/register-door.js';
import { Sheets } from './organisations/sheets.js';
import { Transfers } from './organisations/transfers.js';
import { Units } from './organisations/units.js';
import { Devices } from './accounts/devices.js';
import { CorrectionController } from './corrections/correction.controller.js';
import { Corrections } from './corrections/corrections.js';
import { MeasureController } from './measures/measure.controller.js';
import { OwedMeasures } from './measures/owed-measures.js';
import { DirectoryController } from './reference/directory.controller.js';
import { ReferenceController } from './reference/reference.controller.js';
import { AccessController } from './rights/access.controller.js';
import { CodecController } from './rights/codec.controller.js';
import { Rights } from './rights/rights.js';
import { Reader } from './streams/reader.js';
import { Restore } from './streams/restore.js';
import { Streams } from './streams/streams.js';
import { CONFIG } from './tokens.js';

/** What the api is built on; whoever opened it closes it. */
export interface Surroundings {
  config: ApiConfig;
  database: DataSource;
  temporal: Client;
  clock?: Clock;
  answerWithinMs?: number;
}

@Module({})
export class ApiModule {
  static on({ config, database, temporal, clock, answerWithinMs = ANSWER_WITHIN_MS }: Surroundings): DynamicModule {
    return {
      module: ApiModule,
      imports: [DiscoveryModule],
      controllers: [
        AccessController,
        CodecController,
        AccountController,
        AdministrationController,
        AlarmController,
        CampaignController,
        CaseController,
        CorrectionController,
        MeasureController,
        DirectoryController,
        HealthController,
        OrganisationController,
        ReferenceController,
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: ScopedDatabase, useValue: new ScopedDatabase(database) },
        { provide: Engine, useValue: new Engine(temporal, new Attester(config.GIAMSAT_ATTEST_KEY), answerWithinMs) },
        { provide: Clock, useValue: clock ?? new Clock() },
        ...[IssuePlan, PlanRevision, Rehearsals, Overview, Summary, Duties, Notices, NoticeCheck, Restore, Doorkeeper],
        RefusalInterceptor,
        ...[Bounds, Naming, OfficeBook, Persons, RecusalBook, RegisterDoor, Sheets, Transfers, Units],
        ...[Passwords, LocalIdentity, SecondFactor, Sessions, Proof, SignInTurns, Devices],
        ...[Rights, Streams, Reader, Complete, Prepare, Give, Preview, Corrections, OwedMeasures, Check, Drafts, Gate],
      ],
    };
  }
}
