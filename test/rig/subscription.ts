import type { Subscription } from '../../src/core/subscription.js';

/** A channel that follows all webcasts: the audience by the card's thread and without reminders, unless told otherwise. */
export const following = (facts: Pick<Subscription, 'platform' | 'place'> & Partial<Subscription>): Subscription => ({
  subject: { kind: 'all' },
  mode: 'normal',
  side: 'audience',
  reminders: [],
  mention: undefined,
  numbers: 'off',
  questions: false,
  owner: 'U2',
  paused: undefined,
  ...facts,
});
