import { LiveStreamUpdateAction } from 'kaltura-typescript-client/types/LiveStreamUpdateAction.js';
import { z } from 'zod';
import type { Which } from '../core/ports.js';
import type { Audience, EntryId, Sighting, Webcast } from '../core/webcast.js';
import { LiveStreamEntry, LiveStreamGetDetailsAction, RecordingStatus, ViewMode } from './client/additions.js';
import type { Question } from './client/caller.js';
import type { Connection } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { type Details, detailsSchema } from './entry.js';
import { foundIn, questionsFor, type WebcastList } from './find.js';
import { only } from './profile.js';

/** What is asked here is about this very moment, so answers that the server kept are of no use. */
const rightNow = { repeatable: true, fresh: true } as const;

/** Asks what arrives for one webcast; the id may be a reference to an earlier answer of the same round trip. */
export const detailsOf = (id: string): Question<Details> => ({
  request: new LiveStreamGetDetailsAction({ id }),
  schema: detailsSchema,
});

/** A webcast to be looked at before it is known: the object at a place of a list. */
interface Place {
  readonly list: number;
  readonly place: number;
  readonly id: string;
}

const referTo = (list: number, place: number): Place => ({
  list,
  place,
  id: `{${list + 1}:result:objects:${place}:id}`,
});

/** Which webcasts to look at in the same round trip: by words several, since the best fit may not be the newest. */
function placesAhead(which: Which): readonly Place[] {
  switch (which.by) {
    case 'id':
      return [{ list: 0, place: 0, id: which.id }];
    case 'ids':
      return [referTo(0, 0)];
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

/** Pairs the details with the webcasts that they were asked for. */
function detailsByWebcast(
  lists: readonly (WebcastList | KalturaError)[],
  places: readonly Place[],
  answers: readonly (Details | KalturaError)[],
): ReadonlyMap<EntryId, Details | KalturaError> {
  const pairs = new Map<EntryId, Details | KalturaError>();
  for (const [index, { list, place }] of places.entries()) {
    const listed = lists[list];
    const webcast = listed instanceof KalturaError ? undefined : listed?.webcasts[place];
    const details = answers[index];
    if (webcast !== undefined && details !== undefined) pairs.set(webcast.id, details);
  }
  return pairs;
}

/** The webcasts in question and what arrives for the first of them; one round trip, a second if it stood far down. */
export async function sightWebcasts(
  connection: Connection,
  which: Which,
): Promise<{ found: readonly Webcast[]; first: Sighting | undefined }> {
  const questions = questionsFor(which);
  if (questions.length === 0) return { found: [], first: undefined };
  const places = placesAhead(which);
  const { ones, others } = await connection.askBoth(
    questions,
    places.map(({ id }) => detailsOf(id)),
    rightNow,
  );
  const found = foundIn(which, ones);
  const [webcast] = found;
  if (webcast === undefined) return { found, first: undefined };
  const seen = detailsByWebcast(ones, places, others).get(webcast.id);
  const details = seen ?? (await connection.ask(detailsOf(webcast.id), rightNow));
  if (!(details instanceof KalturaError)) return { found, first: { webcast, ...details } };
  if (unknownEntry.has(details.code)) return { found: [], first: undefined };
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
