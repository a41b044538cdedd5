import { SqlMigration } from './sql-migration.js';

/** Notices that are owed: one per rung and office, and one correction where a rung turned out to be unfounded. */
export class Outbox extends SqlMigration {
  readonly name = 'Outbox1764000000005';
  protected readonly sql = `
    -- case_id is null for a campaign's own deadlines. due and binding: of the deadline it is about · due_at: when the rung was
    -- planned · next_try: not to be sent before. claimed_until: a sender has it in hand.
    -- unfounded: its reason went away before anybody was told.
    CREATE TABLE outbox (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      campaign_id uuid NOT NULL,
      case_id uuid,
      unit_id uuid,
      wave integer,
      office text NOT NULL,
      rung text NOT NULL,
      step text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('notice', 'correction')),
      due text NOT NULL,
      binding boolean NOT NULL,
      due_at timestamptz NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      next_try timestamptz NOT NULL,
      claimed_until timestamptz,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'nobody', 'unfounded')),
      person_id uuid REFERENCES person,
      message_id text,
      ended_at timestamptz,
      error_code text,
      reported_at timestamptz,
      UNIQUE NULLS NOT DISTINCT (campaign_id, case_id, rung, office, kind),
      CHECK ((state = 'waiting') = (ended_at IS NULL))
    );
    CREATE INDEX outbox_waiting ON outbox (next_try, id) WHERE state = 'waiting';
    CREATE INDEX outbox_unreported ON outbox (campaign_id, case_id) WHERE state IN ('sent', 'failed', 'nobody') AND reported_at IS NULL;
    CREATE INDEX outbox_wave ON outbox (campaign_id, wave);

    GRANT SELECT ON outbox TO app, engine, auditor;
    GRANT INSERT ON outbox TO engine;
    GRANT UPDATE (attempts, next_try, claimed_until, state, person_id, message_id, ended_at, error_code, reported_at) ON outbox TO engine;
  `;
}
