import type { Envelope } from '@giamsat/procedure';

/** Who acts when nobody does: moments, launches, ends of notices. No person and no office has this id. */
export const ENGINE = 'engine';

export const engineEnvelope = (commandId: string, enteredAt: string): Envelope => ({
  commandId,
  actor: ENGINE,
  capacity: ENGINE,
  grants: [],
  enteredAt,
  dates: {},
});
