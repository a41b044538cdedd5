import { openDatabase } from '@giamsat/database';
import type { DataSource } from 'typeorm';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { environmentOf } from '../client/connect.js';

export async function withDatabase<T>(
  io: Io,
  role: 'AUDITOR' | 'MIGRATOR',
  work: (database: DataSource) => Promise<T>,
): Promise<T> {
  const url = environmentOf(io.env)[`DATABASE_URL_${role}`];
  if (!url)
    throw new Stop('unreachable', {
      vi: `Không biết cơ sở dữ liệu: chạy npm start trước, hoặc đặt DATABASE_URL_${role}.`,
      en: `No database known: run npm start first, or set DATABASE_URL_${role}.`,
    });
  const database = await openDatabase({ url, poolSize: 2, name: 'giamsat-audit' });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}
