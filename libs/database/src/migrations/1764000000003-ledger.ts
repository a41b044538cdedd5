import { SqlMigration } from './sql-migration.js';

/**
 * What happened, one stream per thing it happened to. Insert-only twice: nobody is granted more, and a trigger stops even
 * the owner. `stream.head_seq` is the lock under which a stream grows.
 */
export class Ledger extends SqlMigration {
  readonly name = 'Ledger1764000000003';
  protected readonly sql = `
    CREATE TABLE stream (
      kind text NOT NULL CHECK (kind IN
        ('case', 'campaign', 'organisation', 'person', 'grant', 'calendar', 'procedure', 'delivery')),
      id text NOT NULL,
      head_seq integer NOT NULL DEFAULT 0,
      campaign_id uuid,
      case_id uuid,
      unit_id uuid,
      wave integer,
      PRIMARY KEY (kind, id)
    );

    -- at: when it was entered, the event's own word · recorded_at: when it was written · effective_on: day of its paper.
    -- transaction and position order the feed; no foreign key to stream, whose row every writer holds locked anyway.
    CREATE TABLE ledger (
      stream_kind text NOT NULL,
      stream_id text NOT NULL,
      seq integer NOT NULL CHECK (seq > 0),
      type text NOT NULL,
      v smallint NOT NULL,
      at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      effective_on date,
      command_id text NOT NULL,
      data jsonb NOT NULL,
      campaign_id uuid,
      case_id uuid,
      unit_id uuid,
      transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
      position bigint GENERATED ALWAYS AS IDENTITY,
      PRIMARY KEY (stream_kind, stream_id, seq)
    );
    CREATE INDEX ledger_feed ON ledger (transaction, position);
    CREATE INDEX ledger_campaign ON ledger (campaign_id, recorded_at);

    -- sha256 of the event's canonical JSON (RFC 8785), for proofs.
    CREATE TABLE ledger_leaf (
      stream_kind text NOT NULL,
      stream_id text NOT NULL,
      seq integer NOT NULL,
      hash bytea NOT NULL CHECK (octet_length(hash) = 32),
      campaign_id uuid,
      case_id uuid,
      unit_id uuid,
      PRIMARY KEY (stream_kind, stream_id, seq)
    );

    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'GS403';
    END $$;
    CREATE TRIGGER ledger_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER ledger_leaf_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_leaf
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    -- Stored before the case is asked (unknown), answered in the transaction that decides. stream_kind is null until then
    -- for commands that make their own stream.
    CREATE TABLE command (
      command_id text PRIMARY KEY,
      stream_kind text,
      stream_id text,
      type text,
      actor text NOT NULL,
      idempotency_key text,
      body_hash text,
      outcome text NOT NULL CHECK (outcome IN ('accepted', 'refused', 'unknown')),
      answer jsonb,
      created_at timestamptz NOT NULL DEFAULT now(),
      decided_at timestamptz,
      campaign_id uuid,
      case_id uuid,
      unit_id uuid,
      UNIQUE (actor, idempotency_key),
      CHECK ((outcome = 'unknown') = (answer IS NULL))
    );

    -- Texts lie apart from events: hash = sha256(salt || body). Blanking leaves the hash, and so every proof.
    CREATE TABLE content (
      hash text PRIMARY KEY,
      salt bytea,
      body text,
      created_at timestamptz NOT NULL DEFAULT now(),
      erased_at timestamptz,
      campaign_id uuid,
      case_id uuid,
      unit_id uuid,
      CHECK ((erased_at IS NULL) = (body IS NOT NULL AND salt IS NOT NULL))
    );
    CREATE FUNCTION only_blanking() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.hash <> OLD.hash OR NEW.body IS NOT NULL OR NEW.salt IS NOT NULL THEN
        RAISE EXCEPTION 'content can be blanked, not changed' USING ERRCODE = 'GS403';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER content_only_blanked BEFORE UPDATE ON content FOR EACH ROW EXECUTE FUNCTION only_blanking();
    CREATE TRIGGER content_is_kept BEFORE DELETE OR TRUNCATE ON content
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    GRANT SELECT ON stream, ledger, ledger_leaf, command, content TO app, engine, auditor;
    GRANT INSERT ON ledger, ledger_leaf, stream TO engine;
    GRANT UPDATE (head_seq) ON stream TO engine;
    GRANT INSERT ON command TO app, engine;
    GRANT UPDATE (outcome, answer, decided_at, stream_kind, stream_id, campaign_id, case_id, unit_id) ON command
      TO app, engine;
    GRANT INSERT ON content TO app, engine;
    GRANT SELECT (hash, erased_at), UPDATE (salt, body, erased_at) ON content TO eraser;
  `;
}
