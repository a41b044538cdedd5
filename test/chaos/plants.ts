import type { DataSource } from 'typeorm';

/** Faults of the one commit that chaos must find: in a function of the database, this text becomes that. */
export const PLANTS = {
  'forget-commands': ['commit_stream', `c.command_id = command AND`, `c.command_id = '' AND`],
  'ignore-behind': ['commit_stream', 'IF FOUND OR s.head_seq > after THEN', 'after := s.head_seq; IF FOUND THEN'],
  'forget-row': ['commit_stream', 'write_row(s, board_row, due), write_effects', 'write_effects'],
  'forget-notices': ['write_effects', 'PERFORM owe_notices(s, event);', 'NULL;'],
} as const satisfies Record<string, readonly [string, string, string]>;
export type Plant = keyof typeof PLANTS;

export async function plantFault(database: DataSource, plant: Plant): Promise<void> {
  const [name, sound, broken] = PLANTS[plant];
  const [found]: { text: string }[] = await database.query(`SELECT pg_get_functiondef($1::regproc) AS text`, [name]);
  if (!found?.text.includes(sound)) throw new Error(`${name} has no ${sound}`);
  await database.query(found.text.replace(sound, broken));
}
