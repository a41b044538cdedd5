import { createTestDatabase, type TestDatabase } from '../testing/index.js';

describe('entities', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  it('are the tables that the migrations made, column by column', async () => {
    const dataSource = await db.open('superuser', 1);
    const told = dataSource.entityMetadatas.flatMap((entity) =>
      entity.columns.map((column) =>
        describeColumn(entity.tableName, column.databaseName, String(column.type), column.isNullable),
      ),
    );
    const made: { table_name: string; column_name: string; data_type: string; is_nullable: string }[] =
      await dataSource.query(
        `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> 'migrations' AND data_type <> 'xid8'`,
      );
    expect(told.sort()).toEqual(
      made
        .map((c) =>
          describeColumn(c.table_name, c.column_name, SHORT[c.data_type] ?? c.data_type, c.is_nullable === 'YES'),
        )
        .sort(),
    );
  });

  const SHORT: Record<string, string> = { 'timestamp with time zone': 'timestamptz' };
  const describeColumn = (table: string, column: string, type: string, nullable: boolean) =>
    `${table}.${column} ${type}${nullable ? ' null' : ''}`;
});
