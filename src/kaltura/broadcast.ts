import { LiveStreamUpdateAction } from 'kaltura-typescript-client/types/LiveStreamUpdateAction.js';
import { z } from 'zod';
import type { Which } from '../core/ports.js';
import type { Audience, EntryId, Sighting, Webcast } from '../core/webcast.js';
import { LiveStreamEntry, LiveStreamGetDetailsAction, RecordingStatus, ViewMode } from './client/additions.js';
import type { Question } from './client/caller.js';
import type { Connection } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { type Details, detailsSchema } from './entry.js';
import { foundIn, most, questionsFor, type WebcastList } from './find.js';
import type { HealthDesk } from './health.js';
import { only } from './profile.js';

/** What is asked here is about this very moment, so answers that the server kept are of no use. */
const rightNow = { repeatable: true, fresh: true } as const;

/** Asks what arrives for one webcast; the id may be a reference to an earlier answer of the same round trip. */
export const detailsOf = (id: string): Question<Details> => ({
  request: new LiveStreamGetDetailsAction({ id }),
  schema: detailsSchema,
});

/** A webcast to be looked at: by its id, or before it is known as the object at a place of a list. */
interface Place {
  readonly id: string;
  readonly at?: { readonly list: number; readonly place: number };
}

const referTo = (list: number, place: number): Place => ({
  id: `{${list + 1}:result:objects:${place}:id}`,
  at: { list, place },
});

/** Which webcasts to look at in the same round trip: by words several, since the best fit may not be the newest. */
export function placesAhead(which: Which): readonly Place[] {
  switch (which.by) {
    case 'id':
      return [{ id: which.id }];
    case 'ids':
      return which.ids.slice(0, most).map((id) => ({ id }));
    case 'words':
      return [referTo(0, 0), referTo(1, 0), referTo(1, 1), referTo(2, 0)];
    default: {
      const never: never = which;
      return never;
    }
  }
}

/** What getDetails says of an entry that is none of ours, and of a reference that found nothing. */
const unknownEntry = new Set(['INVALID_ENTRY_ID', 'ENTRY_ID_NOT_FOUND']);

/** The id that was looked at, when the list it stands in has such an object. */
export function idAt({ id, at }: Place, lists: readonly (WebcastList | KalturaError)[]): string | undefined {
  if (at === undefined) return id;
  const list = lists[at.list];
  return list instanceof KalturaError ? undefined : list?.webcasts[at.place]?.id;
}

/** The webcasts in question, what arrives for them and how it looks; one round trip, a second if the best fit stood far down. */
export async function sightWebcasts(
  connection: Connection,
  desk: HealthDesk,
  which: Which,
): Promise<{ found: readonly Webcast[]; sightings: readonly Sighting[] }> {
  const questions = questionsFor(which);
  if (questions.length === 0) return { found: [], sightings: [] };
  const places = placesAhead(which);
  const ids = places.map(({ id }) => id);
  const [lists, looks, beacons] = await connection.askLists(
    [questions, ids.map(detailsOf), desk.questions(ids)],
    rightNow,
  );
  const details = new Map(places.map((place, index) => [idAt(place, lists), looks[index]]));
  const found = foundIn(which, lists);
  let healthOf = desk.read(beacons);
  const [first] = found;
  if (first !== undefined && details.get(first.id) === undefined) {
    const [[look], later] = await connection.askLists([[detailsOf(first.id)], desk.questions([first.id])], rightNow);
    details.set(first.id, look);
    healthOf = desk.read(later);
  }
  const seen = found.filter((webcast) => isThere(details.get(webcast.id)));
  const sightings = seen.flatMap((webcast): Sighting[] => {
    const one = details.get(webcast.id);
    return one === undefined || one instanceof KalturaError ? [] : [{ webcast, ...one, health: healthOf(webcast.id) }];
  });
  return { found: seen, sightings };
}

/** Whether a webcast still stands; what Kaltura says beside "no such entry" is an error of the whole question. */
function isThere(details: Details | KalturaError | undefined): boolean {
  if (!(details instanceof KalturaError)) return true;
  if (unknownEntry.has(details.code)) return false;
  throw details;
}

/** What an ordinary viewer gets now; one round trip. An administrator's isLive would count the preview too. */
export async function seeAudience(connection: Connection, id: EntryId): Promise<Audience> {
  const { audience } = await connection.ask(detailsOf(id), rightNow);
  return audience;
}

/** Sets what viewers get and what is recorded. The same values again change nothing, so it may be repeated. */
async function setBroadcast(connection: Connection, id: EntryId, viewMode: number, recording: number): Promise<void> {
  const request = new LiveStreamUpdateAction({
    entryId: id,
    liveStreamEntry: new LiveStreamEntry({ viewMode, recordingStatus: recording }),
    responseProfile: only('id'),
  });
  await connection.ask({ request, schema: z.object({ id: z.string() }) }, { repeatable: true });
}

/** Opens the webcast to viewers and starts the recording; one round trip. */
export const goLive = (connection: Connection, id: EntryId): Promise<void> =>
  setBroadcast(connection, id, ViewMode.allowAll, RecordingStatus.active);

/** Closes the webcast to viewers and stops the recording; one round trip. */
export const endBroadcast = (connection: Connection, id: EntryId): Promise<void> =>
  setBroadcast(connection, id, ViewMode.preview, RecordingStatus.stopped);
