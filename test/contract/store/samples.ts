import type { Place } from '../../../src/core/ports.js';
import { type EntryId, entryIdSchema, instant, type WebcastNote, type Zone } from '../../../src/core/webcast.js';

export const town: Place = { tenant: 'T1', channel: 'C1', direct: false };

/** The id of the nth entry, such as 1_webcast7. */
export const entry = (n: number): EntryId => entryIdSchema.parse(`1_webcast${n}`);

/** A note of the nth webcast, planned from start to end unless told otherwise. */
export function note(n: number, facts: Partial<WebcastNote> = {}): WebcastNote {
  return {
    id: entry(n),
    name: `Webcast ${n}`,
    start: instant(1000 * n),
    end: instant(1000 * n + 500),
    zone: 'Europe/Berlin' as Zone,
    liveSince: undefined,
    endedAt: undefined,
    ...facts,
  };
}
