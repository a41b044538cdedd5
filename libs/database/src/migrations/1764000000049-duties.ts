import { SqlMigration } from './sql-migration.js';

/**
 * Duties of a case that are owed by several units, or one by a unit that has no other part in it. Such a unit reaches the case
 * as 'related': as with an offer, it is shown nothing of it by whoever asks for his own rows; one door shows it what it owes.
 */
export class Duties extends SqlMigration {
  readonly name = 'Duties1764000000049';
  protected readonly sql = `
    -- for_unit: the office as held there, where several units share the duty and each is told; else whoever holds it.
    ALTER TABLE outbox ADD COLUMN for_unit uuid;
    ALTER TABLE outbox DROP CONSTRAINT outbox_campaign_id_case_id_rung_office_kind_key;
    ALTER TABLE outbox ADD UNIQUE NULLS NOT DISTINCT (campaign_id, case_id, rung, office, for_unit, kind);

    -- A notice becomes owed. A rung of a due exists once, whatever happened in between.
    CREATE OR REPLACE FUNCTION owe_notices(s stream, event jsonb) RETURNS void LANGUAGE sql AS $$
      INSERT INTO outbox (campaign_id, case_id, unit_id, wave, office, for_unit, rung, step, kind, due, binding, due_at, next_try)
      SELECT s.campaign_id, s.case_id, s.unit_id, s.wave, office, told::uuid, event->'data'->>'rung', event->'data'->>'step', 'notice',
        event->'data'->>'due', (event->'data'->>'binding')::boolean, (event->'data'->>'planned')::timestamptz,
        (event->'data'->>'send')::timestamptz
      FROM jsonb_array_elements_text(event->'data'->'to') AS office
      LEFT JOIN LATERAL jsonb_array_elements_text(event->'data'->'each'->office) AS told ON true
      ON CONFLICT DO NOTHING
    $$;

    CREATE OR REPLACE FUNCTION take_back_notices(s stream, event jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      key text := event->'data'->>'rung';
    BEGIN
      UPDATE outbox SET state = 'unfounded', ended_at = clock_timestamp()
        WHERE campaign_id = s.campaign_id AND case_id IS NOT DISTINCT FROM s.case_id AND rung = key AND kind = 'notice'
          AND state = 'waiting' AND coalesce(claimed_until < clock_timestamp(), true);
      INSERT INTO outbox (campaign_id, case_id, unit_id, wave, office, for_unit, rung, step, kind, due, binding, due_at, next_try)
        SELECT s.campaign_id, s.case_id, s.unit_id, s.wave, office, for_unit, key, step, 'correction', due, binding,
          (event->>'at')::timestamptz, (event->>'at')::timestamptz
        FROM outbox
        WHERE campaign_id = s.campaign_id AND case_id IS NOT DISTINCT FROM s.case_id AND rung = key AND kind = 'notice'
          AND state IN ('waiting', 'sent')
        ON CONFLICT DO NOTHING;
    END $$;

    CREATE OR REPLACE FUNCTION write_effects(s stream, events jsonb, board_row jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      event jsonb;
    BEGIN
      FOR event IN SELECT jsonb_array_elements(events) LOOP
        CASE event->>'type'
          WHEN 'rungDue' THEN PERFORM owe_notices(s, event);
          WHEN 'rungUnfounded' THEN PERFORM take_back_notices(s, event);
          WHEN 'unitTransferred', 'transferAccepted', 'entryCorrected' THEN
            PERFORM write_parties(s, board_row->'units', (event->>'at')::timestamptz);
          WHEN 'measureRecorded' THEN
            INSERT INTO case_party (case_id, campaign_id, unit_id, capacity, valid_from)
              SELECT s.case_id, s.campaign_id, (event->'data'->>'owes')::uuid, 'related', (event->>'at')::timestamptz
              WHERE event->'data'->>'owes' IS NOT NULL AND NOT board_row->'units' ? (event->'data'->>'owes')
              ON CONFLICT DO NOTHING;
          WHEN 'launchCompleted' THEN
            UPDATE campaign_wave SET state = 'standing'
              WHERE campaign_id = s.campaign_id AND wave = (event->'data'->>'wave')::integer AND state = 'launching';
          WHEN 'waveWithdrawn' THEN
            UPDATE campaign_wave SET state = 'withdrawn'
              WHERE campaign_id = s.campaign_id AND wave = (event->'data'->>'wave')::integer;
          ELSE NULL;
        END CASE;
      END LOOP;
    END $$;

    -- Offices that are given on a case are those of the unit the case was opened on, and reach it as long as that unit stands
    -- in it. unit_id: the supervised unit that the office speaks for.
    DROP FUNCTION reaching(date, text[], text[]);
    CREATE FUNCTION reaching(day date, unit_offices text[], audit_offices text[])
      RETURNS TABLE (grant_id uuid, person_id uuid, office text, reach text, campaign_id uuid, case_id uuid, unit_id uuid)
      LANGUAGE sql STABLE AS $$
      SELECT h.id, h.person_id, h.office, 'case', r.campaign_id, r.id, CASE WHEN h.office = ANY (unit_offices) THEN r.unit_id END
        FROM office_holder AS h JOIN case_row AS r ON r.scope = 'case' AND r.id = h.case_id
        WHERE in_force(h, day) AND (NOT h.office = ANY (unit_offices) OR (EXISTS (SELECT FROM case_party AS p
            WHERE p.case_id = r.id AND p.unit_id = r.unit_id AND p.capacity = 'subject' AND p.valid_to IS NULL)
          AND (r.wave IS NULL OR EXISTS (SELECT FROM campaign_wave AS w
            WHERE w.campaign_id = r.campaign_id AND w.wave = r.wave AND w.state = 'standing'))))
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'team', r.campaign_id, r.id, NULL
        FROM office_holder AS h JOIN case_row AS r ON r.scope = 'case' AND r.team = h.team_id
        WHERE in_force(h, day) AND NOT h.office = ANY (unit_offices)
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'campaign', h.campaign_id, NULL, NULL
        FROM office_holder AS h WHERE h.campaign_id IS NOT NULL AND in_force(h, day)
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'unit', r.campaign_id, r.id, h.unit_id
        FROM office_holder AS h
        JOIN case_party AS p ON p.unit_id = h.unit_id AND p.capacity = 'subject' AND p.valid_to IS NULL
        JOIN case_row AS r ON r.scope = 'case' AND r.id = p.case_id
        WHERE in_force(h, day) AND h.office = ANY (unit_offices) AND (r.wave IS NULL OR EXISTS (SELECT FROM campaign_wave AS w
          WHERE w.campaign_id = r.campaign_id AND w.wave = r.wave AND w.state = 'standing'))
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'offered', r.campaign_id, r.id, h.unit_id
        FROM case_row AS r CROSS JOIN LATERAL jsonb_array_elements_text(r.body->'offered') AS unit
        JOIN office_holder AS h ON h.unit_id = unit::uuid
        WHERE r.scope = 'case' AND r.body->'offered' <> '[]' AND in_force(h, day) AND h.office = ANY (unit_offices)
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'related', r.campaign_id, r.id, h.unit_id
        FROM office_holder AS h
        JOIN case_party AS p ON p.unit_id = h.unit_id AND p.capacity = 'related' AND p.valid_to IS NULL
        JOIN case_row AS r ON r.scope = 'case' AND r.id = p.case_id
        WHERE in_force(h, day) AND h.office = ANY (unit_offices)
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'owner', k.id, NULL, NULL
        FROM office_holder AS h JOIN campaign AS k ON k.owner_unit = h.unit_id
        WHERE in_force(h, day) AND NOT h.office = ANY (unit_offices) AND NOT h.office = ANY (audit_offices)
          AND h.office <> 'administrator'
    $$;
  `;
}
