import { SqlMigration } from './sql-migration.js';

/** A case that has ended asks nothing of anybody any more: what has not been told is not told. Corrections still go. */
export class EndedCases extends SqlMigration {
  readonly name = 'EndedCases1764000000011';
  protected readonly sql = `
    CREATE FUNCTION tell_nobody_more() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE outbox SET state = 'unfounded', ended_at = clock_timestamp()
        WHERE campaign_id = NEW.campaign_id AND kind = 'notice' AND state = 'waiting'
          AND case_id IS NOT DISTINCT FROM CASE NEW.scope WHEN 'case' THEN NEW.id END
          AND coalesce(claimed_until < clock_timestamp(), true);
      RETURN NULL;
    END $$;
    CREATE TRIGGER ended_case_tells_nobody_more AFTER UPDATE OF status ON case_row FOR EACH ROW
      WHEN (OLD.status IN ('running', 'suspended') AND NEW.status NOT IN ('running', 'suspended'))
      EXECUTE FUNCTION tell_nobody_more();
  `;
}
