import { SqlMigration } from './sql-migration.js';

/** Why a wave cannot be withdrawn any more: one answer for the commit, which holds what it looks at, and for whoever asks before. */
export class WaveRefusal extends SqlMigration {
  readonly name = 'WaveRefusal1764000000083';
  protected readonly sql = `
    CREATE FUNCTION wave_refusal(campaign uuid, of_wave integer) RETURNS jsonb LANGUAGE sql STABLE AS $$
      SELECT CASE
        WHEN EXISTS (SELECT FROM outbox AS o WHERE o.campaign_id = campaign AND o.wave = of_wave
          AND (o.state IN ('sent', 'failed', 'nobody') OR o.claimed_until > clock_timestamp()))
          THEN jsonb_build_object('code', 'WAVE_TOLD', 'params', jsonb_build_object('wave', of_wave))
        WHEN begun.n > 0
          THEN jsonb_build_object('code', 'WAVE_BEGUN', 'params', jsonb_build_object('wave', of_wave, 'cases', begun.n))
      END
      FROM (SELECT count(*) AS n FROM supervision_case AS c
        WHERE c.campaign_id = campaign AND c.wave = of_wave AND EXISTS (
          SELECT FROM ledger AS l WHERE l.stream_kind = 'case' AND l.stream_id = c.case_id::text
            AND l.seq > 1 AND l.data->'by' <> '"engine"')) AS begun
    $$;

    -- Nothing is added to its cases, and no notice of it is claimed, until the end of this transaction. The cases first: one
    -- that is just being written may hold the wave to owe a notice.
    CREATE FUNCTION hold_wave(campaign uuid, of_wave integer) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM FROM stream AS t WHERE t.kind = 'case' AND t.id IN (
          SELECT c.case_id::text FROM supervision_case AS c WHERE c.campaign_id = campaign AND c.wave = of_wave)
        ORDER BY t.id FOR NO KEY UPDATE;
      PERFORM FROM campaign_wave AS w WHERE w.campaign_id = campaign AND w.wave = of_wave FOR UPDATE;
    END $$;

    CREATE OR REPLACE FUNCTION refusal_found(s stream, events jsonb, grants uuid[]) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE
      event jsonb;
      n integer;
      found jsonb;
    BEGIN
      IF cardinality(grants) > 0 AND NOT grants_stand(grants) THEN
        RETURN '{"code": "GRANT_TAKEN", "params": {}}';
      END IF;
      IF s.kind = 'case' THEN
        IF events @? '$[*].by ? (@.type() == "object")' AND is_withdrawn(s.campaign_id, s.wave) THEN
          RETURN '{"code": "CASE_ENDED", "params": {"how": "cancelled"}}';
        END IF;
        RETURN proposal_settled(s, events->0);
      END IF;
      FOR event IN SELECT jsonb_array_elements(events) LOOP
        IF event->>'type' = 'waveWithdrawn' THEN
          n := (event->'data'->>'wave')::integer;
          PERFORM hold_wave(s.campaign_id, n);
          found := wave_refusal(s.campaign_id, n);
          IF found IS NOT NULL THEN RETURN found; END IF;
        ELSIF event->>'type' = 'campaignClosed' THEN
          SELECT count(*) INTO n FROM case_row
            WHERE campaign_id = s.campaign_id AND scope = 'case' AND status IN ('running', 'suspended');
          IF n > 0 THEN
            RETURN jsonb_build_object('code', 'CASES_OPEN', 'params', jsonb_build_object('open', n));
          END IF;
        END IF;
      END LOOP;
      RETURN proposal_settled(s, events->0);
    END $$;
    DROP FUNCTION cases_begun(uuid, integer);
  `;
}
