import type { LiveStore } from '../core/live.js';
import { instant } from '../core/webcast.js';
import type { Speech } from './dialect.js';

type UpkeepVerbs = 'recover' | 'pullIn' | 'forgetNotices' | 'finished' | 'forgetWebcasts';

/** Longer than any lease that is given, in milliseconds. */
const longestLease = 60_000;
const leased = ['watched', 'cards', 'notices'] as const;

/** What keeps the tables of the live room in order: after a crash, after a clock was set back, and over the months. */
export function createUpkeep({ db, exclusive }: Speech): Pick<LiveStore, UpkeepVerbs> {
  return {
    async recover() {
      if (!exclusive) return;
      // The claims stay on cards and notices: that they were cut off is what makes their next attempt an unsure one.
      for (const table of leased)
        await db
          .updateTable(table)
          .set({ lease_until: instant(0) })
          .where('lease_until', '>', instant(0))
          .execute();
    },

    async pullIn(now, reach) {
      const far = instant(now + reach);
      const lease = instant(now + longestLease);
      for (const table of leased)
        await db.updateTable(table).set({ lease_until: lease }).where('lease_until', '>', lease).execute();
      await db.updateTable('watched').set({ due_at: now }).where('due_at', '>', far).execute();
      await db.updateTable('cards').set({ retry_at: now }).where('retry_at', '>', far).execute();
      await db
        .updateTable('notices')
        .set({ due_at: now })
        .where('due_at', '>', far)
        .where('state', 'in', ['pending', 'sending'])
        // Reminders are due before a start, whatever the clock said when they were written down.
        .where('key', 'not like', 'reminder:%')
        .execute();
    },

    async forgetNotices(before, limit) {
      const settled = db
        .selectFrom('notices')
        .select('key')
        .where('state', 'in', ['sent', 'dropped'])
        .where('due_at', '<', before)
        .limit(limit);
      const { numDeletedRows } = await db.deleteFrom('notices').where('key', 'in', settled).executeTakeFirst();
      return Number(numDeletedRows);
    },

    async finished(after, limit) {
      const rows = await db
        .selectFrom('watched')
        .select(['webcast', 'known'])
        .where('due_at', 'is', null)
        .$if(after !== undefined, (query) => (after === undefined ? query : query.where('webcast', '>', after)))
        .orderBy('webcast')
        .limit(limit)
        .execute();
      return rows.map(({ webcast, known }) => ({ webcast, known: known ?? undefined }));
    },

    async forgetWebcasts(webcasts) {
      if (webcasts.length === 0) return;
      // A nudge that came meanwhile has made it due again.
      await db.deleteFrom('watched').where('webcast', 'in', webcasts).where('due_at', 'is', null).execute();
    },
  };
}
