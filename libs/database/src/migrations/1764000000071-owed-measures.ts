import { SqlMigration } from './sql-migration.js';

/**
 * A unit that owes one measure in the case of another reads no row of that case. What its measure hangs on comes to it by one
 * function: the acts that open and date the report on it, and of what is said for one measure or request, its own only; no
 * finding, no paper, no notice, no contest, no other measure, and not whose case it is.
 */
export class OwedMeasures extends SqlMigration {
  readonly name = 'OwedMeasures1764000000071';
  protected readonly sql = `
    CREATE OR REPLACE FUNCTION my_cases() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT case_id FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND case_id IS NOT NULL AND reach <> 'related'
    $$;
    CREATE OR REPLACE FUNCTION my_surroundings() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT campaign_id FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND reach <> 'related'
    $$;

    -- The viewer's grants in registers of units that owe a measure of somebody else's case.
    CREATE FUNCTION my_owing() RETURNS TABLE (grant_id uuid, campaign_id uuid, case_id uuid, unit_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT grant_id, campaign_id, case_id, unit_id
      FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND reach = 'related'
    $$;
    -- Those measures, as they were recorded.
    CREATE FUNCTION my_measures() RETURNS TABLE (case_id uuid, measure text, hash text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT DISTINCT o.case_id, l.data->'data'->>'measure', l.data->'data'->>'text'
      FROM my_owing() AS o JOIN ledger AS l ON l.stream_kind = 'case' AND l.stream_id = o.case_id::text
      WHERE l.type = 'measureRecorded' AND l.data->'data'->>'owes' = o.unit_id::text
    $$;

    CREATE FUNCTION owed_events(asked uuid) RETURNS TABLE (seq integer, data jsonb)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      WITH RECURSIVE mine AS MATERIALIZED (
        SELECT measure FROM my_measures() WHERE case_id = asked
      ), stream AS MATERIALIZED (
        SELECT l.seq, l.type, l.data, l.data->'data' AS said,
          coalesce(l.data->'data'->>'measure', nullif(split_part(l.data->'data'->>'step', '/', 2), '')) AS item
        FROM ledger AS l WHERE l.stream_kind = 'case' AND l.stream_id = asked::text AND EXISTS (SELECT FROM mine)
      ), told AS (
        SELECT s.* FROM stream AS s
        WHERE CASE
          WHEN s.type IN ('measureRecorded', 'measureJudged', 'extensionRequested', 'dueSet', 'overdueBegan') THEN
            s.item IN (SELECT measure FROM mine)
          WHEN s.type = 'extensionDecided' THEN EXISTS (SELECT FROM stream AS r WHERE r.type = 'extensionRequested'
            AND r.said->>'request' = s.said->>'request' AND r.item IN (SELECT measure FROM mine))
          WHEN s.type IN ('stepSubmitted', 'stepCompleted', 'stepReturned') THEN
            s.item IS NULL OR s.item IN (SELECT measure FROM mine)
          ELSE s.type IN ('opened', 'suspended', 'resumed', 'planAmended', 'calendarApplied', 'procedureApplied',
            'deliveryRecalled', 'cancelled', 'closedWithoutConclusion', 'caseEnded')
        END
        UNION
        SELECT s.* FROM told JOIN stream AS s ON s.type = 'entryCorrected' AND (s.said->>'entry')::integer = told.seq
      )
      SELECT told.seq, told.data #- '{data,opening,subject}' FROM told ORDER BY told.seq
    $$;

    CREATE OR REPLACE FUNCTION campaign_label(id uuid) RETURNS TABLE (title text, procedure text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT k.draft->>'title', k.draft->>'procedure' FROM campaign AS k
      WHERE k.id = campaign_label.id AND (k.id IN (SELECT my_campaigns()) OR EXISTS (
          SELECT FROM case_row AS r WHERE r.campaign_id = k.id AND r.scope = 'case' AND r.id IN (SELECT my_cases()))
        OR k.id IN (SELECT campaign_id FROM my_owing()))
    $$;

    CREATE POLICY owed ON content FOR SELECT TO app USING (hash IN (SELECT hash FROM my_measures()));
  `;
}
