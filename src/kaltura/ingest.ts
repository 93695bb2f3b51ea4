import { z } from 'zod';
import { BotError } from '../core/errors.js';
import type { Which } from '../core/ports.js';
import { Secret } from '../core/secret.js';
import type { EntryId, Ingest, IngestPath, Webcast } from '../core/webcast.js';
import { LiveStreamRegenerateStreamTokenAction } from './client/additions.js';
import { type Connection, must } from './client/connection.js';
import { deleted, entrySchema, text, webcastFields } from './entry.js';
import { filtersFor, foundIn, requestWebcasts } from './find.js';
import { only } from './profile.js';

const addressFields = [
  'streamName',
  'primaryBroadcastingUrl',
  'secondaryBroadcastingUrl',
  'primarySecuredBroadcastingUrl',
  'secondarySecuredBroadcastingUrl',
  'primarySrtBroadcastingUrl',
  'primarySrtStreamId',
  'secondarySrtBroadcastingUrl',
  'secondarySrtStreamId',
  'primaryRtspBroadcastingUrl',
  'secondaryRtspBroadcastingUrl',
] as const;

/** Each address holds the stream's password, so it is a secret from the moment it is read. */
const address = text.transform((url) => (url === '' ? undefined : new Secret(url)));

const addressesSchema = z
  .object({
    streamName: text,
    primaryBroadcastingUrl: address,
    secondaryBroadcastingUrl: address,
    primarySecuredBroadcastingUrl: address,
    secondarySecuredBroadcastingUrl: address,
    primarySrtBroadcastingUrl: address,
    primarySrtStreamId: address,
    secondarySrtBroadcastingUrl: address,
    secondarySrtStreamId: address,
    primaryRtspBroadcastingUrl: address,
    secondaryRtspBroadcastingUrl: address,
  })
  .transform((entry): { readonly ingest: Ingest | undefined } => {
    const main: IngestPath = {
      rtmps: entry.primarySecuredBroadcastingUrl,
      rtmp: entry.primaryBroadcastingUrl,
      srt: entry.primarySrtBroadcastingUrl,
      srtStreamId: entry.primarySrtStreamId,
      rtsp: entry.primaryRtspBroadcastingUrl,
    };
    const backup: IngestPath = {
      rtmps: entry.secondarySecuredBroadcastingUrl,
      rtmp: entry.secondaryBroadcastingUrl,
      srt: entry.secondarySrtBroadcastingUrl,
      srtStreamId: entry.secondarySrtStreamId,
      rtsp: entry.secondaryRtspBroadcastingUrl,
    };
    const given = [...Object.values(main), ...Object.values(backup)].some((one) => one !== undefined);
    return { ingest: given ? { streamName: entry.streamName, main, backup } : undefined };
  });

const addressedList = z
  .object({ objects: z.array(z.intersection(entrySchema, addressesSchema)) })
  .transform(({ objects }) => {
    const standing = objects.filter(({ status }) => status !== deleted);
    return {
      webcasts: standing.map(({ webcast }) => webcast),
      ingests: standing.flatMap(({ webcast, ingest }) => (ingest ? [[webcast.id, ingest] as const] : [])),
    };
  });

/** The webcasts in question and where their encoders send to; one round trip. */
export async function findIngest(
  connection: Connection,
  which: Which,
): Promise<{ found: readonly Webcast[]; ingests: ReadonlyMap<EntryId, Ingest> }> {
  const questions = filtersFor(which).map((filter) => ({
    request: requestWebcasts(filter, [...webcastFields, ...addressFields]),
    schema: addressedList,
  }));
  if (questions.length === 0) return { found: [], ingests: new Map() };
  const lists = (await connection.askAll(questions, { repeatable: true })).map(must);
  return { found: foundIn(which, lists), ingests: new Map(lists.flatMap(({ ingests }) => ingests)) };
}

/** Changes the stream password and gives the new addresses; one round trip. A second change is as good as the first. */
export async function renewIngest(connection: Connection, id: EntryId): Promise<Ingest> {
  const request = new LiveStreamRegenerateStreamTokenAction({ entryId: id, responseProfile: only(...addressFields) });
  const { ingest } = await connection.ask({ request, schema: addressesSchema }, { repeatable: true });
  if (ingest) return ingest;
  throw new BotError(
    'refused',
    'The stream password was changed, but Kaltura does not show the new addresses to this bot.',
    'Look them up in the Kaltura console, or have the bot connected with an admin session.',
  );
}
