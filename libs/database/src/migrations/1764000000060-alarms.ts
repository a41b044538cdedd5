import { SqlMigration } from './sql-migration.js';

/**
 * Alarms are for those who can do something about them: whoever reaches the campaign as a whole, and whoever keeps the
 * accounts, who learns ids and kinds and nothing of the case. A unit and a team are not told of a fault in the machinery.
 */
export class Alarms extends SqlMigration {
  readonly name = 'Alarms1764000000060';
  protected readonly sql = `
    -- From the register of a body at the top.
    CREATE FUNCTION keeps_accounts(h office_holder, day date) RETURNS boolean LANGUAGE sql STABLE AS $$
      SELECT h.office = 'administrator' AND in_force(h, day) AND h.unit_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM org_parent AS p
        WHERE p.unit_id = h.unit_id AND p.valid_from <= day AND (p.valid_to IS NULL OR p.valid_to > day))
    $$;

    ALTER TABLE alarm ADD COLUMN cleared_by uuid REFERENCES person;
    GRANT UPDATE (cleared_at, cleared_by) ON alarm TO app;
    DROP POLICY app ON alarm;
    CREATE POLICY app ON alarm TO app USING (
      (stream_kind = 'campaign' AND stream_id IN (SELECT my_campaigns()::text))
      OR (stream_kind = 'case' AND EXISTS (SELECT FROM supervision_case AS c
        WHERE c.case_id = CASE WHEN stream_kind = 'case' THEN stream_id::uuid END AND c.campaign_id IN (SELECT my_campaigns())))
      OR EXISTS (SELECT FROM office_holder AS h WHERE h.person_id = viewer() AND keeps_accounts(h, viewed_on())));
  `;
}
