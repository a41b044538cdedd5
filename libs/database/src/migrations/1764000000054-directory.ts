import { SqlMigration } from './sql-migration.js';

/**
 * The directory of units and offices is for whoever is signed in: a context that has yet to say who it is (`NOBODY`) needs a
 * name for a session and nothing else. Why somebody may not sit in a team is for those who form teams, never for the units.
 */
export class Directory extends SqlMigration {
  readonly name = 'Directory1764000000054';
  protected readonly sql = `
    CREATE FUNCTION is_somebody() RETURNS boolean LANGUAGE sql STABLE AS
      $$ SELECT viewer() <> '00000000-0000-0000-0000-000000000000' $$;
    -- Holds an office that is not of a supervised party.
    CREATE FUNCTION is_inside() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT EXISTS (SELECT FROM office_holder AS h WHERE h.person_id = viewer() AND in_force(h, viewed_on())
        AND NOT h.office = ANY (offices_set('unit_offices')))
    $$;

    DO $$
    DECLARE
      t text;
    BEGIN
      FOREACH t IN ARRAY ARRAY['org_unit', 'org_name', 'org_parent', 'org_succession', 'office_holder'] LOOP
        EXECUTE format('ALTER POLICY app ON %I USING ((SELECT is_somebody()))', t);
      END LOOP;
    END $$;
    ALTER POLICY app ON recusal USING ((SELECT is_inside()));
  `;
}
