import { BaseEntryListAction } from 'kaltura-typescript-client/types/BaseEntryListAction.js';
import { FlavorAssetGetUrlAction } from 'kaltura-typescript-client/types/FlavorAssetGetUrlAction.js';
import { FlavorAssetListAction } from 'kaltura-typescript-client/types/FlavorAssetListAction.js';
import {
  KalturaFlavorAssetFilter,
  type KalturaFlavorAssetFilterArgs,
} from 'kaltura-typescript-client/types/KalturaFlavorAssetFilter.js';
import { KalturaFlavorAssetStatus } from 'kaltura-typescript-client/types/KalturaFlavorAssetStatus.js';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import { Secret } from '../core/secret.js';
import { type EntryId, entryIdSchema, type Recording } from '../core/webcast.js';
import { BaseEntryFilter } from './client/additions.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { figure, moment, text, word } from './entry.js';
import { largestPage, only, pageOf } from './profile.js';

/** Hidden recordings (-1) and all visible ones, but not what lies in the recycle bin (-2). */
const hiddenToo = '-1,0,1,2';
/** All but deleted: by default a list shows only what is ready. */
const everyState = '-2,-1,0,1,2,4,5,6,7';
/** KalturaSourceType 35: a clip that somebody cut from the show, not a recording of it. */
const clip = '35';

/** Reads KalturaEntryStatus: 2 is ready, 7 waits for content, below 0 failed, 6 is blocked, the rest is on its way. */
function stateOf(status: string): Recording['state'] {
  switch (status) {
    case '2':
      return 'ready';
    case '7':
      return 'waiting';
    case '-2':
    case '-1':
    case '6':
      return 'failed';
    default:
      return 'processing';
  }
}

export const mediaEntry = z.object({
  id: entryIdSchema,
  name: text,
  status: word,
  createdAt: moment,
  duration: figure,
  sourceType: word,
  replacedEntryId: text,
});
const mediaList = z.object({ objects: z.array(mediaEntry) }).transform(({ objects }) => objects);

type RecordedEntries = z.output<typeof mediaList>;

/** Where the entries stand that were recorded from a webcast, hidden ones included, whatever their state. */
export const recordedFrom = (root: EntryId) => ({
  filter: new BaseEntryFilter({
    rootEntryIdEqual: root,
    displayInSearchIn: hiddenToo,
    statusIn: everyState,
    orderBy: '+createdAt',
  }),
  pager: pageOf(largestPage),
});

/** Asks for the entries that were recorded from a webcast. */
export const listParts = (root: EntryId): Question<RecordedEntries> => ({
  request: new BaseEntryListAction({
    ...recordedFrom(root),
    responseProfile: only('id', 'name', 'status', 'createdAt', 'duration', 'sourceType', 'replacedEntryId'),
  }),
  schema: mediaList,
});

const file = z.object({ entryId: text, sizeInBytes: figure, size: figure }).transform(({ entryId, ...sizes }) => ({
  entryId,
  // Some servers round size to kilobytes; sizeInBytes is exact where there is one.
  bytes: sizes.sizeInBytes ?? (sizes.size ?? 0) * 1024,
}));
const fileList = z.object({ objects: z.array(file) }).transform(({ objects }) => objects);

/** Asks for the files that can be downloaded, the largest first: it has the best picture. */
export const listFiles = (filter: KalturaFlavorAssetFilterArgs): Question<z.output<typeof fileList>> => ({
  request: new FlavorAssetListAction({
    filter: new KalturaFlavorAssetFilter({ ...filter, statusEqual: KalturaFlavorAssetStatus.ready, orderBy: '-size' }),
    pager: pageOf(largestPage),
    responseProfile: only('id', 'entryId', 'size', 'sizeInBytes'),
  }),
  schema: fileList,
});

/** Kaltura sets the ids of all objects of the first answer in here, with commas between them. */
export const allListed = '{1:result:objects:_all:id}';

/** The recordings of a webcast, oldest first, hidden ones included; one round trip. Without sizes it is still told. */
export async function listRecordings(connection: Connection, id: EntryId): Promise<readonly Recording[]> {
  const [entries, files] = await connection.askAll([listParts(id), listFiles({ entryIdIn: allListed })], {
    repeatable: true,
  });
  return partsIn(id, must(entries), largestOf(files));
}

/** How large the best file of each entry is, in bytes; nothing where the files are not known. */
export function largestOf(files: z.output<typeof fileList> | KalturaError): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { entryId, bytes } of files instanceof KalturaError ? [] : files)
    if (bytes > (sizes.get(entryId) ?? 0)) sizes.set(entryId, bytes);
  return sizes;
}

/** The recordings of a webcast among its recorded entries, without clips and what is being replaced. */
export const partsIn = (
  id: EntryId,
  entries: RecordedEntries,
  sizes: ReadonlyMap<string, number> = new Map(),
): readonly Recording[] =>
  entries
    .filter((entry) => entry.id !== id && entry.sourceType !== clip && entry.replacedEntryId === '')
    .map((entry) => ({
      id: entry.id,
      name: entry.name,
      state: stateOf(entry.status),
      createdAt: entry.createdAt,
      duration: entry.duration ?? 0,
      size: sizes.get(entry.id),
    }));

/** An address that downloads the best file of a recording; one round trip. */
export async function addressDownload(connection: Connection, recording: EntryId): Promise<Secret> {
  const address: Question<string> = {
    request: new FlavorAssetGetUrlAction({ id: '{1:result:objects:0:id}' }),
    schema: z.url(),
  };
  const [files, url] = await connection.askAll([listFiles({ entryIdEqual: recording }), address], {
    repeatable: true,
  });
  const [best] = must(files);
  if (best === undefined || best.bytes === 0)
    throw new BotError(
      'refused',
      `The recording ${recording} has no file that can be downloaded yet.`,
      'It can be watched as soon as it is ready; the file follows when Kaltura has finished processing it.',
    );
  return new Secret(must(url));
}
