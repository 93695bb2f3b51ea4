import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { CalendarFile, CalendarLink } from '../core/calendar.js';
import { BotError } from '../core/errors.js';
import type { LiveStore } from '../core/live.js';
import type { Kaltura, Log, Store } from '../core/ports.js';
import type { Secret } from '../core/secret.js';
import { type EntryId, entryIdSchema } from '../core/webcast.js';
import { writeCalendar } from '../show/ics.js';
import { watchLink } from '../show/player.js';
import { isGone, readKnown } from './known.js';

export interface CalendarParts {
  readonly store: Pick<Store, 'edition'> & Pick<LiveStore, 'known'>;
  readonly kaltura: Pick<Kaltura, 'players' | 'addresses'>;
  /** The same in all replicas and after every start; the addresses change with it. */
  readonly secret: Secret;
  /** Where people reach the front, without a final slash. */
  readonly publicUrl: string;
  readonly log: Log;
}

/** The calendar files of webcasts, each under an address that cannot be guessed and stays as long as the webcast. */
export interface Calendar {
  readonly linkOf: CalendarLink;
  /** The file of a token, as the plan stands now; undefined for a token that was not given out, or without a plan. */
  find(token: string): Promise<CalendarFile | undefined>;
}

/** Where the front serves the files. */
export const calendarPath = '/calendar/';

export function createCalendar({ store, kaltura, secret, publicUrl, log }: CalendarParts): Calendar {
  const key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', 'calendar addresses, version 1', 32));
  const sign = (id: string): Buffer =>
    Buffer.from(createHmac('sha256', key).update(id).digest().subarray(0, 16).toString('base64url'));

  /** The webcast that a token was made for; all of a token is compared, whatever is wrong with it. */
  function read(token: string): EntryId | undefined {
    const [id = '', ...rest] = token.split('.');
    const given = Buffer.from(rest.join('.'));
    const expected = sign(id);
    const same = given.length === expected.length && timingSafeEqual(given, expected);
    return same ? entryIdSchema.safeParse(id).data : undefined;
  }

  return {
    linkOf: (webcast) => `${publicUrl}${calendarPath}${webcast}.${sign(webcast)}.ics`,

    async find(token) {
      const id = read(token);
      const edition = id && (await store.edition(id));
      if (!edition) return undefined;
      const known = readKnown(await store.known(id));
      const gone = known && isGone(known) ? known.seenAt : undefined;
      return writeCalendar(edition, { addresses: kaltura.addresses, watch: await watchPage(id), gone });
    },
  };

  /** A calendar is of use without the page too, so a Kaltura that does not answer keeps nobody from it. */
  async function watchPage(id: EntryId): Promise<string | undefined> {
    try {
      const player = (await kaltura.players()).find(({ generation }) => generation === 'v7');
      return player && watchLink(kaltura.addresses, player.id, id);
    } catch (error) {
      if (!(error instanceof BotError)) throw error;
      log.warn({ err: error, webcast: id }, 'A calendar file goes without its page');
      return undefined;
    }
  }
}
