import { SqlMigration } from './sql-migration.js';

/**
 * The one way a stream grows, as functions: a commit is then one round trip and one transaction, with a lock held for as
 * long as its own statements run. Error codes: GS404 no such stream, GS409 the ledger lacks what the caller has applied
 * (Postgres lost its last writes), GS422 events that do not follow on.
 *
 * The application has no right to write the ledger. It may open a campaign's stream (the plan was issued) and append to
 * the streams of reference data, through the two functions that run with the rights of their owner.
 */
export class Commit extends SqlMigration {
  readonly name = 'Commit1764000000007';
  protected readonly sql = `
    CREATE FUNCTION append_events(s stream, events jsonb, hashes bytea[]) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      added integer := jsonb_array_length(events);
    BEGIN
      INSERT INTO ledger (stream_kind, stream_id, seq, type, v, at, effective_on, command_id, data, campaign_id, case_id, unit_id)
        SELECT s.kind, s.id, s.head_seq + n, e->>'type', (e->>'v')::smallint, (e->>'at')::timestamptz,
          left(coalesce(e->'dates'->>'document', e->'dates'->>'sent', e->'dates'->>'received'), 10)::date,
          e->>'commandId', e, s.campaign_id, s.case_id, s.unit_id
        FROM jsonb_array_elements(events) WITH ORDINALITY AS given (e, n)
        WHERE (e->>'seq')::integer = s.head_seq + n;
      INSERT INTO ledger_leaf (stream_kind, stream_id, seq, hash, campaign_id, case_id, unit_id)
        SELECT s.kind, s.id, s.head_seq + n, hash, s.campaign_id, s.case_id, s.unit_id
        FROM unnest(hashes) WITH ORDINALITY AS given (hash, n);
      UPDATE stream SET head_seq = head_seq + added WHERE kind = s.kind AND id = s.id;
      IF cardinality(hashes) <> added OR NOT EXISTS (
        SELECT FROM ledger WHERE stream_kind = s.kind AND stream_id = s.id AND seq = s.head_seq + added
      ) THEN
        RAISE EXCEPTION 'events do not follow on in % %', s.kind, s.id USING ERRCODE = 'GS422';
      END IF;
    END $$;

    CREATE FUNCTION write_row(s stream, board_row jsonb, due text) RETURNS void LANGUAGE sql AS $$
      INSERT INTO case_row (scope, id, campaign_id, unit_id, wave, seq, status, stage, first_due, next_moment, team, body)
      VALUES (s.kind, s.id::uuid, s.campaign_id, s.unit_id, s.wave, (board_row->>'seq')::integer, board_row->>'status',
        board_row->>'stage', due, (board_row->>'nextMoment')::timestamptz, board_row->>'team', board_row)
      ON CONFLICT (scope, id) DO UPDATE SET seq = excluded.seq, status = excluded.status, stage = excluded.stage,
        first_due = excluded.first_due, next_moment = excluded.next_moment, team = excluded.team, body = excluded.body
    $$;

    CREATE FUNCTION next_moment_of(s stream) RETURNS text LANGUAGE sql STABLE AS $$
      SELECT body->>'nextMoment' FROM case_row WHERE scope = s.kind AND id = s.id::uuid
    $$;

    CREATE FUNCTION events_after(s stream, after integer) RETURNS jsonb LANGUAGE sql STABLE AS $$
      SELECT coalesce(jsonb_agg(data ORDER BY seq), '[]')
      FROM ledger WHERE stream_kind = s.kind AND stream_id = s.id AND seq > after
    $$;

    -- A notice becomes owed. A rung of a due exists once, whatever happened in between.
    CREATE FUNCTION owe_notices(s stream, event jsonb) RETURNS void LANGUAGE sql AS $$
      INSERT INTO outbox (campaign_id, case_id, unit_id, wave, office, rung, step, kind, due, binding, due_at, next_try)
      SELECT s.campaign_id, s.case_id, s.unit_id, s.wave, office, event->'data'->>'rung', event->'data'->>'step', 'notice',
        event->'data'->>'due', (event->'data'->>'binding')::boolean, (event->'data'->>'planned')::timestamptz,
        (event->'data'->>'send')::timestamptz
      FROM jsonb_array_elements_text(event->'data'->'to') AS office
      ON CONFLICT DO NOTHING
    $$;

    -- A notice lost its reason. Who has not been told is not told; who has been, or is just being, gets a correction.
    CREATE FUNCTION take_back_notices(s stream, event jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      key text := event->'data'->>'rung';
    BEGIN
      UPDATE outbox SET state = 'unfounded', ended_at = clock_timestamp()
        WHERE campaign_id = s.campaign_id AND case_id IS NOT DISTINCT FROM s.case_id AND rung = key AND kind = 'notice'
          AND state = 'waiting' AND coalesce(claimed_until < clock_timestamp(), true);
      INSERT INTO outbox (campaign_id, case_id, unit_id, wave, office, rung, step, kind, due, binding, due_at, next_try)
        SELECT s.campaign_id, s.case_id, s.unit_id, s.wave, office, key, step, 'correction', due, binding,
          (event->>'at')::timestamptz, (event->>'at')::timestamptz
        FROM outbox
        WHERE campaign_id = s.campaign_id AND case_id IS NOT DISTINCT FROM s.case_id AND rung = key AND kind = 'notice'
          AND state IN ('waiting', 'sent')
        ON CONFLICT DO NOTHING;
    END $$;

    -- The supervised units follow the board row; a unit that owes a measure joins as related.
    CREATE FUNCTION write_parties(s stream, units jsonb, since timestamptz) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE case_party SET valid_to = since
        WHERE case_id = s.case_id AND capacity = 'subject' AND valid_to IS NULL AND NOT units ? unit_id::text;
      INSERT INTO case_party (case_id, campaign_id, unit_id, capacity, valid_from)
        SELECT s.case_id, s.campaign_id, unit::uuid, 'subject', since FROM jsonb_array_elements_text(units) AS unit
        ON CONFLICT DO NOTHING;
    END $$;

    -- Everything else that an event writes in the same transaction.
    CREATE FUNCTION write_effects(s stream, events jsonb, board_row jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      event jsonb;
    BEGIN
      FOR event IN SELECT jsonb_array_elements(events) LOOP
        CASE event->>'type'
          WHEN 'rungDue' THEN PERFORM owe_notices(s, event);
          WHEN 'rungUnfounded' THEN PERFORM take_back_notices(s, event);
          WHEN 'unitTransferred', 'transferAccepted' THEN
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

    -- What only this transaction can know: a right taken away, a wave somebody was told of, cases that are open.
    CREATE FUNCTION refusal_found(s stream, events jsonb, grants uuid[]) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE
      event jsonb;
      n integer;
    BEGIN
      IF cardinality(grants) > 0 AND NOT grants_stand(grants) THEN
        RETURN '{"code": "GRANT_TAKEN", "params": {}}';
      END IF;
      IF s.kind = 'case' THEN RETURN NULL; END IF;
      FOR event IN SELECT jsonb_array_elements(events) LOOP
        IF event->>'type' = 'waveWithdrawn' THEN
          n := (event->'data'->>'wave')::integer;
          -- A sender holds this row shared while it claims notices of the wave.
          PERFORM FROM campaign_wave WHERE campaign_id = s.campaign_id AND wave = n FOR UPDATE;
          IF EXISTS (SELECT FROM outbox WHERE campaign_id = s.campaign_id AND wave = n
            AND (state IN ('sent', 'failed', 'nobody') OR claimed_until > clock_timestamp())) THEN
            RETURN jsonb_build_object('code', 'WAVE_TOLD', 'params', jsonb_build_object('wave', n));
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

    CREATE FUNCTION settle_command(s stream, id text, by_actor text, given jsonb) RETURNS void LANGUAGE sql AS $$
      INSERT INTO command (command_id, stream_kind, stream_id, actor, outcome, answer, decided_at, campaign_id, case_id, unit_id)
      VALUES (id, s.kind, s.id, by_actor, given->>'outcome', given, clock_timestamp(), s.campaign_id, s.case_id, s.unit_id)
      ON CONFLICT (command_id) DO UPDATE SET stream_kind = excluded.stream_kind, stream_id = excluded.stream_id,
        outcome = excluded.outcome, answer = excluded.answer, decided_at = excluded.decided_at,
        campaign_id = excluded.campaign_id, case_id = excluded.case_id, unit_id = excluded.unit_id
    $$;

    CREATE FUNCTION commit_stream(stream_kind text, stream_id text, after integer, command text, by_actor text,
      events jsonb, hashes bytea[], refusal jsonb, board_row jsonb, due text, grants uuid[]) RETURNS jsonb
      LANGUAGE plpgsql AS $$
    DECLARE
      s stream;
      given jsonb;
      no jsonb := refusal;
    BEGIN
      SELECT * INTO s FROM stream WHERE kind = stream_kind AND id = stream_id FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no stream % %', stream_kind, stream_id USING ERRCODE = 'GS404';
      END IF;
      SELECT answer INTO given FROM command AS c WHERE c.command_id = command AND c.outcome <> 'unknown';
      IF FOUND OR s.head_seq > after THEN
        RETURN jsonb_build_object('kind', CASE WHEN given IS NULL THEN 'behind' ELSE 'known' END,
          'events', events_after(s, after), 'nextMoment', next_moment_of(s), 'answer', given);
      END IF;
      IF s.head_seq < after THEN
        RAISE EXCEPTION 'the ledger of % % ends at %, the caller is at %', stream_kind, stream_id, s.head_seq, after
          USING ERRCODE = 'GS409';
      END IF;
      IF no IS NULL THEN no := refusal_found(s, events, grants); END IF;
      IF no IS NULL THEN
        PERFORM append_events(s, events, hashes), write_row(s, board_row, due), write_effects(s, events, board_row);
        given := jsonb_build_object('outcome', 'accepted', 'seq', after + jsonb_array_length(events));
      ELSE
        given := jsonb_build_object('outcome', 'refused', 'seq', after, 'refusal', no);
      END IF;
      PERFORM settle_command(s, command, by_actor, given);
      RETURN jsonb_build_object('kind', 'done', 'nextMoment', next_moment_of(s), 'answer', given);
    END $$;

    -- First events of a stream that has a board row. False when the stream is there already: then nothing is written.
    CREATE FUNCTION open_stream(s stream, events jsonb, hashes bytea[], board_row jsonb, due text) RETURNS boolean
      LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO stream (kind, id, campaign_id, case_id, unit_id, wave)
        VALUES (s.kind, s.id, s.campaign_id, s.case_id, s.unit_id, s.wave) ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN RETURN false; END IF;
      s.head_seq := 0;
      PERFORM append_events(s, events, hashes), write_row(s, board_row, due), write_effects(s, events, board_row);
      RETURN true;
    END $$;

    CREATE FUNCTION issue_campaign(id uuid, command text, by_actor text, events jsonb, hashes bytea[], board_row jsonb, due text)
      RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      s stream;
    BEGIN
      SELECT 'campaign', c.id::text, 0, c.id, NULL, c.owner_unit, NULL INTO s FROM campaign AS c
        WHERE c.id = issue_campaign.id AND c.state = 'issued';
      IF NOT FOUND THEN
        RAISE EXCEPTION 'campaign % has no frozen plan', id USING ERRCODE = 'GS404';
      END IF;
      IF NOT open_stream(s, events, hashes, board_row, due) THEN RETURN false; END IF;
      PERFORM settle_command(s, command, by_actor,
        jsonb_build_object('outcome', 'accepted', 'seq', jsonb_array_length(events)));
      RETURN true;
    END $$;

    -- Appends to a stream of reference data at the place the caller saw. False when it has grown since.
    CREATE FUNCTION append_reference(kind text, id text, after integer, unit uuid, events jsonb, hashes bytea[])
      RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      s stream;
    BEGIN
      IF kind NOT IN ('organisation', 'person', 'grant', 'calendar', 'procedure') THEN
        RAISE EXCEPTION 'stream kind % is not reference data', kind USING ERRCODE = 'GS403';
      END IF;
      INSERT INTO stream (kind, id, unit_id) VALUES (append_reference.kind, append_reference.id, unit) ON CONFLICT DO NOTHING;
      SELECT * INTO s FROM stream AS t WHERE t.kind = append_reference.kind AND t.id = append_reference.id FOR NO KEY UPDATE;
      IF s.head_seq <> after THEN RETURN false; END IF;
      PERFORM append_events(s, events, hashes);
      RETURN true;
    END $$;

    REVOKE EXECUTE ON FUNCTION issue_campaign, append_reference FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION issue_campaign, append_reference TO app;
  `;
}
