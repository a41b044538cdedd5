import { SqlMigration } from './sql-migration.js';

/**
 * Row-level security: what a role sees and writes is decided here a second time, after the application. The application
 * sees what the offices of one person reach on one day; who and when is set inside each transaction (`setViewer`), and
 * without it there are no rows. FORCE binds the owner too, who therefore has a policy of his own.
 */
export class Walls extends SqlMigration {
  readonly name = 'Walls1764000000040';
  protected readonly sql = `
    CREATE INDEX case_row_offered ON case_row (id) WHERE body->'offered' <> '[]';
    CREATE INDEX case_row_team ON case_row (team) WHERE team IS NOT NULL;

    -- Who looks, on which day, and which offices belong to the supervised party or read by a mandate. Null = nobody.
    CREATE FUNCTION viewer() RETURNS uuid LANGUAGE sql STABLE AS
      $$ SELECT nullif(current_setting('giamsat.person', true), '')::uuid $$;
    CREATE FUNCTION viewed_on() RETURNS date LANGUAGE sql STABLE AS
      $$ SELECT nullif(current_setting('giamsat.day', true), '')::date $$;
    CREATE FUNCTION offices_set(kind text) RETURNS text[] LANGUAGE sql STABLE AS
      $$ SELECT coalesce(string_to_array(nullif(current_setting('giamsat.' || kind, true), ''), ','), '{}') $$;

    CREATE FUNCTION in_force(h office_holder, day date) RETURNS boolean LANGUAGE sql IMMUTABLE AS
      $$ SELECT h.revoked_at IS NULL AND h.valid_from <= day AND (h.valid_to IS NULL OR h.valid_to > day) $$;

    -- Which grant in force reaches what, and how. case_id null = the campaign and every case of it. A grant in a unit's
    -- register reaches that unit's cases with offices of the supervised party only, one in the owner's register with all
    -- others only, but whoever keeps the accounts sees no case; a mandate to read names its campaigns and is nothing in a register. The supervised party hears of a case
    -- once its whole wave stands. To a unit that is asked to take a case over it is 'offered': it may accept, and is shown no
    -- more of it by anybody who asks for his own rows. Policies and queries ask this and nothing else.
    CREATE FUNCTION reaching(day date, unit_offices text[], audit_offices text[])
      RETURNS TABLE (grant_id uuid, person_id uuid, office text, reach text, campaign_id uuid, case_id uuid)
      LANGUAGE sql STABLE AS $$
      SELECT h.id, h.person_id, h.office, 'case', r.campaign_id, r.id
        FROM office_holder AS h JOIN case_row AS r ON r.scope = 'case' AND r.id = h.case_id
        WHERE in_force(h, day) AND (NOT h.office = ANY (unit_offices) OR r.wave IS NULL OR EXISTS (SELECT FROM campaign_wave AS w
          WHERE w.campaign_id = r.campaign_id AND w.wave = r.wave AND w.state = 'standing'))
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'team', r.campaign_id, r.id
        FROM office_holder AS h JOIN case_row AS r ON r.scope = 'case' AND r.team = h.team_id
        WHERE in_force(h, day) AND NOT h.office = ANY (unit_offices)
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'campaign', h.campaign_id, NULL
        FROM office_holder AS h WHERE h.campaign_id IS NOT NULL AND in_force(h, day)
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'unit', r.campaign_id, r.id
        FROM office_holder AS h
        JOIN case_party AS p ON p.unit_id = h.unit_id AND p.capacity = 'subject' AND p.valid_to IS NULL
        JOIN case_row AS r ON r.scope = 'case' AND r.id = p.case_id
        WHERE in_force(h, day) AND h.office = ANY (unit_offices) AND (r.wave IS NULL OR EXISTS (SELECT FROM campaign_wave AS w
          WHERE w.campaign_id = r.campaign_id AND w.wave = r.wave AND w.state = 'standing'))
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'offered', r.campaign_id, r.id
        FROM case_row AS r CROSS JOIN LATERAL jsonb_array_elements_text(r.body->'offered') AS unit
        JOIN office_holder AS h ON h.unit_id = unit::uuid
        WHERE r.scope = 'case' AND r.body->'offered' <> '[]' AND in_force(h, day) AND h.office = ANY (unit_offices)
      UNION ALL
      SELECT h.id, h.person_id, h.office, 'owner', k.id, NULL
        FROM office_holder AS h JOIN campaign AS k ON k.owner_unit = h.unit_id
        WHERE in_force(h, day) AND NOT h.office = ANY (unit_offices) AND NOT h.office = ANY (audit_offices)
          AND h.office <> 'administrator'
    $$;

    -- For policies: as the owner, since the tables it reads are behind the same policies.
    CREATE FUNCTION my_campaigns() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT campaign_id FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND case_id IS NULL
    $$;
    CREATE FUNCTION my_cases() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT case_id FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND case_id IS NOT NULL
    $$;
    -- Campaigns of which anything is reached: whether their waves stand decides what the supervised party hears of.
    CREATE FUNCTION my_surroundings() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT campaign_id FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer()
    $$;
    -- Campaigns that a mandate to read names.
    CREATE FUNCTION my_mandates() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT campaign_id FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND case_id IS NULL AND office = ANY (offices_set('audit_offices'))
    $$;

    -- What a case shows of its campaign to whoever reaches the case only: title and procedure, not the plan.
    CREATE FUNCTION campaign_label(id uuid) RETURNS TABLE (title text, procedure text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT k.draft->>'title', k.draft->>'procedure' FROM campaign AS k
      WHERE k.id = campaign_label.id AND (k.id IN (SELECT my_campaigns()) OR EXISTS (
        SELECT FROM case_row AS r WHERE r.campaign_id = k.id AND r.scope = 'case' AND r.id IN (SELECT my_cases())))
    $$;

    -- Who was here, on what ground, and how it ended; no content.
    ALTER TABLE access_log
      ADD COLUMN outcome text NOT NULL DEFAULT 'read' CHECK (outcome IN ('read', 'denied', 'refused')),
      ADD COLUMN grant_id uuid,
      ADD COLUMN code text;
    CREATE INDEX access_log_case ON access_log (case_id, at) WHERE case_id IS NOT NULL;
    CREATE INDEX access_log_campaign ON access_log (campaign_id, at) WHERE campaign_id IS NOT NULL;

    REVOKE ALL ON content FROM engine;

    DO $$
    DECLARE
      t text;
      directory text[] := ARRAY['org_unit', 'org_name', 'org_parent', 'org_succession', 'person', 'office_holder',
        'recusal'];
      doors text[] := ARRAY['account', 'session', 'try_count', 'known_network', 'second_factor', 'recovery_code'];
      streams text[] := ARRAY['stream', 'ledger', 'ledger_leaf'];
      records text[] := ARRAY['supervision_case', 'case_party', 'outbox', 'content'];
      plans text[] := ARRAY['plan_revision', 'campaign_wave'];
      others text[] := ARRAY['command', 'campaign', 'case_row', 'alarm', 'access_log', 'rehearsal'];
      reached text := 'campaign_id IN (SELECT my_campaigns())';
    BEGIN
      FOREACH t IN ARRAY directory || doors || streams || records || plans || others LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY owner ON %I TO migrator USING (true)', t);
      END LOOP;
      -- Ids, periods and names that everybody who is signed in, or is signing in, may have to be told apart by.
      FOREACH t IN ARRAY directory || doors LOOP
        EXECUTE format('CREATE POLICY app ON %I TO app USING ((SELECT viewer()) IS NOT NULL)', t);
      END LOOP;
      FOREACH t IN ARRAY streams LOOP
        EXECUTE format('CREATE POLICY app ON %I TO app USING (%s OR case_id IN (SELECT my_cases())
          OR (campaign_id IS NULL AND case_id IS NULL AND (SELECT viewer()) IS NOT NULL))', t, reached);
      END LOOP;
      FOREACH t IN ARRAY records LOOP
        EXECUTE format('CREATE POLICY app ON %I TO app USING (%s OR case_id IN (SELECT my_cases()))', t, reached);
      END LOOP;
      -- The engine's own work: every case, and whom to write to. No text, no draft, no account.
      FOREACH t IN ARRAY directory || streams || plans || ARRAY['supervision_case', 'case_party', 'outbox', 'command',
        'case_row', 'alarm'] LOOP
        EXECUTE format('CREATE POLICY engine ON %I TO engine USING (true)', t);
      END LOOP;
      -- The record itself carries ids, dates, codes and hashes and may be checked as a whole; whoever reads words, names or
      -- plans does so for a person with a mandate.
      FOREACH t IN ARRAY streams || ARRAY['supervision_case', 'case_party', 'outbox', 'command', 'case_row', 'campaign_wave',
        'alarm', 'office_holder'] LOOP
        EXECUTE format('CREATE POLICY auditor ON %I TO auditor USING (true)', t);
      END LOOP;
      FOREACH t IN ARRAY ARRAY['org_unit', 'org_name', 'org_parent', 'org_succession', 'person', 'recusal'] LOOP
        EXECUTE format('CREATE POLICY auditor ON %I TO auditor USING (EXISTS (SELECT my_mandates()))', t);
      END LOOP;
      FOREACH t IN ARRAY ARRAY['plan_revision', 'rehearsal', 'content', 'access_log'] LOOP
        EXECUTE format('CREATE POLICY auditor ON %I TO auditor USING (campaign_id IN (SELECT my_mandates()))', t);
      END LOOP;
    END $$;

    CREATE POLICY app ON campaign TO app
      USING (id IN (SELECT my_campaigns()) OR (created_by = (SELECT viewer()) AND state = 'draft'))
      WITH CHECK (id IN (SELECT my_campaigns()) OR (created_by = (SELECT viewer()) AND state = 'draft' AND EXISTS (
        SELECT FROM office_holder AS h
        WHERE h.person_id = (SELECT viewer()) AND h.unit_id = owner_unit AND in_force(h, viewed_on()))));
    CREATE POLICY engine ON campaign TO engine USING (state = 'issued');
    CREATE POLICY auditor ON campaign TO auditor USING (id IN (SELECT my_mandates()));

    CREATE POLICY app ON plan_revision TO app USING (campaign_id IN (SELECT my_campaigns()));
    CREATE POLICY app ON rehearsal TO app USING (EXISTS (SELECT FROM campaign AS k WHERE k.id = campaign_id));
    CREATE POLICY app ON campaign_wave TO app USING (campaign_id IN (SELECT my_surroundings()));
    CREATE POLICY app ON case_row TO app
      USING (campaign_id IN (SELECT my_campaigns()) OR (scope = 'case' AND id IN (SELECT my_cases())));
    CREATE POLICY app ON command TO app USING (actor = (SELECT viewer())::text);
    CREATE POLICY app ON alarm TO app
      USING (stream_id IN (SELECT my_campaigns()::text UNION ALL SELECT my_cases()::text));
    CREATE POLICY eraser ON content TO eraser USING (true);

    -- Everybody's own trace is written in his name; it is read by himself and by whoever has the mandate.
    CREATE POLICY app ON access_log TO app
      USING (person_id = (SELECT viewer()) OR campaign_id IN (SELECT my_mandates()) OR EXISTS (
        SELECT FROM supervision_case AS c WHERE c.case_id = access_log.case_id AND c.campaign_id IN (SELECT my_mandates())))
      WITH CHECK (person_id = (SELECT viewer()));
    CREATE POLICY trace ON access_log FOR INSERT TO auditor WITH CHECK (person_id = (SELECT viewer()));
  `;
}
