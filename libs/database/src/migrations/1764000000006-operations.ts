import { SqlMigration } from './sql-migration.js';

/** What keeps the installation honest: how far the loops have come, what is wrong now, who read what. */
export class Operations extends SqlMigration {
  readonly name = 'Operations1764000000006';
  protected readonly sql = `
    CREATE TABLE watermark (
      name text PRIMARY KEY,
      at timestamptz NOT NULL
    );

    CREATE TABLE alarm (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      kind text NOT NULL,
      stream_kind text NOT NULL,
      stream_id text NOT NULL,
      at timestamptz NOT NULL DEFAULT now(),
      cleared_at timestamptz
    );
    CREATE UNIQUE INDEX alarm_standing ON alarm (kind, stream_kind, stream_id) WHERE cleared_at IS NULL;

    CREATE TABLE access_log (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      at timestamptz NOT NULL DEFAULT now(),
      person_id uuid NOT NULL REFERENCES person,
      capacity text NOT NULL,
      act text NOT NULL,
      campaign_id uuid,
      case_id uuid,
      unit_id uuid
    );
    CREATE INDEX access_log_person ON access_log (person_id, at);
    CREATE TRIGGER access_log_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    GRANT SELECT ON watermark, alarm TO app, engine, auditor;
    GRANT INSERT, UPDATE ON watermark TO engine;
    GRANT INSERT, UPDATE (cleared_at) ON alarm TO engine;
    GRANT SELECT ON access_log TO app, auditor;
    GRANT INSERT ON access_log TO app, auditor;
  `;
}
