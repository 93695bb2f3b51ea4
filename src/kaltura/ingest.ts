import { KalturaLiveStreamEntryFilter } from 'kaltura-typescript-client/types/KalturaLiveStreamEntryFilter.js';
import { LiveStreamListAction } from 'kaltura-typescript-client/types/LiveStreamListAction.js';
import { z } from 'zod';
import type { Which } from '../core/ports.js';
import { Secret } from '../core/secret.js';
import type { Ingest, IngestPath, Webcast } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { entrySchema, text, webcastFields } from './entry.js';
import { filtersFor, foundIn } from './find.js';
import { only, pageOf } from './profile.js';

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
  .transform((entry): Ingest | undefined => {
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
    return given ? { streamName: entry.streamName, main, backup } : undefined;
  });

interface Addressed {
  readonly webcast: Webcast;
  readonly ingest: Ingest | undefined;
}

/** KalturaEntryStatus 3; a list by one id still returns what was deleted. */
const deleted = '3';

const addressedList = z.object({ objects: z.array(z.unknown()) }).transform(({ objects }): readonly Addressed[] =>
  objects.flatMap((object) => {
    const { status, webcast } = entrySchema.parse(object);
    return status === deleted ? [] : [{ webcast, ingest: addressesSchema.parse(object) }];
  }),
);

/** The webcasts in question and where the first one's encoder sends to; one round trip. */
export async function findIngest(
  connection: Connection,
  which: Which,
): Promise<{ found: readonly Webcast[]; first: Ingest | undefined }> {
  const questions = filtersFor(which).map(
    (filter): Question<readonly Addressed[]> => ({
      request: new LiveStreamListAction({
        filter: new KalturaLiveStreamEntryFilter({ orderBy: '-createdAt', ...filter }),
        pager: pageOf(20),
        responseProfile: only(...webcastFields, ...addressFields),
      }),
      schema: addressedList,
    }),
  );
  if (questions.length === 0) return { found: [], first: undefined };
  const lists = (await connection.askAll(questions, { repeatable: true })).map(must);
  const found = foundIn(
    which,
    lists.map((list) => ({ webcasts: list.map(({ webcast }) => webcast), total: list.length })),
  );
  return { found, first: lists.flat().find(({ webcast }) => webcast.id === found[0]?.id)?.ingest };
}
