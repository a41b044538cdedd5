/** What Nest hands out besides classes. */
export const CONFIG = Symbol('config');
export const DATABASE = Symbol('database');
/** shared by the worker and the client, so that the server can hand a started workflow straight to this worker */
export const CONNECTION = Symbol('temporal connection');
export const TEMPORAL = Symbol('temporal client');
export const MAILER = Symbol('mailer');
export const LOG = Symbol('log');
