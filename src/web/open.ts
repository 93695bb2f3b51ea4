import { sameUser } from '../core/crew.js';
import { BotError } from '../core/errors.js';
import type { Kaltura, Store } from '../core/ports.js';
import type { Secret } from '../core/secret.js';
import type { Errand, Ticket } from '../core/tickets.js';
import type { StudioDownloads } from '../core/tools.js';
import type { Page, WayOn } from './page.js';
import type { PlayerPage } from './player.js';

const minute = 60_000;
/** Minutes that a session is good for beyond the planned end, and when no end is planned. */
const margin = 120;
const standard = 8 * 60;
/** No session lasts longer, in minutes. */
const longest = 24 * 60;

export interface OpenParts {
  readonly kaltura: Pick<Kaltura, 'tools' | 'addresses'>;
  readonly store: Pick<Store, 'notes' | 'presenters'>;
  now(): number;
}

/** Does the errand of a one-time link when its button is pressed: mints the session and leads to the tool. */
export function createOpen({ kaltura, store, now }: OpenParts): (ticket: Ticket) => Promise<Page | PlayerPage> {
  /** A presenter's right may have ended since the link was made. */
  async function checkRight({ by, webcast, user, name }: Errand): Promise<void> {
    if (by === 'producer') return;
    const presenters = await store.presenters(webcast);
    if (presenters.some((one) => sameUser(one.user, user))) return;
    const why = `You do not present ${name} any more.`;
    throw new BotError('forbidden', why, 'Ask a producer of the webcast to add you again.');
  }

  return async ({ errand }) => {
    await checkRight(errand);
    const [note] = await store.notes([errand.webcast]);
    const left = note?.end === undefined ? standard : Math.ceil((note.end - now()) / minute) + margin;
    const minutes = Math.min(Math.max(left, margin), longest);
    const { webcast, user, by } = errand;
    const use = { webcast, user, by, minutes, start: note?.start, end: note?.end };
    switch (errand.kind) {
      case 'studio': {
        const { launch, downloads } = await kaltura.tools.studio(use);
        return studioPage(errand, launch, downloads, minutes);
      }
      case 'preview': {
        const { name, player, live } = errand;
        return { name, player, live, webcast, ks: await kaltura.tools.preview(use), at: kaltura.addresses };
      }
      case 'moderator':
        return moderatorPage(errand, await kaltura.tools.moderator(use), minutes);
      default: {
        const never: never = errand;
        return never;
      }
    }
  };
}

function studioPage(errand: Errand, launch: Secret, downloads: StudioDownloads, minutes: number): Page {
  const ways: WayOn[] = [{ kind: 'link', label: 'Open the studio', address: launch.reveal() }];
  if (downloads.mac) ways.push({ kind: 'link', label: 'Download the studio for Mac', address: downloads.mac });
  if (downloads.windows)
    ways.push({ kind: 'link', label: 'Download the studio for Windows', address: downloads.windows });
  const lines = [
    `You are signed in as ${errand.user} for ${sayLength(minutes)} from now, in the studio and nowhere else.`,
    'The studio is an app on this computer. Press "Open the studio", and let the browser open it when it asks.',
    ...(downloads.mac || downloads.windows
      ? [
          'If nothing opens, the studio is not installed: download it, install it, and then press "Open the studio" here again. Keep this page open until then; when it is closed, ask for a new link.',
        ]
      : [
          'If nothing opens, the studio is not installed, and Kaltura names no download for this account: ask whoever looks after Kaltura for it.',
        ]),
    'If it still does not open: it runs on Mac and Windows, not on phones; some browsers ask in the address bar; and a company computer may have to be allowed to open apps from web pages.',
  ];
  return { title: `Studio of ${errand.name}`, lines, ways };
}

function moderatorPage(errand: Errand, view: Secret, minutes: number): Page {
  const onward = view.reveal();
  const lines = [
    `The moderator view opens by itself. You are signed in as ${errand.user} for ${sayLength(minutes)} from now.`,
  ];
  const ways: WayOn[] = [{ kind: 'link', label: 'Open the moderator view', address: onward }];
  return { title: `Moderator view of ${errand.name}`, lines, ways, onward };
}

/** A length of time in whole hours from two hours on: "190 minutes" tells nobody anything. */
function sayLength(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}
