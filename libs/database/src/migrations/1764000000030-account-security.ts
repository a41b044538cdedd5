import { SqlMigration } from './sql-migration.js';

/**
 * What keeps accounts to their owners: one-time passwords, sessions that can be listed and confirmed, tries that are
 * counted across processes and restarts, second factors. A commit stands on nobody who has been disabled.
 */
export class AccountSecurity extends SqlMigration {
  readonly name = 'AccountSecurity1764000000030';
  protected readonly sql = `
    -- one_time_until: the password was given by somebody else, opens until then, and only for being changed.
    -- is_demo: the password is public; production does not know the account.
    ALTER TABLE account
      ADD COLUMN one_time_until timestamptz,
      ADD COLUMN is_demo boolean NOT NULL DEFAULT false;

    -- id names a session to its owner; confirmed_at: when the password was last given in it.
    ALTER TABLE session
      ADD COLUMN id uuid NOT NULL DEFAULT uuidv7() UNIQUE,
      ADD COLUMN kind text NOT NULL DEFAULT 'token' CHECK (kind IN ('browser', 'token')),
      ADD COLUMN confirmed_at timestamptz;

    -- Keys are hashes: neither a login nor an address stands here.
    CREATE TABLE try_count (
      key text PRIMARY KEY,
      tries integer NOT NULL,
      last_at timestamptz NOT NULL
    );
    CREATE INDEX try_count_last ON try_count (last_at);

    -- Where a person has signed in from: others at that address cannot shut him out.
    CREATE TABLE known_network (
      person_id uuid NOT NULL REFERENCES account,
      network text NOT NULL,
      seen_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (person_id, network)
    );

    -- secret counts once it was confirmed; pending waits for its first code. last_step: no code of it or before is taken again.
    CREATE TABLE second_factor (
      person_id uuid PRIMARY KEY REFERENCES account,
      secret text,
      pending text,
      last_step integer NOT NULL DEFAULT 0
    );
    CREATE TABLE recovery_code (
      person_id uuid NOT NULL REFERENCES account,
      hash text NOT NULL,
      PRIMARY KEY (person_id, hash)
    );

    -- Tries beyond the free ones double the wait, up to a quarter of an hour; an hour after the last all is forgotten.
    CREATE FUNCTION wait_after(tries integer, last_at timestamptz, free integer) RETURNS integer LANGUAGE sql VOLATILE AS $$
      SELECT CASE WHEN tries < free OR last_at < clock_timestamp() - interval '1 hour' THEN 0
        ELSE greatest(0, ceil(extract(epoch FROM last_at - clock_timestamp()) + least(2 ^ least(tries - free, 10), 900)))::integer END
    $$;

    -- Seconds to wait; 0 = go on, and this try is counted. Counted before the secret is looked at, one after the other, so
    -- that many at once are not all free.
    CREATE FUNCTION count_try(wanted text, free integer) RETURNS integer LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO try_count AS t VALUES (wanted, 1, clock_timestamp())
        ON CONFLICT (key) DO UPDATE SET last_at = clock_timestamp(),
          tries = CASE WHEN t.last_at < clock_timestamp() - interval '1 hour' THEN 1 ELSE t.tries + 1 END
        WHERE wait_after(t.tries, t.last_at, free) = 0;
      IF FOUND THEN RETURN 0; END IF;
      RETURN greatest(1, (SELECT wait_after(tries, last_at, free) FROM try_count WHERE key = wanted));
    END $$;

    -- The same statement for logins that exist and others. An address is slowed by tries at accounts that do not exist, then
    -- for everybody who has not signed in from it before.
    CREATE FUNCTION begin_login(given text, account_key text, network_key text, free integer, network_free integer)
      RETURNS integer LANGUAGE plpgsql AS $$
    DECLARE
      person uuid := (SELECT person_id FROM account WHERE lower(login) = lower(given));
      seconds integer;
    BEGIN
      -- A flood must not wait for the disk, nor for a row that others wait for: whoever has to wait only reads.
      PERFORM set_config('synchronous_commit', 'off', true);
      SELECT wait_after(tries, last_at, free) INTO seconds FROM try_count WHERE key = account_key;
      IF seconds > 0 THEN RETURN seconds; END IF;
      IF NOT EXISTS (SELECT FROM known_network WHERE person_id = person AND network = network_key) THEN
        SELECT wait_after(tries, last_at, network_free) INTO seconds FROM try_count WHERE key = network_key;
        IF seconds > 0 THEN RETURN seconds; END IF;
      END IF;
      seconds := count_try(account_key, free);
      IF seconds = 0 AND person IS NULL THEN PERFORM count_try(network_key, network_free); END IF;
      RETURN seconds;
    END $$;

    CREATE OR REPLACE FUNCTION grants_stand(wanted uuid[]) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      standing integer;
    BEGIN
      PERFORM FROM office_holder WHERE id = ANY (wanted) AND revoked_at IS NULL ORDER BY id FOR SHARE;
      GET DIAGNOSTICS standing = ROW_COUNT;
      IF standing <> cardinality(wanted) THEN RETURN false; END IF;
      -- An account being disabled at this moment is waited for.
      PERFORM FROM account WHERE person_id IN (SELECT person_id FROM office_holder WHERE id = ANY (wanted))
        ORDER BY person_id FOR SHARE;
      RETURN NOT EXISTS (
        SELECT FROM office_holder AS h JOIN account AS a USING (person_id)
        WHERE h.id = ANY (wanted) AND a.disabled_at IS NOT NULL
      );
    END $$;

    GRANT SELECT, INSERT, UPDATE, DELETE ON try_count, known_network, second_factor, recovery_code TO app;
  `;
}
