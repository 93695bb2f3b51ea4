import { KalturaPlaybackProtocol } from 'kaltura-typescript-client/types/KalturaPlaybackProtocol.js';
import { LiveStreamIsLiveAction } from 'kaltura-typescript-client/types/LiveStreamIsLiveAction.js';
import { z } from 'zod';
import type { Asking, Glance, GlanceMore } from '../core/live.js';
import type { EntryId, Recording, Webcast } from '../core/webcast.js';
import { detailsOf } from './broadcast.js';
import type { Question } from './client/caller.js';
import type { Connection } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { listWebcasts } from './find.js';
import type { HealthDesk } from './health.js';
import { listParts, partsIn } from './recordings.js';

/** Entries in one call: several calls of a hundred were seen to answer sooner than one of five hundred. */
const together = 100;

/** What is asked here is about this very moment, so answers that the server kept are of no use. */
const rightNow = { repeatable: true, fresh: true } as const;

/** An attempt whose failure is followed by another of its own. */
const once = { ...rightNow, repeatable: false } as const;

/**
 * Looks at many webcasts: one round trip for each hundred of them, in which Kaltura also says what it knows of their
 * pictures, and one for each hundred of those whose paths or recordings are wanted too. Those that Kaltura does not have
 * are left out.
 */
export async function watchWebcasts(
  connection: Connection,
  desk: HealthDesk,
  ids: readonly EntryId[],
  asking: Asking,
): Promise<readonly Glance[]> {
  const lists = await Promise.all(portions(ids).map((some) => listWithHealth(connection, desk, some, asking.health)));
  const webcasts = lists.flatMap((list) => list.webcasts);
  const healthOf = desk.read(lists.flatMap(({ beacons }) => beacons));
  const wanted = new Map(webcasts.map((webcast) => [webcast.id, asking.more(webcast)]));
  const wanting = (part: keyof GlanceMore) => webcasts.filter(({ id }) => wanted.get(id)?.[part] === true);
  const onPaths = wanting('paths');
  const own = onPaths.filter(({ source }) => source === 'own');
  const sent = onPaths.filter(({ source }) => source !== 'own');
  const [playing, paths, parts] = await Promise.all([
    askPlaying(connection, own),
    askAbout(connection, sent, ({ id }) => detailsOf(id)),
    askAbout(connection, wanting('recordings'), ({ id }) => listParts(id)),
  ]);
  return webcasts.map((listed) => {
    const webcast = playing.has(listed.id) ? ({ ...listed, feed: 'picture', open: true } as const) : listed;
    const details = paths.get(webcast.id);
    const entries = parts.get(webcast.id);
    const recordings: readonly Recording[] | undefined = entries && partsIn(webcast.id, entries);
    const health = asking.health.has(webcast.id) ? healthOf(webcast.id) : undefined;
    return { webcast, main: details?.main, backup: details?.backup, audience: details?.audience, recordings, health };
  });
}

/**
 * Lists up to a hundred webcasts, with what Kaltura says of the pictures of some. When that does not come as one answer
 * the list is asked for alone: it must not wait for reports that hang.
 */
async function listWithHealth(
  connection: Connection,
  desk: HealthDesk,
  ids: readonly EntryId[],
  health: ReadonlySet<EntryId>,
): Promise<{ readonly webcasts: readonly Webcast[]; readonly beacons: Parameters<HealthDesk['read']>[0] }> {
  const list = listWebcasts({ idIn: ids.join(',') }, together);
  const questions = desk.questions(ids.filter((id) => health.has(id)));
  if (questions.length === 0) return { ...(await connection.ask(list, rightNow)), beacons: [] };
  const [[listed], beacons] = await connection.askLists([[list], questions], once);
  if (listed !== undefined && !(listed instanceof KalturaError)) return { webcasts: listed.webcasts, beacons };
  return { ...(await connection.ask(list, rightNow)), beacons };
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
