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
import type { HealthDesk } from './health.js';
import { listParts, partsIn } from './recordings.js';

/** Entries in one call: several calls of a hundred were seen to answer sooner than one of five hundred. */
const together = 100;

/** What is asked here is about this very moment, so answers that the server kept are of no use. */
const rightNow = { repeatable: true, fresh: true } as const;

/**
 * Looks at many webcasts: one round trip for each hundred of them, and one for each hundred of those whose paths or
 * recordings are wanted too; what Kaltura says of pictures is asked along with the paths. Those that Kaltura does not
 * have are left out.
 */
export async function watchWebcasts(
  connection: Connection,
  desk: HealthDesk,
  ids: readonly EntryId[],
  more: (webcast: Webcast) => GlanceMore,
): Promise<readonly Glance[]> {
  const lists = await Promise.all(
    portions(ids).map((some) =>
      connection.ask(listWebcasts({ idIn: some.join(',') }, together), rightNow).then(({ webcasts }) => webcasts),
    ),
  );
  const webcasts = lists.flat();
  const wanted = new Map(webcasts.map((webcast) => [webcast.id, more(webcast)]));
  const wanting = (part: keyof GlanceMore) => webcasts.filter(({ id }) => wanted.get(id)?.[part] === true);
  const pictures = wanting('health');
  const onPaths = wanting('paths');
  const own = onPaths.filter(({ source }) => source === 'own');
  const sent = onPaths.filter(({ source }) => source !== 'own');
  const [playing, { paths, healthOf }, parts] = await Promise.all([
    askPlaying(connection, own),
    askPaths(connection, desk, sent, pictures),
    askAbout(connection, wanting('recordings'), ({ id }) => listParts(id)),
  ]);
  const looked = new Set(pictures.map(({ id }) => id));
  return webcasts.map((listed) => {
    const webcast = playing.has(listed.id) ? ({ ...listed, feed: 'picture', open: true } as const) : listed;
    const details = paths.get(webcast.id);
    const entries = parts.get(webcast.id);
    const recordings: readonly Recording[] | undefined = entries && partsIn(webcast.id, entries);
    const health = looked.has(webcast.id) ? healthOf(webcast.id) : undefined;
    return { webcast, main: details?.main, backup: details?.backup, audience: details?.audience, recordings, health };
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

/** Asks what arrives, a hundred in a round trip; the few questions about pictures ride along with the first of them. */
async function askPaths(
  connection: Connection,
  desk: HealthDesk,
  webcasts: readonly Webcast[],
  pictures: readonly Webcast[],
) {
  const questions = desk.questions(pictures.map(({ id }) => id));
  const groups = portions(webcasts);
  const [first = [], ...rest] = groups;
  const [[looks, beacons], others] = await Promise.all([
    first.length + questions.length === 0
      ? [[], []]
      : connection.askLists([first.map(({ id }) => detailsOf(id)), questions], rightNow),
    askAbout(connection, rest.flat(), ({ id }) => detailsOf(id)),
  ]);
  const paths = new Map<EntryId, Details>(others);
  keep(first, looks, paths);
  return { paths, healthOf: desk.read(beacons) };
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
      keep(some, ones, found);
    }),
  );
  return found;
}

function keep<T>(webcasts: readonly Webcast[], answers: readonly (T | KalturaError)[], found: Map<EntryId, T>): void {
  for (const [index, answer] of answers.entries()) {
    const webcast = webcasts[index];
    if (webcast && !(answer instanceof KalturaError)) found.set(webcast.id, answer);
  }
}

function portions<T>(all: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / together);
  return Array.from({ length: count }, (_, index) => all.slice(index * together, (index + 1) * together));
}
