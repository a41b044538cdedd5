import { SqlMigration } from './sql-migration.js';

/** A commit costs what its statements cost to begin: the ledger, the leaves and the head of a stream are written by one. */
export class FewerStatements extends SqlMigration {
  readonly name = 'FewerStatements1764000000080';
  protected readonly sql = `
    CREATE OR REPLACE FUNCTION append_events(s stream, events jsonb, hashes bytea[]) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      added integer := jsonb_array_length(events);
      written integer;
    BEGIN
      WITH given AS (
        SELECT e, n, hashes[n] AS hash FROM jsonb_array_elements(events) WITH ORDINALITY AS given (e, n)
        WHERE (e->>'seq')::integer = s.head_seq + n
      ), leaves AS (
        INSERT INTO ledger_leaf (stream_kind, stream_id, seq, hash, campaign_id, case_id, unit_id)
          SELECT s.kind, s.id, s.head_seq + n, hash, s.campaign_id, s.case_id, s.unit_id FROM given
      ), head AS (
        UPDATE stream SET head_seq = head_seq + added WHERE kind = s.kind AND id = s.id
      )
      INSERT INTO ledger (stream_kind, stream_id, seq, type, v, at, effective_on, command_id, data, campaign_id, case_id, unit_id)
        SELECT s.kind, s.id, s.head_seq + n, e->>'type', (e->>'v')::smallint, (e->>'at')::timestamptz,
          left(coalesce(e->'dates'->>'document', e->'dates'->>'sent', e->'dates'->>'received'), 10)::date,
          e->>'commandId', e, s.campaign_id, s.case_id, s.unit_id
        FROM given;
      GET DIAGNOSTICS written = ROW_COUNT;
      IF cardinality(hashes) <> added OR written <> added THEN
        RAISE EXCEPTION 'events do not follow on in % %', s.kind, s.id USING ERRCODE = 'GS422';
      END IF;
    END $$;
  `;
}
