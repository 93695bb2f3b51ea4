import { BotError } from '../../src/core/errors.js';
import type { Kaltura } from '../../src/core/ports.js';

const unasked = () => Promise.reject(new BotError('bug', 'Kaltura is not asked here.', ''));

/** A Kaltura that knows its account and answers nothing else: for what has no business asking it. */
export const unaskedKaltura: Kaltura = {
  account: unasked,
  knownAccount: () => ({ partnerId: 101, profiles: [], players: [], multicast: false }),
  create: unasked,
  find: unasked,
  sight: unasked,
  ingest: unasked,
  goLive: unasked,
  end: unasked,
  audience: unasked,
  withPlayers: unasked,
  recordings: unasked,
  download: unasked,
  page: unasked,
  watch: unasked,
  discover: unasked,
  players: unasked,
  addresses: { service: 'https://kaltura.test', content: 'https://kaltura.test', partnerId: 101 },
};
