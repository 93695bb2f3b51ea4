import type { Account } from '../account.js';
import type { Call } from '../call.js';
import type { Broadcast, Entry } from '../store.js';
import { type Fields, int } from '../values.js';
import { computeAddresses, playbackConfigurations } from './addresses.js';
import { computeCommon, mayEditEntry, SOURCE } from './entry.js';
import { bitratesOf } from './flavors.js';
import { BACKUP, liveStatusOf, NODE, nodeStatus, PRIMARY } from './nodes.js';

/** KalturaViewMode, KalturaRecordingStatus and KalturaRecordStatus. */
export const VIEW = { preview: 0, all: 1 } as const;
export const RECORDING = { stopped: 0, paused: 1, active: 2, disabled: 3 } as const;
export const RECORD = { disabled: 0, appended: 1, perSession: 2 } as const;
/** KalturaLiveStreamBroadcastStatus. */
const BROADCAST = { offline: 1, preview: 2, live: 3 } as const;

/** Gives what stands behind a live entry. */
export function broadcastOf(entry: Entry): Broadcast {
  if (!entry.broadcast) throw new Error(`${entry.id} is no live entry`);
  return entry.broadcast;
}

/** The view mode as it reads: without explicitLive everybody may watch whenever there is a picture. */
export function viewModeOf(entry: Entry): number {
  return entry.fields.explicitLive === true ? broadcastOf(entry).viewMode : VIEW.all;
}

/** The recording status as it reads. */
export function recordingStatusOf(entry: Entry): number {
  if (entry.fields.recordStatus === RECORD.disabled) return RECORDING.disabled;
  return entry.fields.explicitLive === true ? broadcastOf(entry).recordingStatus : RECORDING.active;
}

/** Says whether viewers get the picture already: the packager follows go live after the publish delay. */
function isPublished(account: Account, entry: Entry): boolean {
  if (viewModeOf(entry) !== VIEW.all) return false;
  const { publishedAt } = broadcastOf(entry);
  return (
    entry.fields.explicitLive !== true ||
    publishedAt === undefined ||
    publishedAt + account.publishDelay <= account.now()
  );
}

/** Says whether an entry is on air for somebody who may see the preview, or for the audience. */
export function isOnAir(account: Account, entry: Entry, seesPreview: boolean): boolean {
  if (liveStatusOf(account, entry) !== NODE.playable) return false;
  return seesPreview || isPublished(account, entry);
}

/** Gives the answer of liveStream.getDetails; `playsOtherwise` says that a scheduled recording or a stream of somebody else's is being played. */
export function describeDetails(account: Account, entry: Entry, playsOtherwise: boolean): Fields {
  const isPlayable = liveStatusOf(account, entry) === NODE.playable;
  const onAir = playsOtherwise || (isPlayable && isPublished(account, entry));
  const unpublished = isPlayable ? BROADCAST.preview : BROADCAST.offline;
  return {
    primaryStreamStatus: nodeStatus(account, entry.id, PRIMARY),
    secondaryStreamStatus: nodeStatus(account, entry.id, BACKUP),
    viewMode: entry.fields.sourceType === SOURCE.manual ? VIEW.preview : viewModeOf(entry),
    wasBroadcast: (int(entry.fields, 'broadcastTime') ?? 0) > 0,
    broadcastStatus: onAir ? BROADCAST.live : unpublished,
    objectType: 'KalturaLiveStreamDetails',
  };
}

/** Gives a live entry as the caller may see it: addresses for editors, the stream password for administrators. */
export function describeLive(call: Call, entry: Entry): Fields {
  const { account, session } = call;
  const broadcast = broadcastOf(entry);
  const profile = account.store.table('conversionProfiles').get(String(entry.fields.conversionProfileId));
  const answer: Fields = {
    ...computeCommon(account, entry),
    liveStreamConfigurations: playbackConfigurations(account, entry),
    liveStatus: liveStatusOf(account, entry),
    viewMode: viewModeOf(entry),
    recordingStatus: recordingStatusOf(entry),
    bitrates: bitratesOf(profile),
    objectType: 'KalturaLiveStreamEntry',
  };
  if (profile) {
    answer.conversionQuality = int(profile, 'id');
    answer.flavorParamsIds = profile.flavorParamsIds;
  }
  if (session?.isAdmin || mayEditEntry(call, entry)) {
    Object.assign(answer, computeAddresses(account, entry, broadcast.streamPassword), broadcast.addresses);
  }
  if (session?.isAdmin) answer.streamPassword = broadcast.streamPassword;
  if (!session?.isAdmin || session.isMediaServer) answer.pushPublishEnabled = undefined;
  else answer.publishConfigurations = [];
  return answer;
}
