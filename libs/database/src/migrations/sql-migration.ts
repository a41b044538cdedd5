import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration is SQL read by a person. Forward only: what is wrong is put right by the next one. */
export abstract class SqlMigration implements MigrationInterface {
  /** TypeORM orders by the thirteen digits at the end of the name */
  abstract readonly name: string;
  protected abstract readonly sql: string;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.sql);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
