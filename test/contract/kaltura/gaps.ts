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
  /** A recording that was completed by hand. */
  complete?: { entryId: string; seconds: number };
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
];
