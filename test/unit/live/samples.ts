import type { Event } from '../../../src/core/events.js';
import { entryIdSchema, type Instant, instant, type Webcast, type WebcastNote } from '../../../src/core/webcast.js';
import type { Known } from '../../../src/live/known.js';
import { type Seen, step } from '../../../src/live/step.js';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
/** When the sample show is planned to start. */
export const start = instant(Date.parse('2026-11-22T15:00:00Z'));

export const webcast = (facts: Partial<Webcast> = {}): Webcast => ({
  id: entryIdSchema.parse('1_ab12cd34'),
  name: 'Q3 Town Hall',
  description: '',
  tags: [],
  adminTags: [],
  source: 'kaltura',
  dvr: true,
  dvrWindow: 60,
  recording: 'per-session',
  preview: true,
  profileId: undefined,
  multicast: false,
  copyEntitlement: true,
  hideRecording: true,
  archive: false,
  feed: 'none',
  open: false,
  recordingNow: 'stopped',
  connectedSince: undefined,
  lastEnded: undefined,
  firstShown: undefined,
  recordedEntryId: undefined,
  redirectEntryId: undefined,
  createdAt: instant(start - 24 * hour),
  ...facts,
});

export const note = (facts: Partial<WebcastNote> = {}): WebcastNote => ({
  id: webcast().id,
  name: 'Q3 Town Hall',
  start,
  end: instant(start + hour),
  zone: undefined,
  liveSince: undefined,
  endedAt: undefined,
  ...facts,
});

/** What Kaltura answers in each state of the stream, as it was seen on a server. */
export const states = {
  off: {},
  connecting: { feed: 'connecting', connectedSince: instant(start - 20 * minute) },
  preview: { feed: 'picture', connectedSince: instant(start - 20 * minute) },
  live: { feed: 'picture', open: true, recordingNow: 'running', connectedSince: instant(start - 20 * minute) },
  dropped: { feed: 'none', open: false, connectedSince: undefined, lastEnded: instant(start + 10 * minute) },
  back: { feed: 'picture', open: false, connectedSince: instant(start + 11 * minute) },
  again: { feed: 'picture', open: true, recordingNow: 'running', connectedSince: instant(start + 11 * minute) },
} satisfies Record<string, Partial<Webcast>>;
export type State = keyof typeof states;

/** A webcast that is looked at again and again; times are milliseconds after the planned start. */
export function createStory(planned: WebcastNote | 'unplanned' = note(), plain: Partial<Webcast> = {}) {
  let known: Known | undefined;
  let remembered = planned === 'unplanned' ? undefined : planned;
  const events: Event[] = [];
  return {
    get known() {
      return known;
    },
    get phase() {
      return known?.phase;
    },
    events,
    kinds: () => events.map(({ kind }) => kind),
    remember(facts: Partial<WebcastNote>) {
      remembered = { ...(remembered ?? note()), ...facts };
    },
    look(state: State | Partial<Webcast>, after: number, more: Partial<Seen> = {}) {
      const facts = typeof state === 'string' ? states[state] : state;
      const now: Instant = instant(start + after);
      const took = step(known, { webcast: webcast({ ...plain, ...facts }), note: remembered, ...more }, now);
      known = took?.known;
      events.push(...(took?.events ?? []));
      return took?.events.map(({ kind }) => kind) ?? [];
    },
    vanish(after: number) {
      known = step(known, { webcast: undefined, note: remembered }, instant(start + after))?.known;
    },
  };
}
