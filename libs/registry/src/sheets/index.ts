/** Units, people and offices from and to sheets. Reads bytes, writes bytes, touches nothing else. */
export { headingsOf, PERSON_COLUMNS, UNIT_COLUMNS } from './columns.js';
export { planImport, type ImportPlan, type KnownPerson, type OnConflict, type Write } from './plan.js';
export { readSheets, type Sheet } from './read.js';
export { rowsOf } from './rows.js';
export { writeCsv, writeXlsx } from './write.js';
