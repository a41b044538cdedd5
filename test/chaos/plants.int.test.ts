import { createTestDatabase } from '@giamsat/database/testing';
import { plantFault, PLANTS, type Plant } from './plants.js';

/** `npm run chaos -- --plant NAME` must find each; here only that the place of each is still there. */
it('every fault that chaos must find can be planted', async () => {
  const db = await createTestDatabase();
  try {
    const owner = await db.open('superuser');
    for (const plant of Object.keys(PLANTS) as Plant[]) await plantFault(owner, plant);
  } finally {
    await db.drop();
  }
});
