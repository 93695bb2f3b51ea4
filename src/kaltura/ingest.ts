import { z } from 'zod';
import type { Which } from '../core/ports.js';
import { Secret } from '../core/secret.js';
import type { Ingest, IngestPath, Webcast } from '../core/webcast.js';
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
      ingests: new Map(standing.map(({ webcast, ingest }) => [webcast.id, ingest])),
    };
  });

/** The webcasts in question and where the first one's encoder sends to; one round trip. */
export async function findIngest(
  connection: Connection,
  which: Which,
): Promise<{ found: readonly Webcast[]; first: Ingest | undefined }> {
  const questions = filtersFor(which).map((filter) => ({
    request: requestWebcasts(filter, [...webcastFields, ...addressFields]),
    schema: addressedList,
  }));
  if (questions.length === 0) return { found: [], first: undefined };
  const lists = (await connection.askAll(questions, { repeatable: true })).map(must);
  const found = foundIn(which, lists);
  const [first] = found;
  if (first === undefined) return { found, first: undefined };
  return { found, first: lists.map(({ ingests }) => ingests.get(first.id)).find((ingest) => ingest !== undefined) };
}
