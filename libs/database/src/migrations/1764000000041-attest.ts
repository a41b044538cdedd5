import { SqlMigration } from './sql-migration.js';

/**
 * A commit asks who wants it. As soon as the database knows a key, a command of a person, or of the worker, is written only
 * with the HMAC that the api or the worker put on it before it went to Temporal; what a workflow does by itself carries
 * none, and may be nothing but a planned moment that has come or a launch that stands.
 */
export class Attest extends SqlMigration {
  readonly name = 'Attest1764000000041';
  protected readonly sql = `
    -- RFC 2104 with sha256: the key, padded and already combined with the inner and the outer byte. Nobody is granted it.
    CREATE TABLE attest_key (
      id text PRIMARY KEY,
      inner_pad bytea NOT NULL CHECK (octet_length(inner_pad) = 64),
      outer_pad bytea NOT NULL CHECK (octet_length(outer_pad) = 64)
    );
    ALTER TABLE attest_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY owner ON attest_key TO migrator USING (true);

    -- mac: '<key id>:<base64>'. Null when there is no key yet, so that nothing is asked.
    CREATE FUNCTION is_attested(message text, mac text) RETURNS boolean
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT CASE WHEN EXISTS (SELECT FROM attest_key) THEN EXISTS (
        SELECT FROM attest_key AS k
        WHERE k.id = split_part(mac, ':', 1)
          AND encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(message, 'UTF8'))), 'base64') = split_part(mac, ':', 2))
      END
    $$;

    -- What a workflow does without having been asked.
    CREATE FUNCTION acts_by_itself(kind text, id text, command jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      CASE command->>'type'
        WHEN 'passMoment' THEN
          RETURN (command->>'moment')::timestamptz <= clock_timestamp() + interval '1 minute'
            AND starts_with(command->'envelope'->>'commandId', 'moment/' || kind || '/' || id || '/' || (command->>'moment'));
        WHEN 'completeLaunch' THEN
          RETURN kind = 'campaign' AND EXISTS (SELECT FROM campaign_wave AS w
            WHERE w.campaign_id = id::uuid AND w.wave = (command->>'wave')::integer AND w.standing = w.total);
        ELSE RETURN false;
      END CASE;
    END $$;

    CREATE FUNCTION may_commit(kind text, id text, command text, by_actor text, grants uuid[], message text, mac text)
      RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    DECLARE
      attested boolean := is_attested(message, mac);
      told jsonb := message::jsonb;
      envelope jsonb := told->'command'->'envelope';
    BEGIN
      IF attested IS NULL THEN RETURN true; END IF;
      IF told->>'scope' IS DISTINCT FROM kind OR told->>'id' IS DISTINCT FROM id
        OR envelope->>'commandId' IS DISTINCT FROM command OR envelope->>'actor' IS DISTINCT FROM by_actor
        OR NOT (to_jsonb(grants) @> (envelope->'grants') AND (envelope->'grants') @> to_jsonb(grants)) THEN
        RETURN false;
      END IF;
      RETURN attested OR (by_actor = 'engine' AND acts_by_itself(kind, id, told->'command'));
    END $$;

    -- The door to commit_stream. What is turned away writes nothing but an alarm: a stranger has found the way to Temporal, or
    -- a process of ours lacks its key.
    CREATE FUNCTION commit_attested(stream_kind text, stream_id text, after integer, command text, by_actor text,
      events jsonb, hashes bytea[], refusal jsonb, board_row jsonb, due text, grants uuid[], message text, mac text)
      RETURNS jsonb LANGUAGE plpgsql AS $$
    BEGIN
      IF may_commit(stream_kind, stream_id, command, by_actor, grants, message, mac) THEN
        RETURN commit_stream(stream_kind, stream_id, after, command, by_actor, events, hashes, refusal, board_row, due, grants);
      END IF;
      INSERT INTO alarm (kind, stream_kind, stream_id) VALUES ('forged', commit_attested.stream_kind, commit_attested.stream_id)
        ON CONFLICT DO NOTHING;
      RETURN jsonb_build_object('kind', 'done',
        'nextMoment', (SELECT next_moment_of(s) FROM stream AS s
          WHERE s.kind = commit_attested.stream_kind AND s.id = commit_attested.stream_id),
        'answer', jsonb_build_object('outcome', 'refused', 'seq', after,
          'refusal', '{"code": "NOT_ATTESTED", "params": {}}'::jsonb));
    END $$;
  `;
}
