import { z } from 'zod';
import type { Which } from '../core/ports.js';
import { Secret } from '../core/secret.js';
import type { EntryId, Ingest, IngestPath, Webcast } from '../core/webcast.js';
import { type Connection, must } from './client/connection.js';
import { deleted, entrySchema, text, webcastFields } from './entry.js';
import { filtersFor, foundIn, requestWebcasts } from './find.js';

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
  })
  .transform((entry): { readonly ingest: Ingest | undefined } => {
    const main: IngestPath = {
      rtmps: entry.primarySecuredBroadcastingUrl,
      rtmp: entry.primaryBroadcastingUrl,
      srt: entry.primarySrtBroadcastingUrl,
      srtStreamId: entry.primarySrtStreamId,
    };
    const backup: IngestPath = {
      rtmps: entry.secondarySecuredBroadcastingUrl,
      rtmp: entry.secondaryBroadcastingUrl,
      srt: entry.secondarySrtBroadcastingUrl,
      srtStreamId: entry.secondarySrtStreamId,
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
