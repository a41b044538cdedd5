import { SqlMigration } from './sql-migration.js';

/** What a plan would come to, as it was played out. A report belongs to the revision whose hash it carries, and is kept. */
export class Rehearsals extends SqlMigration {
  readonly name = 'Rehearsals1764000000010';
  protected readonly sql = `
    CREATE TABLE rehearsal (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      campaign_id uuid NOT NULL REFERENCES campaign,
      version integer NOT NULL,
      hash text NOT NULL,
      behaviour jsonb NOT NULL,
      starts_on date NOT NULL,
      report jsonb NOT NULL,
      person_id uuid NOT NULL REFERENCES person,
      at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX rehearsal_campaign ON rehearsal (campaign_id, id);
    CREATE TRIGGER rehearsal_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON rehearsal
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    GRANT SELECT ON rehearsal TO app, auditor;
    GRANT INSERT ON rehearsal TO app;
  `;
}
