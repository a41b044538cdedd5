import { SqlMigration } from './sql-migration.js';

/**
 * A correction by two people is written only while its proposal is open, and settles it in the same transaction: whoever
 * declines it at the same moment either is in time, and the correction is refused, or is told that it is done.
 *
 * A wave in whose cases somebody has done something is not withdrawn by one act. The withdrawal holds the streams of its
 * cases while it looks; an act that waits for its stream meanwhile finds the wave gone, and is refused as in a case that ended.
 */
export class SettledByCommit extends SqlMigration {
  readonly name = 'SettledByCommit1764000000062';
  protected readonly sql = `
    -- Of a correction by two people: marks its proposal as confirmed, or says that it is too late. The hash of the reason
    -- tells which one it is: no other text has it.
    CREATE FUNCTION proposal_settled(s stream, event jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    BEGIN
      IF event->>'type' IS DISTINCT FROM 'entryCorrected' OR NOT event->'by' ? 'second' THEN RETURN NULL; END IF;
      UPDATE correction_proposal AS p
        SET state = 'confirmed', settled_by = (event->'by'->>'second')::uuid, settled_at = clock_timestamp()
        WHERE p.campaign_id = s.campaign_id AND p.case_id IS NOT DISTINCT FROM s.case_id AND p.state = 'open'
          AND p.body->>'reason' = event->'data'->>'reason';
      RETURN CASE WHEN NOT FOUND THEN '{"code": "PROPOSAL_STALE", "params": {}}'::jsonb END;
    END $$;

    -- What only this transaction can know: a right taken away, a wave that was withdrawn, in which somebody has acted or of
    -- which somebody was told, cases that are open, a proposal that is not open any more.
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
        RETURN proposal_settled(s, events->0);
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
      RETURN proposal_settled(s, events->0);
    END $$;

    GRANT SELECT, UPDATE (state, settled_by, settled_at) ON correction_proposal TO engine;
    CREATE POLICY engine_reads ON correction_proposal FOR SELECT TO engine USING (true);
    CREATE POLICY engine ON correction_proposal FOR UPDATE TO engine USING (state = 'open') WITH CHECK (state = 'confirmed');
    DROP POLICY settling ON correction_proposal;
    CREATE POLICY declining ON correction_proposal FOR UPDATE TO app
      USING (state = 'open' AND (campaign_id IN (SELECT my_campaigns()) OR case_id IN (SELECT my_cases_inside())))
      WITH CHECK (state = 'declined' AND settled_by = (SELECT viewer()));

    -- Until now the mark came after the commit: a process could end in between, and somebody decline meanwhile.
    UPDATE correction_proposal AS p
      SET state = 'confirmed', settled_by = (l.data->'by'->>'second')::uuid, settled_at = l.at
      FROM ledger AS l
      WHERE l.stream_kind = p.scope AND l.stream_id = coalesce(p.case_id, p.campaign_id)::text AND l.type = 'entryCorrected'
        AND l.data->'data'->>'reason' = p.body->>'reason' AND p.state <> 'confirmed';
  `;
}
