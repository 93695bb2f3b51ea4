import { KalturaDVRStatus } from 'kaltura-typescript-client/types/KalturaDVRStatus.js';
import { KalturaLivePublishStatus } from 'kaltura-typescript-client/types/KalturaLivePublishStatus.js';
import { LiveStreamDeleteAction } from 'kaltura-typescript-client/types/LiveStreamDeleteAction.js';
import { LiveStreamGetAction } from 'kaltura-typescript-client/types/LiveStreamGetAction.js';
import { LiveStreamUpdateAction } from 'kaltura-typescript-client/types/LiveStreamUpdateAction.js';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import type { Log } from '../core/ports.js';
import type { EntryId, Webcast, WebcastChanges } from '../core/webcast.js';
import { LiveStreamEntry, RecordingOptions } from './client/additions.js';
import type { Connection } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { recordStatus, yesOrNo } from './create.js';
import { entrySchema, webcastFields } from './entry.js';
import { only } from './profile.js';

export interface UpdateParts {
  readonly connection: Connection;
  readonly log: Log;
}

/**
 * Changes these settings and nothing else, and gives the webcast as Kaltura has it then; one round trip, two where
 * recording options change. The same values again change nothing, so it is repeated until it has an answer.
 */
export async function updateWebcast(parts: UpdateParts, id: EntryId, changes: WebcastChanges): Promise<Webcast> {
  const { connection, log } = parts;
  const options = await recordingOptionsWith(connection, id, changes);
  const liveStreamEntry = new LiveStreamEntry({
    ...entryOf(changes),
    ...(options ? { recordingOptions: options } : {}),
  });
  const request = new LiveStreamUpdateAction({ entryId: id, liveStreamEntry, responseProfile: only(...webcastFields) });
  try {
    const { webcast } = await connection.ask({ request, schema: entrySchema }, { repeatable: true });
    return webcast;
  } catch (error) {
    if (!(error instanceof KalturaError) || !error.unclear) throw error;
    log.warn({ code: error.code, webcast: id }, 'the outcome of a change is unclear');
    throw new BotError(
      'outcome_unknown',
      'Kaltura gave no good answer, so it is not known whether the webcast was changed.',
      'Ask for the same again: what was changed already stays as it is.',
      error,
    );
  }
}

/** The properties of the entry that these changes set; whatever is not named is left alone by Kaltura. */
function entryOf(changes: WebcastChanges): ConstructorParameters<typeof LiveStreamEntry>[0] {
  const { name, description, tags, adminTags, dvr, dvrWindow, recording, preview, profileId, multicast } = changes;
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags: tags.join(',') }),
    ...(adminTags === undefined ? {} : { adminTags: adminTags.join(',') }),
    ...(dvr === undefined ? {} : { dvrStatus: dvr ? KalturaDVRStatus.enabled : KalturaDVRStatus.disabled }),
    ...(dvrWindow === undefined ? {} : { dvrWindow }),
    ...(recording === undefined ? {} : { recordStatus: recordStatus[recording] }),
    ...(preview === undefined ? {} : { explicitLive: yesOrNo(preview) }),
    ...(profileId === undefined ? {} : { conversionProfileId: profileId }),
    ...(multicast === undefined
      ? {}
      : { pushPublishEnabled: multicast ? KalturaLivePublishStatus.enabled : KalturaLivePublishStatus.disabled }),
  };
}

const switched = z.number().optional().catch(undefined);
const worded = z.string().optional().catch(undefined);
const standingOptions = z.object({
  recordingOptions: z
    .object({
      shouldCopyEntitlement: switched,
      shouldCopyScheduling: switched,
      shouldCopyThumbnail: switched,
      shouldMakeHidden: switched,
      shouldAutoArchive: switched,
      nonDeletedCuePointsTags: worded,
      archiveVodSuffixTimezone: worded,
    })
    .optional()
    .catch(undefined),
});

/** Kaltura replaces recording options as a whole, so that those which stand are read and sent along. */
async function recordingOptionsWith(
  connection: Connection,
  id: EntryId,
  { copyEntitlement, hideRecording, archive }: WebcastChanges,
): Promise<RecordingOptions | undefined> {
  if (copyEntitlement === undefined && hideRecording === undefined && archive === undefined) return undefined;
  const request = new LiveStreamGetAction({ entryId: id, responseProfile: only('id', 'recordingOptions') });
  const { recordingOptions: standing } = await connection.ask(
    { request, schema: standingOptions },
    { repeatable: true, fresh: true },
  );
  return new RecordingOptions({
    ...Object.fromEntries(Object.entries(standing ?? {}).filter(([, value]) => value !== undefined)),
    ...(copyEntitlement === undefined ? {} : { shouldCopyEntitlement: yesOrNo(copyEntitlement) }),
    ...(hideRecording === undefined ? {} : { shouldMakeHidden: yesOrNo(hideRecording) }),
    ...(archive === undefined ? {} : { shouldAutoArchive: yesOrNo(archive) }),
  });
}

/** Deletes the webcast, not its recordings; one round trip. One that is gone already, by a lost answer too, is as good. */
export async function deleteWebcast(connection: Connection, id: EntryId): Promise<void> {
  try {
    await connection.ask(
      { request: new LiveStreamDeleteAction({ entryId: id }), schema: z.unknown() },
      { repeatable: true },
    );
  } catch (error) {
    if (!(error instanceof KalturaError) || error.code !== 'ENTRY_ID_NOT_FOUND') throw error;
  }
}
