import { SqlMigration } from './sql-migration.js';

/**
 * A unit that is asked to take a case over reads no row of it before it has accepted: what it is asked to owe, and who owes
 * that now, comes to it by one function. Of somebody else's case it does not learn who acted either, by no id.
 */
export class Offers extends SqlMigration {
  readonly name = 'Offers1764000000082';
  protected readonly sql = `
    CREATE OR REPLACE FUNCTION my_cases() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT case_id FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND case_id IS NOT NULL AND reach NOT IN ('offered', 'related')
    $$;
    CREATE OR REPLACE FUNCTION my_surroundings() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT campaign_id FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND reach NOT IN ('offered', 'related')
    $$;

    -- Whether a unit is over by that day: no name of it goes on.
    CREATE FUNCTION is_over(unit text, day date) RETURNS boolean LANGUAGE sql STABLE AS $$
      SELECT coalesce(bool_and(n.valid_to IS NOT NULL) AND max(n.valid_to) <= day, false)
      FROM org_name AS n WHERE n.unit_id = unit::uuid
    $$;
    CREATE FUNCTION among(units jsonb, some_of text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
      SELECT coalesce(jsonb_agg(unit), '[]') FROM jsonb_array_elements_text(units) AS unit WHERE unit = ANY (some_of)
    $$;

    -- Open cases that the viewer's units are asked to take over, each with as much of its board row as that is about: the
    -- duties, their dates, and of whoever owes them those that are over.
    CREATE FUNCTION my_offers() RETURNS TABLE (case_id uuid, campaign_id uuid, unit_id uuid, decided_on date, body jsonb)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      WITH asked AS MATERIALIZED (
        SELECT x.case_id, array_agg(DISTINCT x.unit_id::text) AS units
        FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices')) AS x
        WHERE x.person_id = viewer() AND x.reach = 'offered' GROUP BY x.case_id
      )
      SELECT r.id, r.campaign_id, c.unit_id, c.decided_on, jsonb_build_object(
        'status', r.status,
        'offered', among(r.body->'offered', asked.units),
        'units', among(r.body->'units', asked.units || over.units),
        'duties', coalesce(told.duties, '{}'),
        'dues', (SELECT coalesce(jsonb_agg(due), '[]') FROM jsonb_array_elements(r.body->'dues') AS due
          WHERE told.duties ? (due->>'key')))
      FROM asked JOIN case_row AS r ON r.scope = 'case' AND r.id = asked.case_id
        JOIN supervision_case AS c ON c.case_id = r.id
        CROSS JOIN LATERAL (SELECT coalesce(array_agg(unit), '{}') AS units
          FROM jsonb_array_elements_text(r.body->'units') AS unit WHERE is_over(unit, viewed_on())) AS over
        CROSS JOIN LATERAL (SELECT jsonb_object_agg(d.key, jsonb_build_object(
            'owes', among(d.value->'owes', asked.units || over.units), 'offered', among(d.value->'offered', asked.units))) AS duties
          FROM jsonb_each(r.body->'duties') AS d WHERE d.value->'offered' ?| asked.units) AS told
      WHERE r.status IN ('running', 'suspended')
    $$;

    CREATE OR REPLACE FUNCTION campaign_label(id uuid) RETURNS TABLE (title text, procedure text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT k.draft->>'title', k.draft->>'procedure' FROM campaign AS k
      WHERE k.id = campaign_label.id AND (k.id IN (SELECT my_campaigns()) OR EXISTS (
          SELECT FROM case_row AS r WHERE r.campaign_id = k.id AND r.scope = 'case' AND r.id IN (SELECT my_cases()))
        OR k.id IN (SELECT campaign_id FROM my_owing()) OR k.id IN (SELECT campaign_id FROM my_offers()))
    $$;

    ALTER FUNCTION owed_events(uuid) RENAME TO owed_events_signed;
    CREATE FUNCTION owed_events(asked uuid) RETURNS TABLE (seq integer, data jsonb)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT e.seq, CASE WHEN jsonb_typeof(e.data->'by') = 'object'
        THEN jsonb_set(e.data, '{by}', jsonb_build_object('actor', '', 'capacity', e.data->'by'->'capacity'))
        ELSE e.data END
      FROM owed_events_signed(asked) AS e ORDER BY e.seq
    $$;
    REVOKE EXECUTE ON FUNCTION owed_events_signed(uuid) FROM PUBLIC;
  `;
}
