import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFrom } from './secret-files.js';

describe('secrets in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const file = join(folder, 'key');
  writeFileSync(file, 'the secret\n');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are read for the names that are secrets, and for no other', () => {
    expect(settingsFrom({ KEY_FILE: file, OTHER_FILE: file, EMPTY: '' }, ['KEY'])).toEqual({
      KEY: 'the secret',
      KEY_FILE: file,
      OTHER_FILE: file,
    });
  });

  it('are refused by name when there are two, or none where one was promised', () => {
    expect(() => settingsFrom({ KEY: 'x', KEY_FILE: file }, ['KEY'])).toThrow(/^KEY: /);
    expect(() => settingsFrom({ KEY_FILE: join(folder, 'none') }, ['KEY'])).toThrow(/^KEY_FILE: /);
  });
});
