import { SqlMigration } from './sql-migration.js';

/** The supervised units that the viewer speaks for, by id. */
export class OwnUnits extends SqlMigration {
  readonly name = 'OwnUnits1764000000072';
  protected readonly sql = `
    CREATE FUNCTION my_units() RETURNS SETOF text
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT DISTINCT unit_id::text FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND unit_id IS NOT NULL
    $$;
  `;
}
