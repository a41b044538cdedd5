import { civilText } from './installation.js';

it('writes a due by the clock of the installation, whatever the machine shows', () => {
  expect(civilText('2026-11-24')).toBe('2026-11-24');
  expect(civilText('2026-11-24T18:05:30.250Z')).toBe('2026-11-25T01:05:30');
});
