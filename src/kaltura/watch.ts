import { KalturaPlaybackProtocol } from 'kaltura-typescript-client/types/KalturaPlaybackProtocol.js';
import { LiveStreamIsLiveAction } from 'kaltura-typescript-client/types/LiveStreamIsLiveAction.js';
import { z } from 'zod';
import type { Glance, GlanceMore } from '../core/live.js';
import type { EntryId, Recording, Webcast } from '../core/webcast.js';
import { detailsOf } from './broadcast.js';
import type { Question } from './client/caller.js';
import type { Connection } from './client/connection.js';
import { KalturaError } from './client/error.js';
import type { Details } from './entry.js';
import { listWebcasts } from './find.js';
import { listParts, partsIn } from './recordings.js';

/** Entries in one call: several calls of a hundred were seen to answer sooner than one of five hundred. */
const together = 100;

/** What is asked here is about this very moment, so answers that the server kept are of no use. */
const rightNow = { repeatable: true, fresh: true } as const;

/**
 * Looks at many webcasts: one round trip for each hundred of them, and one for each hundred of those whose paths or
 * recordings are wanted too. Those that Kaltura does not have are left out.
 */
export async function watchWebcasts(
  connection: Connection,
  ids: readonly EntryId[],
  more: (webcast: Webcast) => GlanceMore,
): Promise<readonly Glance[]> {
  const lists = await Promise.all(
    portions(ids).map((some) =>
      connection.ask(listWebcasts({ idIn: some.join(',') }, together), rightNow).then(({ webcasts }) => webcasts),
    ),
  );
  const webcasts = lists.flat();
  const asked = webcasts.filter((one) => more(one).paths);
  const playing = await askPlaying(
    connection,
    asked.filter(({ source }) => source === 'own'),
  );
  const paths = await askAbout(
    connection,
    asked.filter(({ source }) => source !== 'own'),
    ({ id }) => detailsOf(id),
  );
  const parts = await askAbout(
    connection,
    webcasts.filter((one) => more(one).recordings),
    ({ id }) => listParts(id),
  );
  return webcasts.map((listed) => {
    const webcast = playing.has(listed.id) ? ({ ...listed, feed: 'picture', open: true } as const) : listed;
    const details: Details | undefined = paths.get(webcast.id);
    const entries = parts.get(webcast.id);
    const recordings: readonly Recording[] | undefined = entries && partsIn(webcast.id, entries);
    return { webcast, main: details?.main, backup: details?.backup, audience: details?.audience, recordings };
  });
}

/** Those of the webcasts whose own stream plays now; Kaltura looks into the playlist of the protocol that it is asked for. */
async function askPlaying(connection: Connection, webcasts: readonly Webcast[]): Promise<ReadonlySet<EntryId>> {
  const protocols = [KalturaPlaybackProtocol.appleHttp, KalturaPlaybackProtocol.mpegDash];
  const answers = await Promise.all(
    protocols.map((protocol) =>
      askAbout(connection, webcasts, ({ id }) => ({
        request: new LiveStreamIsLiveAction({ id, protocol }),
        schema: z.boolean(),
      })),
    ),
  );
  return new Set(webcasts.map(({ id }) => id).filter((id) => answers.some((plays) => plays.get(id) === true)));
}

/** One question about each, a hundred in a round trip; one that fails is left out, and asked again by the next look. */
async function askAbout<T>(
  connection: Connection,
  webcasts: readonly Webcast[],
  question: (webcast: Webcast) => Question<T>,
): Promise<ReadonlyMap<EntryId, T>> {
  const found = new Map<EntryId, T>();
  await Promise.all(
    portions(webcasts).map(async (some) => {
      const { ones } = await connection.askBoth(some.map(question), [], rightNow);
      for (const [index, answer] of ones.entries()) {
        const webcast = some[index];
        if (webcast && !(answer instanceof KalturaError)) found.set(webcast.id, answer);
      }
    }),
  );
  return found;
}

function portions<T>(all: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / together);
  return Array.from({ length: count }, (_, index) => all.slice(index * together, (index + 1) * together));
}
