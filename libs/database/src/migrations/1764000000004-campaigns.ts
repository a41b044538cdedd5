import { SqlMigration } from './sql-migration.js';

/** Campaigns from draft to waves, their cases, and the board rows that lists and the watchdog read. */
export class Campaigns extends SqlMigration {
  readonly name = 'Campaigns1764000000004';
  protected readonly sql = `
    -- draft and version: the body being written, compare-and-set · revision: the last one frozen, 0 = none.
    CREATE TABLE campaign (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      owner_unit uuid NOT NULL REFERENCES org_unit,
      state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'issued', 'discarded')),
      version integer NOT NULL DEFAULT 1,
      draft jsonb NOT NULL,
      revision integer NOT NULL DEFAULT 0,
      created_by uuid NOT NULL REFERENCES person,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX campaign_owner ON campaign (owner_unit, id);

    CREATE TABLE plan_revision (
      campaign_id uuid NOT NULL REFERENCES campaign,
      revision integer NOT NULL CHECK (revision > 0),
      body jsonb NOT NULL,
      hash text NOT NULL,
      frozen_by uuid NOT NULL REFERENCES person,
      frozen_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (campaign_id, revision)
    );
    CREATE TRIGGER plan_revision_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_revision
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    -- standing: cases whose workflow has been started. Nobody is told anything of a wave before it stands.
    CREATE TABLE campaign_wave (
      campaign_id uuid NOT NULL REFERENCES campaign,
      wave integer NOT NULL,
      state text NOT NULL CHECK (state IN ('launching', 'standing', 'withdrawn')),
      total integer NOT NULL,
      standing integer NOT NULL DEFAULT 0 CHECK (standing BETWEEN 0 AND total),
      launched_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (campaign_id, wave)
    );

    CREATE TABLE supervision_case (
      case_id uuid PRIMARY KEY,
      campaign_id uuid NOT NULL,
      unit_id uuid NOT NULL,
      wave integer NOT NULL,
      subject_kind text NOT NULL CHECK (subject_kind IN ('body', 'member')),
      ordinal integer NOT NULL CHECK (ordinal > 0),
      created_at timestamptz NOT NULL DEFAULT now(),
      started_at timestamptz,
      UNIQUE (campaign_id, unit_id, ordinal),
      FOREIGN KEY (campaign_id, wave) REFERENCES campaign_wave
    );
    CREATE INDEX supervision_case_wave ON supervision_case (campaign_id, wave, case_id);
    CREATE INDEX supervision_case_unit ON supervision_case (unit_id);

    -- Who may see a case and in what capacity, over time; half-open periods.
    CREATE TABLE case_party (
      case_id uuid NOT NULL,
      campaign_id uuid NOT NULL,
      unit_id uuid NOT NULL,
      capacity text NOT NULL CHECK (capacity IN ('subject', 'related')),
      valid_from timestamptz NOT NULL,
      valid_to timestamptz,
      PRIMARY KEY (case_id, unit_id, capacity, valid_from)
    );
    CREATE UNIQUE INDEX case_party_open ON case_party (case_id, unit_id, capacity) WHERE valid_to IS NULL;
    CREATE INDEX case_party_unit ON case_party (unit_id, case_id);

    -- The core's board row of a case or a campaign, with the columns that are searched pulled out. A fold of the ledger.
    CREATE TABLE case_row (
      scope text NOT NULL CHECK (scope IN ('case', 'campaign')),
      id uuid NOT NULL,
      campaign_id uuid NOT NULL,
      unit_id uuid,
      wave integer,
      seq integer NOT NULL,
      status text NOT NULL,
      stage text,
      first_due text COLLATE "C",
      next_moment timestamptz,
      team text,
      body jsonb NOT NULL,
      PRIMARY KEY (scope, id)
    );
    CREATE INDEX case_row_campaign ON case_row (campaign_id, scope, id);
    CREATE INDEX case_row_moment ON case_row (next_moment) WHERE next_moment IS NOT NULL;

    GRANT SELECT ON campaign, plan_revision, campaign_wave, supervision_case, case_party, case_row TO app, engine, auditor;
    GRANT INSERT ON campaign, plan_revision TO app;
    GRANT UPDATE (version, draft, state, revision, updated_at) ON campaign TO app;
    GRANT INSERT ON campaign_wave, supervision_case, case_party, case_row TO engine;
    GRANT UPDATE (state, total, standing) ON campaign_wave TO engine;
    GRANT UPDATE (started_at) ON supervision_case TO engine;
    GRANT UPDATE (valid_to) ON case_party TO engine;
    GRANT UPDATE (seq, status, stage, first_due, next_moment, team, body), DELETE ON case_row TO engine;
  `;
}
