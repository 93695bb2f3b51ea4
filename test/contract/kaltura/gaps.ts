import type { Fields } from '../../../src/playground/kaltura/values.js';

/** A call that was made of the recorded server and not kept, as far as later answers show what it was. */
export interface Gap {
  /** The recording that it comes before. */
  before: number;
  at?: number;
  /** `service.action`. */
  call: string;
  params: Fields;
  /** Ids, passwords and tokens that its answer held. */
  deals?: Fields;
  asMediaServer?: true;
}

const liveStream = (properties: Fields): Fields => ({
  liveStreamEntry: { objectType: 'KalturaLiveStreamEntry', mediaType: 201, ...properties },
  sourceType: '32',
});
const recorded = { adminTags: 'kms-webcast-event', dvrStatus: 1, dvrWindow: 120, recordStatus: 1 };

export const GAPS: Gap[] = [
  { before: 91, call: 'conversionProfile.setAsDefault', params: { id: 51 } },
  {
    before: 358,
    at: 1795352925,
    call: 'liveStream.add',
    params: liveStream({ name: 'Plain live life cycle', referenceId: 'life-plain', ...recorded }),
    deals: { id: '0_oplj516e', streamPassword: 'c4ccf49a' },
  },
  {
    before: 358,
    at: 1795352925,
    call: 'liveStream.add',
    params: liveStream({
      name: 'Explicit live life cycle',
      referenceId: 'life-explicit',
      explicitLive: 1,
      ...recorded,
    }),
    deals: { id: '0_fpbxbt3v', streamPassword: '7b058d53' },
  },
  {
    before: 482,
    at: 1795352930,
    call: 'liveStream.add',
    params: liveStream({ name: 'To delete', referenceId: 'del-1' }),
    deals: { id: '0_3wy3athu', streamPassword: '1f2d0bdc' },
  },
  {
    before: 907,
    at: 1795352953,
    call: 'liveStream.add',
    params: liveStream({
      name: 'Co-edited',
      explicitLive: 1,
      entitledUsersEdit: 'coeditor@example.test',
      entitledUsersPublish: 'copub@example.test',
    }),
    deals: { id: '0_ccfcfxwy', streamPassword: '5b049d84' },
  },
  {
    before: 975,
    at: 1795352963,
    call: 'baseEntry.update',
    params: { entryId: '0_h3ws67bx', baseEntry: { objectType: 'KalturaMediaEntry', description: 'ready recording' } },
  },
  {
    before: 983,
    at: 1795352964,
    call: 'liveStream.add',
    params: liveStream({ name: 'Delete while live', recordStatus: 0 }),
    deals: { id: '0_6hfr14hw', streamPassword: 'ce5f63db' },
  },
  {
    before: 983,
    at: 1795352964,
    call: 'liveStream.registerMediaServer',
    params: {
      entryId: '0_6hfr14hw',
      hostname: 'wowza1.kaltura.test',
      mediaServerIndex: '0',
      applicationName: 'kLive',
      liveEntryStatus: 1,
    },
    asMediaServer: true,
  },
  {
    before: 1007,
    at: 1795352967,
    call: 'liveStream.add',
    params: liveStream({ name: 'Simulive' }),
    deals: { id: '0_g8j2nf6i' },
  },
  {
    before: 1038,
    at: 1795353211,
    call: 'liveStream.registerMediaServer',
    params: {
      entryId: '0_fpbxbt3v',
      hostname: 'wowza1.kaltura.test',
      mediaServerIndex: '0',
      applicationName: 'kLive',
      liveEntryStatus: 1,
    },
    asMediaServer: true,
  },
];

/** Recordings that were completed by hand, in the database. */
export const COMPLETED: { before: number; at: number; entryId: string; seconds: number }[] = [
  { before: 975, at: 1795352962, entryId: '0_h3ws67bx', seconds: 61 },
];

/** Ids that a recording's answer does not show though it made them; later answers do. */
export const UNSEEN_IDS: Record<number, string[]> = {
  98: ['0_hkksxvof'],
  225: ['0_2bfvn0nf', '0_aaeh6n08'],
};
