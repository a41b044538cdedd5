export { inTransaction, openDatabase, type DatabaseOptions } from './data-source.js';
export { migrate, pendingMigrations, type MigrateOptions } from './migrate.js';
export { ROLES, roleUrl, type Role, type RolePasswords } from './roles.js';
export { catchUp, commitStream } from './ledger/commit.js';
export { leafHash } from './ledger/events-as-parameters.js';
export type { FrozenPlan } from './ledger/launch.js';
