import { SqlMigration } from './sql-migration.js';

/**
 * A correction waits here for its second person (design §4.4): what is to be corrected, and what it moved when it was
 * proposed. Ids, dates, codes and hashes only. Of no concern to the supervised unit, which reads the correction itself.
 */
export class SecondPerson extends SqlMigration {
  readonly name = 'SecondPerson1764000000050';
  protected readonly sql = `
    CREATE TABLE correction_proposal (
      id uuid PRIMARY KEY,
      scope text NOT NULL CHECK (scope IN ('case', 'campaign')),
      campaign_id uuid NOT NULL,
      case_id uuid,
      unit_id uuid,
      -- the command without its envelope, the paper that came with it, and what both moved
      body jsonb NOT NULL,
      paper jsonb,
      movement jsonb NOT NULL,
      proposed_by uuid NOT NULL REFERENCES person,
      capacity text NOT NULL,
      grant_id uuid NOT NULL REFERENCES office_holder,
      acting_for uuid REFERENCES person,
      proposed_at timestamptz NOT NULL,
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'declined')),
      settled_by uuid REFERENCES person,
      settled_at timestamptz,
      CHECK ((scope = 'case') = (case_id IS NOT NULL)),
      CHECK (state <> 'confirmed' OR settled_by <> proposed_by)
    );
    CREATE INDEX correction_proposal_open ON correction_proposal (campaign_id, case_id) WHERE state = 'open';
    GRANT SELECT, INSERT, UPDATE (state, settled_by, settled_at) ON correction_proposal TO app;
    GRANT SELECT ON correction_proposal TO auditor;

    -- Cases reached from inside: by an office on the case or in its team.
    CREATE FUNCTION my_cases_inside() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT case_id FROM reaching(viewed_on(), offices_set('unit_offices'), offices_set('audit_offices'))
      WHERE person_id = viewer() AND case_id IS NOT NULL AND NOT office = ANY (offices_set('unit_offices'))
    $$;

    ALTER TABLE correction_proposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY owner ON correction_proposal TO migrator USING (true);
    CREATE POLICY auditor ON correction_proposal TO auditor USING (true);
    CREATE POLICY app ON correction_proposal FOR SELECT TO app
      USING (campaign_id IN (SELECT my_campaigns()) OR case_id IN (SELECT my_cases_inside()));
    CREATE POLICY proposing ON correction_proposal FOR INSERT TO app WITH CHECK (proposed_by = (SELECT viewer())
      AND (campaign_id IN (SELECT my_campaigns()) OR case_id IN (SELECT my_cases_inside())));
    CREATE POLICY settling ON correction_proposal FOR UPDATE TO app
      USING (state = 'open' AND (campaign_id IN (SELECT my_campaigns()) OR case_id IN (SELECT my_cases_inside())))
      WITH CHECK (settled_by = (SELECT viewer()));
  `;
}
