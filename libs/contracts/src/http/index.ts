/** What crosses between the api and whoever calls it: the route table, its schemas, its words, and a client made of it. */
export { type AlarmKind, ALARMS, sayAlarm } from './alarms.js';
export { type CampaignDocument, type CampaignDocumentInput, campaignDocument } from './campaign-document.js';
export { type Client, type ClientOptions, createClient, type ResponseOf } from './client.js';
export { COMMIT_CODES, DOOR_CODES, type DoorCode, PROBLEM_CODES, type ProblemCode, statusOf } from './codes.js';
export {
  COMMAND_SCHEMAS,
  type CommandInput,
  type CommandRequest,
  ENGINE_COMMANDS,
  type PersonCommandType,
  TEXT_FIELDS,
} from './commands.js';
export { DOCUMENT_WORDS, type DocumentCode, documentMistake } from './document-mistakes.js';
export { sayIssue } from './issues.js';
export { type Mistake, type Problem, problem, PROBLEM_TYPE, ProblemError, problemOf } from './problem.js';
export {
  RECUSAL_REASONS,
  type RecusalReason,
  REGISTER_WORDS,
  type RegisterCode,
  registerMistake,
  UNIT_KINDS,
  type UnitKind,
} from './register-mistakes.js';
export { SECRET_MARKINGS } from './values.js';
export { personEmail, personName, registerCode, unitName } from './routes-organisation.js';
export { type Access, CSRF_HEADER, idempotencyKey, KEY_HEADER, PREFIX, problemsOf, type RouteSpec } from './route.js';
export { type RouteName, ROUTES, type Routes } from './routes.js';
export { type Warning, warningOf } from './warnings.js';
export { PROBLEM_WORDS, say, type Words } from './words.js';
