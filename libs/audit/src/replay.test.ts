import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { asDone } from './replay.js';

const stored = (name: string) =>
  historyFromJSON(
    JSON.parse(readFileSync(join(import.meta.dirname, '../../../workflows/histories', `${name}.json`), 'utf8')),
  );

describe('the history of a workflow that lives', () => {
  it('is replayed as far as anything was made of it', () => {
    const { events, ...rest } = stored('case-late-and-chased');
    const fired = events!.findIndex(({ timerFiredEventAttributes }) => timerFiredEventAttributes);
    // The timer has fired, its task was handed out, its commit is not on record.
    for (const more of [1, 2, 3])
      expect(asDone({ ...rest, events: events!.slice(0, fired + more) }).events).toEqual(events!.slice(0, fired));
    // Once it is, all of it is.
    expect(asDone({ ...rest, events: events!.slice(0, fired + 5) }).events).toHaveLength(fired + 5);
  });

  it('is whole when it has ended', () => {
    const ended = stored('case-on-time');
    expect(asDone(ended).events).toEqual(ended.events);
  });
});
