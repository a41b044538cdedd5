import { SqlMigration } from './sql-migration.js';

/**
 * A unit that owes a measure of somebody else's case reaches that case as 'related': as with an offer, it is shown nothing of
 * it by whoever asks for his own rows; one door shows it what it owes and takes its answer.
 */
export class OwedMeasures extends SqlMigration {
  readonly name = 'OwedMeasures1764000000053';
  protected readonly sql = `
    CREATE OR REPLACE FUNCTION reaching(day date, unit_offices text[], audit_offices text[])
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
