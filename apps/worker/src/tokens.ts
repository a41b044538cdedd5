/** What Nest hands out besides classes. */
export const CONFIG = Symbol('config');
export const DATABASE = Symbol('database');
export const TEMPORAL = Symbol('temporal client');
export const MAILER = Symbol('mailer');
export const LOG = Symbol('log');
