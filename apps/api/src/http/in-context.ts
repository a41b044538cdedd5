import { NOBODY, type ScopedDatabase } from '@giamsat/database';
import type { NextFunction, Request, Response } from 'express';
import type { Rights } from '../rights/rights.js';

/** Every request asks the database as nobody, until the doorkeeper knows who it is; what it left open ends with it. */
export const inContext =
  (database: ScopedDatabase, rights: Rights) =>
  (_: Request, response: Response, next: NextFunction): void =>
    database.within(rights.reader(NOBODY), (end) => {
      response.once('close', () => void end());
      next();
    });
