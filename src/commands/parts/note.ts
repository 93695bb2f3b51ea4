import type { Webcast, WebcastNote } from '../../core/webcast.js';

/** What is remembered of a webcast that was not made here. */
export const unplanned = ({ id, name }: Webcast): WebcastNote => ({
  id,
  name,
  start: undefined,
  end: undefined,
  zone: undefined,
  liveSince: undefined,
  endedAt: undefined,
});
