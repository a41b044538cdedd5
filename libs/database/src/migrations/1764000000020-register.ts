import { SqlMigration } from './sql-migration.js';

/**
 * What the register needs to be kept by people: the paper behind each name and parent, a code for each person, who may not
 * sit in a team, and the day by which a case names its unit. Periods of one unit never overlap, whoever writes them.
 */
export class Register extends SqlMigration {
  readonly name = 'Register1764000000020';
  protected readonly sql = `
    ALTER TABLE org_name ADD COLUMN instrument jsonb;
    ALTER TABLE org_parent ADD COLUMN instrument jsonb;

    CREATE FUNCTION refuse_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      is_taken boolean;
    BEGIN
      EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE unit_id = $1 AND valid_from <> $2
        AND daterange(valid_from, valid_to) && daterange($2, $3))', TG_TABLE_NAME)
        INTO is_taken USING NEW.unit_id, NEW.valid_from, NEW.valid_to;
      IF is_taken THEN
        RAISE EXCEPTION 'periods in % overlap', TG_TABLE_NAME USING ERRCODE = '23P01';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER org_name_periods BEFORE INSERT OR UPDATE ON org_name FOR EACH ROW EXECUTE FUNCTION refuse_overlap();
    CREATE TRIGGER org_parent_periods BEFORE INSERT OR UPDATE ON org_parent
      FOR EACH ROW EXECUTE FUNCTION refuse_overlap();

    -- The personnel code by which sheets and commands name somebody.
    ALTER TABLE person ADD COLUMN code text;
    CREATE UNIQUE INDEX person_code ON person (lower(code));
    GRANT UPDATE (code) ON person TO app;

    -- The day of the decision that formed the team: the unit is shown as it was called then.
    ALTER TABLE supervision_case ADD COLUMN decided_on date;

    CREATE TABLE recusal (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      person_id uuid NOT NULL REFERENCES person,
      unit_id uuid NOT NULL REFERENCES org_unit,
      reason text NOT NULL,
      valid_from date NOT NULL,
      valid_to date,
      recorded_by uuid NOT NULL REFERENCES person,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CHECK (valid_to > valid_from)
    );
    CREATE INDEX recusal_person ON recusal (person_id);
    CREATE INDEX recusal_unit ON recusal (unit_id);
    GRANT SELECT ON recusal TO app, engine, auditor;
    GRANT INSERT, UPDATE (valid_to) ON recusal TO app;
  `;
}
