import { createHash } from 'node:crypto';
import { KalturaDVRStatus } from 'kaltura-typescript-client/types/KalturaDVRStatus.js';
import { KalturaLivePublishStatus } from 'kaltura-typescript-client/types/KalturaLivePublishStatus.js';
import { KalturaLiveStreamConfiguration } from 'kaltura-typescript-client/types/KalturaLiveStreamConfiguration.js';
import { KalturaMediaType } from 'kaltura-typescript-client/types/KalturaMediaType.js';
import { KalturaNullableBoolean } from 'kaltura-typescript-client/types/KalturaNullableBoolean.js';
import { KalturaPlaybackProtocol } from 'kaltura-typescript-client/types/KalturaPlaybackProtocol.js';
import { KalturaRecordStatus } from 'kaltura-typescript-client/types/KalturaRecordStatus.js';
import { KalturaSourceType } from 'kaltura-typescript-client/types/KalturaSourceType.js';
import { LiveStreamAddAction } from 'kaltura-typescript-client/types/LiveStreamAddAction.js';
import { BotError } from '../core/errors.js';
import type { Clock, Log } from '../core/ports.js';
import {
  type Account,
  findProfile,
  type RecordingMode,
  type Webcast,
  type WebcastPlan,
  webcastTags,
} from '../core/webcast.js';
import type { AccountBook } from './account.js';
import { LiveStreamEntry, RecordingOptions } from './client/additions.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { entrySchema, webcastFields } from './entry.js';
import { listEventProfiles } from './eventprofiles.js';
import { listWebcasts, type WebcastList } from './find.js';
import { only } from './profile.js';

export interface CreateParts {
  readonly connection: Connection;
  readonly book: AccountBook;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds before each look for a webcast that may have been made; the search index is some seconds late. */
const looks = [500, 1500, 3000, 5000];

/** The reference id for a key: the key itself where it fits, else its hash. Kaltura wants 2 characters at least. */
export const referenceOf = (key: string): string =>
  /^[\w.:-]{2,100}$/.test(key) ? key : createHash('sha256').update(key).digest('hex');

/** Asks for what was made under this reference before, the oldest first: Kaltura does not keep references unique. */
const findByReference = (reference: string): Question<WebcastList> =>
  listWebcasts({ referenceIdEqual: reference, orderBy: '+createdAt' });

const oldest = ({ webcasts }: WebcastList): Webcast | undefined =>
  [...webcasts].sort((one, other) => one.createdAt - other.createdAt)[0];

/** KalturaRecordStatus of a mode. */
export const recordStatus: Record<RecordingMode, KalturaRecordStatus> = {
  'per-session': KalturaRecordStatus.perSession,
  append: KalturaRecordStatus.appended,
  off: KalturaRecordStatus.disabled,
};

/** KalturaNullableBoolean of a switch. */
export const yesOrNo = (value: boolean): KalturaNullableBoolean =>
  value ? KalturaNullableBoolean.trueValue : KalturaNullableBoolean.falseValue;

/** Finds the live conversion profile that a plan names by id, name or system name, whatever their case. */
function profileIdIn(account: Account, wanted: string): number {
  const found = findProfile(account, wanted);
  if (found !== undefined) return found.id;
  const names = account.profiles.map(({ name }) => `"${name}"`).join(', ');
  throw new BotError(
    'invalid',
    `The Kaltura account has no live conversion profile "${wanted}".`,
    names === '' ? "Leave it out to use the account's default." : `Choose one of ${names}, or leave it out.`,
  );
}

/** Where Kaltura plays a stream that it does not make; a DASH playlist ends in .mpd, everything else is HLS. */
function streamOf(
  url: string,
): Pick<LiveStreamEntry, 'hlsStreamUrl'> | Pick<LiveStreamEntry, 'liveStreamConfigurations'> {
  if (!/\.mpd$/i.test(new URL(url).pathname)) return { hlsStreamUrl: url };
  const protocol = KalturaPlaybackProtocol.mpegDash;
  return { liveStreamConfigurations: [new KalturaLiveStreamConfiguration({ protocol, url })] };
}

function addWebcast(
  plan: WebcastPlan,
  reference: string,
  profileId: number | undefined,
): Question<{ readonly webcast: Webcast }> {
  const liveStreamEntry = new LiveStreamEntry({
    name: plan.name,
    description: plan.description,
    tags: plan.tags.join(','),
    adminTags: webcastTags.join(','),
    referenceId: reference,
    mediaType: KalturaMediaType.liveStreamFlash,
    dvrStatus: plan.dvr ? KalturaDVRStatus.enabled : KalturaDVRStatus.disabled,
    ...(plan.dvr ? { dvrWindow: plan.dvrWindow } : {}),
    recordStatus: recordStatus[plan.recording],
    explicitLive: yesOrNo(plan.preview),
    pushPublishEnabled: plan.multicast ? KalturaLivePublishStatus.enabled : KalturaLivePublishStatus.disabled,
    ...(profileId === undefined ? {} : { conversionProfileId: profileId }),
    recordingOptions: new RecordingOptions({
      shouldCopyEntitlement: yesOrNo(plan.copyEntitlement),
      shouldMakeHidden: yesOrNo(plan.hideRecording),
      // Kaltura archives recordings of single sessions only.
      shouldAutoArchive: yesOrNo(plan.archive && plan.recording === 'per-session'),
    }),
  });
  if (plan.stream !== undefined) Object.assign(liveStreamEntry, streamOf(plan.stream));
  // Left out, the source type falls back to one that wants the addresses of Akamai encoders.
  const sourceType = plan.stream === undefined ? KalturaSourceType.liveStream : KalturaSourceType.manualLiveStream;
  return {
    request: new LiveStreamAddAction({ liveStreamEntry, sourceType, responseProfile: only(...webcastFields) }),
    schema: entrySchema,
  };
}

/** Adds the webcast; what is written next needs the account's profiles, so they are asked for on the way when they are unknown. */
async function add(
  { connection, book }: CreateParts,
  question: Question<{ readonly webcast: Webcast }>,
): Promise<Webcast> {
  if (book.eventProfiles() !== undefined) return (await connection.ask(question, { repeatable: false })).webcast;
  // The write comes last: a session that ends between the two has then written nothing, and may ask again.
  const [profiles, added] = await connection.askAll([listEventProfiles(), question], { repeatable: false });
  book.keepEventProfiles(profiles);
  return must(added).webcast;
}

/** Looks for a webcast whose making got no good answer; nothing but a found one says what happened. */
async function lookAfter(parts: CreateParts, plan: WebcastPlan, reference: string, fault: KalturaError) {
  for (const pause of looks) {
    await parts.clock.wait(pause);
    try {
      const made = oldest(await parts.connection.ask(findByReference(reference), { repeatable: false }));
      if (made !== undefined) return made;
    } catch (error) {
      if (!(error instanceof KalturaError)) throw error;
      if (error.code === 'STOPPED') break;
      parts.log.warn({ code: error.code, reference }, 'could not look for a webcast that may have been made');
    }
  }
  throw new BotError(
    'outcome_unknown',
    `Kaltura gave no good answer while making "${plan.name}", and no such webcast has been found since.`,
    'Trying again is safe: a webcast that was made after all is found, not made twice.',
    fault,
  );
}

/** What has to be known before a webcast can be made: whether it was made already, and the profile's number. */
async function lookBefore(
  { connection, book }: CreateParts,
  reference: string | undefined,
  profile: string | undefined,
): Promise<{ readonly made: Webcast | undefined; readonly profileId: number | undefined }> {
  const old = book.remembered();
  // A profile seldom goes; Kaltura refuses one that is gone, in words of its own.
  const known = book.known() ?? (old && profile !== undefined && findProfile(old, profile) ? old : undefined);
  const needsAccount = profile !== undefined && known === undefined;
  if (reference !== undefined && needsAccount) {
    const [list, ...account] = await connection.askAll([findByReference(reference), ...book.questions()], {
      repeatable: true,
    });
    const made = oldest(must(list));
    return { made, profileId: made === undefined ? profileIdIn(book.keep(account), profile) : undefined };
  }
  if (reference !== undefined) {
    const made = oldest(await connection.ask(findByReference(reference), { repeatable: true }));
    if (made !== undefined) return { made, profileId: undefined };
  }
  if (profile === undefined) return { made: undefined, profileId: undefined };
  return { made: undefined, profileId: profileIdIn(known ?? (await book.read(connection)), profile) };
}

/**
 * Makes the webcast once for each key: one round trip, two when something has to be looked up first. When the outcome
 * is unclear it is looked for; not found it is BotError outcome_unknown. The write itself is never repeated.
 */
export async function createWebcast(
  parts: CreateParts,
  plan: WebcastPlan,
  key: string,
  lookFirst: boolean,
): Promise<Webcast> {
  const reference = referenceOf(key);
  const { made, profileId } = await lookBefore(parts, lookFirst ? reference : undefined, plan.profile);
  if (made !== undefined) return made;
  try {
    return await add(parts, addWebcast(plan, reference, profileId));
  } catch (error) {
    if (!(error instanceof KalturaError) || !error.unclear) throw error;
    parts.log.warn({ code: error.code, reference }, 'the outcome of making a webcast is unclear, it is looked for');
    return lookAfter(parts, plan, reference, error);
  }
}
