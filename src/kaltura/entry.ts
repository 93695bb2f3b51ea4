import { z } from 'zod';
import {
  type Audience,
  type EntryId,
  entryIdSchema,
  type Feed,
  type Instant,
  instant,
  type RecordingMode,
  type Webcast,
} from '../core/webcast.js';
import { BroadcastStatus } from './client/additions.js';

/** The properties of a live stream entry that a Webcast is made of. */
export const webcastFields = [
  'id',
  'name',
  'description',
  'tags',
  'adminTags',
  'status',
  'sourceType',
  'createdAt',
  'dvrStatus',
  'dvrWindow',
  'recordStatus',
  'explicitLive',
  'conversionProfileId',
  'pushPublishEnabled',
  'recordingOptions',
  'liveStatus',
  'viewMode',
  'recordingStatus',
  'currentBroadcastStartTime',
  'lastBroadcastEndTime',
  'broadcastTime',
  'recordedEntryId',
  'redirectEntryId',
] as const;

/** A text that Kaltura leaves out when it has none. */
export const text = z.string().catch('');
/** Reads JSON that Kaltura keeps as text; what cannot be read is undefined. */
export function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
/** A number that Kaltura leaves out when it has none. */
export const figure = z.number().optional().catch(undefined);
/** The value of a string enumeration, which the client wraps in an object. */
export const word = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined || value === null ? '' : String(value)));
/** A comma list as its parts. */
export const commaList = text.transform((list) =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
/** A date of the client; an entry without one counts as older than all others. */
export const moment = z
  .date()
  .catch(new Date(0))
  .transform((date) => instant(date.getTime()));

const flag = figure.transform((value) => value === 1);

/** Seconds since 1970, where 0 means never. The schema calls one of these milliseconds; the server stores seconds. */
const seconds = figure.transform((value): Instant | undefined => {
  if (value === undefined || value <= 0) return undefined;
  return instant(value > 100_000_000_000 ? value : value * 1000);
});

const otherEntry = z
  .string()
  .catch('')
  .transform((id): EntryId | undefined => {
    const parsed = entryIdSchema.safeParse(id);
    return parsed.success ? parsed.data : undefined;
  });

/** Reads KalturaEntryServerNodeStatus: 1 is playable, 2 and 3 are on the way there, the rest is no picture. */
function feedOf(status: number | undefined): Feed {
  switch (status) {
    case 1:
      return 'picture';
    case 2:
    case 3:
      return 'connecting';
    case -1:
      return 'error';
    default:
      return 'none';
  }
}

function recordingModeOf(recordStatus: number | undefined): RecordingMode {
  switch (recordStatus) {
    case 1:
      return 'append';
    case 2:
      return 'per-session';
    default:
      return 'off';
  }
}

function recordingNowOf(recordingStatus: number | undefined): Webcast['recordingNow'] {
  switch (recordingStatus) {
    case 1:
      return 'paused';
    case 2:
      return 'running';
    case 3:
      return 'off';
    default:
      return 'stopped';
  }
}

/** KalturaSourceType 30: the customer's own HLS or DASH address. */
const ownSource = '30';

const recordingOptions = z
  .object({ shouldCopyEntitlement: flag, shouldMakeHidden: flag, shouldAutoArchive: flag })
  .catch({ shouldCopyEntitlement: false, shouldMakeHidden: false, shouldAutoArchive: false });

/** Reads a live stream entry as the client parsed it into our Webcast; status tells a deleted one. */
export const entrySchema = z
  .object({
    id: entryIdSchema,
    name: text,
    description: text,
    tags: commaList,
    adminTags: commaList,
    status: word,
    sourceType: word,
    createdAt: moment,
    dvrStatus: flag,
    dvrWindow: figure,
    recordStatus: figure,
    explicitLive: flag,
    conversionProfileId: figure,
    pushPublishEnabled: flag,
    recordingOptions,
    liveStatus: figure,
    viewMode: figure,
    recordingStatus: figure,
    currentBroadcastStartTime: seconds,
    lastBroadcastEndTime: seconds,
    broadcastTime: seconds,
    recordedEntryId: otherEntry,
    redirectEntryId: otherEntry,
  })
  .transform((entry): { readonly status: string; readonly webcast: Webcast } => ({
    status: entry.status,
    webcast: {
      id: entry.id,
      name: entry.name,
      description: entry.description,
      tags: entry.tags,
      adminTags: entry.adminTags,
      source: entry.sourceType === ownSource ? 'own' : 'kaltura',
      dvr: entry.dvrStatus,
      dvrWindow: entry.dvrWindow,
      recording: recordingModeOf(entry.recordStatus),
      preview: entry.explicitLive,
      profileId: entry.conversionProfileId,
      multicast: entry.pushPublishEnabled,
      copyEntitlement: entry.recordingOptions.shouldCopyEntitlement,
      hideRecording: entry.recordingOptions.shouldMakeHidden,
      archive: entry.recordingOptions.shouldAutoArchive,
      feed: feedOf(entry.liveStatus),
      // Without preview whatever arrives is shown; there viewMode always reads 1.
      open: entry.viewMode === undefined ? !entry.explicitLive : entry.viewMode === 1,
      recordingNow: recordingNowOf(entry.recordingStatus),
      connectedSince: entry.currentBroadcastStartTime,
      lastEnded: entry.lastBroadcastEndTime,
      firstShown: entry.broadcastTime,
      recordedEntryId: entry.recordedEntryId,
      redirectEntryId: entry.redirectEntryId,
      createdAt: entry.createdAt,
    },
  }));

/** KalturaEntryStatus 3; a list by one id still returns what was deleted. */
export const deleted = '3';

/** Reads a page of live stream entries without the deleted ones. */
export const entryListSchema = z
  .object({ objects: z.array(entrySchema), totalCount: figure })
  .transform(({ objects, totalCount }) => {
    const webcasts = objects.filter(({ status }) => status !== deleted).map(({ webcast }) => webcast);
    return { webcasts, total: totalCount ?? webcasts.length };
  });

function audienceOf(broadcastStatus: number | undefined): Audience {
  switch (broadcastStatus) {
    case BroadcastStatus.live:
      return 'live';
    case BroadcastStatus.preview:
      return 'preview';
    default:
      return 'nothing';
  }
}

/** Reads KalturaLiveStreamDetails: both paths and what an ordinary viewer gets. */
export const detailsSchema = z
  .object({ primaryStreamStatus: figure, secondaryStreamStatus: figure, broadcastStatus: z.number() })
  .transform((details) => ({
    main: feedOf(details.primaryStreamStatus),
    backup: feedOf(details.secondaryStreamStatus),
    audience: audienceOf(details.broadcastStatus),
  }));
export type Details = z.output<typeof detailsSchema>;
