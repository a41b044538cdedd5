import { SqlMigration } from './sql-migration.js';

/**
 * How many requests a session may send is counted here, for all processes at once. And whoever guesses at a login does not
 * keep its owner out: from a device on which he has signed in before (known_network holds the hashes of those too) tries are
 * counted by themselves.
 */
export class PaceAndPlaces extends SqlMigration {
  readonly name = 'PaceAndPlaces1764000000052';
  protected readonly sql = `
    -- Lost in a crash, and then everybody has his minute's worth again. left_over: requests still free at that moment.
    CREATE UNLOGGED TABLE pace (
      id_hash text PRIMARY KEY REFERENCES session ON DELETE CASCADE,
      left_over real NOT NULL,
      at timestamptz NOT NULL
    );
    GRANT SELECT, INSERT, UPDATE, DELETE ON pace TO app;
    ALTER TABLE pace ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY owner ON pace TO migrator USING (true);
    CREATE POLICY app ON pace TO app USING ((SELECT viewer()) IS NOT NULL);

    CREATE FUNCTION free_now(p pace, per_minute integer) RETURNS double precision LANGUAGE sql VOLATILE AS $$
      SELECT least(per_minute, p.left_over + extract(epoch FROM clock_timestamp() - p.at) / 60 * per_minute)
    $$;

    -- Seconds to wait; 0 = go on, and this request is counted. A minute's worth at once, then as they flow in.
    CREATE FUNCTION take_pace(session text, per_minute integer) RETURNS integer LANGUAGE plpgsql AS $$
    BEGIN
      -- Nothing here is worth waiting for the disk.
      PERFORM set_config('synchronous_commit', 'off', true);
      INSERT INTO pace AS p VALUES (session, per_minute - 1, clock_timestamp())
        ON CONFLICT (id_hash) DO UPDATE SET left_over = free_now(p, per_minute) - 1, at = clock_timestamp()
        WHERE free_now(p, per_minute) >= 1;
      IF FOUND THEN RETURN 0; END IF;
      RETURN (SELECT greatest(1, ceil((1 - free_now(p, per_minute)) * 60 / per_minute)) FROM pace AS p WHERE id_hash = session);
    END $$;

    -- counted: the key under which this try was counted, to be forgotten when it turns out right. Where nobody has signed in
    -- with this account before, all count together.
    DROP FUNCTION begin_login(text, text, text, integer, integer);
    CREATE FUNCTION begin_login(given text, account_key text, network_key text, device_key text, free integer,
      network_free integer, OUT seconds integer, OUT counted text) LANGUAGE plpgsql AS $$
    DECLARE
      person uuid := (SELECT person_id FROM account WHERE lower(login) = lower(given));
      known boolean := EXISTS (SELECT FROM known_network WHERE person_id = person AND network = device_key);
    BEGIN
      -- A flood must not wait for the disk, nor for a row that others wait for: whoever has to wait only reads.
      PERFORM set_config('synchronous_commit', 'off', true);
      counted := account_key || CASE WHEN known THEN ':' || device_key ELSE '' END;
      SELECT wait_after(tries, last_at, free) INTO seconds FROM try_count WHERE key = counted;
      IF seconds > 0 THEN RETURN; END IF;
      IF NOT EXISTS (SELECT FROM known_network WHERE person_id = person AND network IN (network_key, device_key)) THEN
        SELECT wait_after(tries, last_at, network_free) INTO seconds FROM try_count WHERE key = network_key;
        IF seconds > 0 THEN RETURN; END IF;
      END IF;
      seconds := count_try(counted, free);
      IF seconds = 0 AND person IS NULL THEN PERFORM count_try(network_key, network_free); END IF;
    END $$;
  `;
}
