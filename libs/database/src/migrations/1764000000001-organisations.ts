import { SqlMigration } from './sql-migration.js';

/**
 * Units and their lives. Periods are half open: `valid_to` is the first day it no longer holds, so that a unit abolished on
 * 1 July and its successor share that one date.
 */
export class Organisations extends SqlMigration {
  readonly name = 'Organisations1764000000001';
  protected readonly sql = `
    GRANT USAGE ON SCHEMA public TO app, engine, auditor, eraser;
    GRANT SELECT ON migrations TO app, engine, auditor;

    CREATE TABLE org_unit (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      kind text NOT NULL,
      symbol text,
      created_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE org_name (
      unit_id uuid NOT NULL REFERENCES org_unit,
      name text NOT NULL,
      valid_from date NOT NULL,
      valid_to date,
      PRIMARY KEY (unit_id, valid_from),
      CHECK (valid_to > valid_from)
    );

    CREATE TABLE org_parent (
      unit_id uuid NOT NULL REFERENCES org_unit,
      parent_id uuid NOT NULL REFERENCES org_unit,
      valid_from date NOT NULL,
      valid_to date,
      PRIMARY KEY (unit_id, valid_from),
      CHECK (valid_to > valid_from),
      CHECK (parent_id <> unit_id)
    );
    CREATE INDEX org_parent_children ON org_parent (parent_id, valid_from);

    -- One row per pair: a split has several successors, a merger several predecessors, a dissolution none (successor null).
    CREATE TABLE org_succession (
      unit_id uuid NOT NULL REFERENCES org_unit,
      successor_id uuid REFERENCES org_unit,
      kind text NOT NULL CHECK (kind IN ('merge', 'split', 'dissolve', 'rename')),
      effective_on date NOT NULL,
      instrument jsonb,
      UNIQUE NULLS NOT DISTINCT (unit_id, successor_id, effective_on),
      CHECK ((successor_id IS NULL) = (kind = 'dissolve'))
    );
    CREATE INDEX org_succession_successor ON org_succession (successor_id);

    GRANT SELECT ON org_unit, org_name, org_parent, org_succession TO app, engine, auditor;
    GRANT INSERT ON org_unit, org_name, org_parent, org_succession TO app;
    GRANT UPDATE (symbol) ON org_unit TO app;
    GRANT UPDATE (valid_to) ON org_name, org_parent TO app;
  `;
}
