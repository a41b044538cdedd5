import { SqlMigration } from './sql-migration.js';

/**
 * A commit rests on offices that are held on its own day (`giamsat.day`, set with it): one that was ended meanwhile carries
 * nothing, whether it was revoked or its term is over. A unit that comes back to a case stands in it again.
 */
export class Standing extends SqlMigration {
  readonly name = 'Standing1764000000051';
  protected readonly sql = `
    -- Which procedure a stream is pinned to is asked of every line of a board.
    CREATE INDEX ledger_procedure ON ledger (stream_kind, stream_id, seq DESC) WHERE type IN ('opened', 'procedureApplied');

    CREATE OR REPLACE FUNCTION grants_stand(wanted uuid[]) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      -- Locked first, so that one being taken away at this moment is waited for; then looked at as they are.
      PERFORM FROM office_holder WHERE id = ANY (wanted) ORDER BY id FOR SHARE;
      PERFORM FROM account WHERE person_id IN (SELECT person_id FROM office_holder WHERE id = ANY (wanted))
        ORDER BY person_id FOR SHARE;
      RETURN (SELECT count(*) = cardinality(wanted) AND bool_and(in_force(h, viewed_on()) AND a.disabled_at IS NULL)
        FROM office_holder AS h LEFT JOIN account AS a USING (person_id) WHERE h.id = ANY (wanted));
    END $$;

    CREATE OR REPLACE FUNCTION write_parties(s stream, units jsonb, since timestamptz) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE case_party SET valid_to = since
        WHERE case_id = s.case_id AND capacity = 'subject' AND valid_to IS NULL AND NOT units ? unit_id::text;
      -- One that left at the very moment at which it came has its old standing back.
      INSERT INTO case_party AS p (case_id, campaign_id, unit_id, capacity, valid_from)
        SELECT s.case_id, s.campaign_id, unit::uuid, 'subject', since FROM jsonb_array_elements_text(units) AS unit
        WHERE NOT EXISTS (SELECT FROM case_party AS standing WHERE standing.case_id = s.case_id
          AND standing.unit_id = unit::uuid AND standing.capacity = 'subject' AND standing.valid_to IS NULL)
        ON CONFLICT (case_id, unit_id, capacity, valid_from) DO UPDATE SET valid_to = NULL;
    END $$;
  `;
}
