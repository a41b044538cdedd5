import { SqlMigration } from './sql-migration.js';

/** People, how they sign in, and what offices they hold from when to when. Nothing here is deleted but sessions. */
export class People extends SqlMigration {
  readonly name = 'People1764000000002';
  protected readonly sql = `
    CREATE TABLE person (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      display_name text NOT NULL,
      email text,
      created_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE account (
      person_id uuid PRIMARY KEY REFERENCES person,
      login text NOT NULL,
      password_hash text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      disabled_at timestamptz
    );
    CREATE UNIQUE INDEX account_login ON account (lower(login));

    CREATE TABLE session (
      id_hash text PRIMARY KEY,
      person_id uuid NOT NULL REFERENCES person,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_seen_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX session_person ON session (person_id);
    CREATE INDEX session_expiry ON session (expires_at);

    -- The id is the grant that an envelope rests on. Scope: one unit, one campaign, one case or one team.
    CREATE TABLE office_holder (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      person_id uuid NOT NULL REFERENCES person,
      office text NOT NULL,
      unit_id uuid REFERENCES org_unit,
      campaign_id uuid,
      case_id uuid,
      team_id text,
      valid_from date NOT NULL,
      valid_to date,
      acting_for uuid REFERENCES person,
      granted_by uuid REFERENCES person,
      granted_at timestamptz NOT NULL DEFAULT now(),
      revoked_at timestamptz,
      revoked_by uuid REFERENCES person,
      CHECK (num_nonnulls(unit_id, campaign_id, case_id, team_id) = 1),
      CHECK (valid_to > valid_from)
    );
    CREATE INDEX office_holder_person ON office_holder (person_id);
    CREATE INDEX office_holder_unit ON office_holder (unit_id, office) WHERE unit_id IS NOT NULL;
    CREATE INDEX office_holder_campaign ON office_holder (campaign_id, office) WHERE campaign_id IS NOT NULL;
    CREATE INDEX office_holder_case ON office_holder (case_id, office) WHERE case_id IS NOT NULL;
    CREATE INDEX office_holder_team ON office_holder (team_id, office) WHERE team_id IS NOT NULL;

    -- A row lock asks for the right to update, which the engine must not have: so it asks through this function. A grant
    -- being taken away at this moment is waited for.
    CREATE FUNCTION grants_stand(wanted uuid[]) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      standing integer;
    BEGIN
      PERFORM FROM office_holder WHERE id = ANY (wanted) AND revoked_at IS NULL ORDER BY id FOR SHARE;
      GET DIAGNOSTICS standing = ROW_COUNT;
      RETURN standing = cardinality(wanted);
    END $$;
    REVOKE EXECUTE ON FUNCTION grants_stand FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION grants_stand TO engine;

    GRANT SELECT ON person, office_holder TO app, engine, auditor;
    GRANT INSERT ON person, office_holder TO app;
    GRANT UPDATE (display_name, email) ON person TO app;
    GRANT UPDATE (valid_to, revoked_at, revoked_by) ON office_holder TO app;
    GRANT SELECT, INSERT, UPDATE ON account TO app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON session TO app;
  `;
}
