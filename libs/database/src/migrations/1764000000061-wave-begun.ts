import { SqlMigration } from './sql-migration.js';

/** What a commit asks of a wave: has anybody acted in its cases, and has it been withdrawn (see `refusal_found`). */
export class WaveBegun extends SqlMigration {
  readonly name = 'WaveBegun1764000000061';
  protected readonly sql = `
    -- Cases of a wave in which a person did anything after they were opened. Nothing is added to them until the end of this
    -- transaction.
    CREATE FUNCTION cases_begun(campaign uuid, of_wave integer) RETURNS integer LANGUAGE plpgsql AS $$
    DECLARE
      n integer;
    BEGIN
      PERFORM FROM stream AS t WHERE t.kind = 'case' AND t.id IN (
          SELECT c.case_id::text FROM supervision_case AS c WHERE c.campaign_id = campaign AND c.wave = of_wave)
        ORDER BY t.id FOR NO KEY UPDATE;
      SELECT count(*) INTO n FROM supervision_case AS c
        WHERE c.campaign_id = campaign AND c.wave = of_wave AND EXISTS (
          SELECT FROM ledger AS l WHERE l.stream_kind = 'case' AND l.stream_id = c.case_id::text
            AND l.seq > 1 AND l.data->'by' <> '"engine"');
      RETURN n;
    END $$;

    CREATE FUNCTION is_withdrawn(campaign uuid, of_wave integer) RETURNS boolean LANGUAGE sql STABLE AS $$
      SELECT EXISTS (SELECT FROM campaign_wave AS w
        WHERE w.campaign_id = campaign AND w.wave = of_wave AND w.state = 'withdrawn')
    $$;
  `;
}
