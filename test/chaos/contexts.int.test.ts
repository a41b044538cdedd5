import { createTestDatabase } from '@giamsat/database/testing';
import { storm } from './contexts.js';
import { generator } from './random.js';
import { watchedCampaigns } from './watched.js';

/** The short form; `npm run chaos` runs ten thousand. Shown to bite by setting the viewer for the session, not the transaction. */
it('leaves nobody’s context to the next one on a connection, however a transaction ends', async () => {
  const db = await createTestDatabase();
  try {
    const watched = await watchedCampaigns(await db.open('superuser'), await db.open('engine'), 2);
    const found = await storm(await db.open('app', 5), watched, 600, generator(5));
    expect(Object.keys(found.ends).sort()).toEqual(
      ['committed', 'cut off', 'failed', 'given up', 'nobody', 'read', 'timed out'].sort(),
    );
    expect({ foreign: found.foreign, blind: found.blind }).toEqual({ foreign: 0, blind: 0 });
  } finally {
    await db.drop();
  }
});
