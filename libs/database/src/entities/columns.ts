import type { ColumnOptions } from 'typeorm';

/** A moment, in and out as a canonical instant. */
export const moment: ColumnOptions = {
  type: 'timestamptz',
  transformer: { to: (instant) => instant, from: (date: Date | null) => date?.toISOString() ?? null },
};
export const momentOrNull: ColumnOptions = { ...moment, nullable: true };
export const uuidOrNull: ColumnOptions = { type: 'uuid', nullable: true };
export const textOrNull: ColumnOptions = { type: 'text', nullable: true };
export const dayOrNull: ColumnOptions = { type: 'date', nullable: true };
export const intOrNull: ColumnOptions = { type: 'integer', nullable: true };
