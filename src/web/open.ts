import type { Kaltura, Store } from '../core/ports.js';
import type { Secret } from '../core/secret.js';
import type { Errand, Ticket } from '../core/tickets.js';
import type { StudioDownloads } from '../core/tools.js';
import type { Opening } from './go.js';
import type { WayOn } from './page.js';

const minute = 60_000;
/** Minutes that a session is good for beyond the planned end, and when no end is planned. */
const margin = 120;
const standard = 8 * 60;
/** No session lasts longer, in minutes. */
const longest = 24 * 60;

export interface OpenParts {
  readonly kaltura: Pick<Kaltura, 'tools' | 'addresses'>;
  readonly store: Pick<Store, 'notes'>;
  now(): number;
}

/** Does the errand of a one-time link when its button is pressed: mints the session and leads to the tool. */
export function createOpen({ kaltura, store, now }: OpenParts): (ticket: Ticket) => Promise<Opening> {
  return async ({ errand }) => {
    const [note] = await store.notes([errand.webcast]);
    const left = note?.end === undefined ? standard : Math.ceil((note.end - now()) / minute) + margin;
    const minutes = Math.min(Math.max(left, margin), longest);
    const use = { webcast: errand.webcast, user: errand.user, minutes, start: note?.start, end: note?.end };
    switch (errand.kind) {
      case 'studio': {
        const { launch, downloads } = await kaltura.tools.studio(use);
        return studioPage(errand, launch, downloads);
      }
      case 'preview': {
        const { name, player, live, webcast } = errand;
        return {
          kind: 'player',
          player: { name, player, live, webcast, ks: await kaltura.tools.preview(use), at: kaltura.addresses },
        };
      }
      case 'moderator':
        return { kind: 'elsewhere', url: (await kaltura.tools.moderator(use)).reveal() };
      default: {
        const never: never = errand;
        return never;
      }
    }
  };
}

function studioPage(errand: Errand, launch: Secret, downloads: StudioDownloads): Opening {
  const ways: WayOn[] = [{ kind: 'link', label: 'Open the studio', address: launch.reveal() }];
  if (downloads.mac) ways.push({ kind: 'link', label: 'Download the studio for Mac', address: downloads.mac });
  if (downloads.windows)
    ways.push({ kind: 'link', label: 'Download the studio for Windows', address: downloads.windows });
  const lines = [
    'The studio is an app on this computer. Press "Open the studio", and let the browser open it when it asks.',
    'If nothing opens, the studio is not installed: download it, install it, and then press "Open the studio" here again. Keep this page open until then; when it is closed, ask for a new link.',
  ];
  return { kind: 'page', page: { title: `Studio of ${errand.name}`, lines, ways } };
}
