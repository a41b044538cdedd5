import { SqlMigration } from './sql-migration.js';

/**
 * A wave in whose cases somebody has done something is not withdrawn by one act. The withdrawal holds the streams of its
 * cases while it looks; an act that waits for its stream meanwhile finds the wave gone, and is refused as in a case that ended.
 */
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

    -- What only this transaction can know: a right taken away, a wave that was withdrawn, in which somebody has acted or of
    -- which somebody was told, cases that are open.
    CREATE OR REPLACE FUNCTION refusal_found(s stream, events jsonb, grants uuid[]) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE
      event jsonb;
      n integer;
      begun integer;
    BEGIN
      IF cardinality(grants) > 0 AND NOT grants_stand(grants) THEN
        RETURN '{"code": "GRANT_TAKEN", "params": {}}';
      END IF;
      IF s.kind = 'case' THEN
        IF events @? '$[*].by ? (@.type() == "object")' AND is_withdrawn(s.campaign_id, s.wave) THEN
          RETURN '{"code": "CASE_ENDED", "params": {"how": "cancelled"}}';
        END IF;
        RETURN NULL;
      END IF;
      FOR event IN SELECT jsonb_array_elements(events) LOOP
        IF event->>'type' = 'waveWithdrawn' THEN
          n := (event->'data'->>'wave')::integer;
          -- The cases first: one that is just being written may hold this row to owe a notice.
          begun := cases_begun(s.campaign_id, n);
          -- A sender holds this row shared while it claims notices of the wave.
          PERFORM FROM campaign_wave WHERE campaign_id = s.campaign_id AND wave = n FOR UPDATE;
          IF EXISTS (SELECT FROM outbox WHERE campaign_id = s.campaign_id AND wave = n
            AND (state IN ('sent', 'failed', 'nobody') OR claimed_until > clock_timestamp())) THEN
            RETURN jsonb_build_object('code', 'WAVE_TOLD', 'params', jsonb_build_object('wave', n));
          ELSIF begun > 0 THEN
            RETURN jsonb_build_object('code', 'WAVE_BEGUN', 'params', jsonb_build_object('wave', n, 'cases', begun));
          END IF;
        ELSIF event->>'type' = 'campaignClosed' THEN
          SELECT count(*) INTO n FROM case_row
            WHERE campaign_id = s.campaign_id AND scope = 'case' AND status IN ('running', 'suspended');
          IF n > 0 THEN
            RETURN jsonb_build_object('code', 'CASES_OPEN', 'params', jsonb_build_object('open', n));
          END IF;
        END IF;
      END LOOP;
      RETURN NULL;
    END $$;
  `;
}
