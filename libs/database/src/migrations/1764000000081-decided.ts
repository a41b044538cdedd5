import { SqlMigration } from './sql-migration.js';

/** The watchdog asks what was decided lately, to see whether the workflows have heard of it. */
export class Decided extends SqlMigration {
  readonly name = 'Decided1764000000081';
  protected readonly sql = `
    CREATE INDEX command_decided ON command (decided_at) WHERE outcome = 'accepted';
  `;
}
