import { BeaconListAction } from 'kaltura-typescript-client/types/BeaconListAction.js';
import { KalturaBeaconFilter } from 'kaltura-typescript-client/types/KalturaBeaconFilter.js';
import { KalturaMetadataProfileFilter } from 'kaltura-typescript-client/types/KalturaMetadataProfileFilter.js';
import { KalturaScheduleEventFilter } from 'kaltura-typescript-client/types/KalturaScheduleEventFilter.js';
import { MetadataProfileListAction } from 'kaltura-typescript-client/types/MetadataProfileListAction.js';
import { ScheduleEventListAction } from 'kaltura-typescript-client/types/ScheduleEventListAction.js';
import { SessionGetAction } from 'kaltura-typescript-client/types/SessionGetAction.js';
import { SystemGetTimeAction } from 'kaltura-typescript-client/types/SystemGetTimeAction.js';
import { z } from 'zod';
import type { AccountCheckup, Finding } from '../core/checkup.js';
import type { Clock } from '../core/ports.js';
import { instant } from '../core/webcast.js';
import type { AccountBook } from './account.js';
import type { Question } from './client/caller.js';
import type { Connection } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { text } from './entry.js';
import { listWebcasts } from './find.js';
import { only, pageOf } from './profile.js';
import { totalOf } from './reportdata.js';
import { askStudios } from './studio.js';

/** The metadata that webcasts, events and questions carry. */
const metadataNames = 'KMS_KWEBCAST2,KMS_EVENTS3,Kaltura-QnA';
/** KalturaReportType: a webcast report, and a real-time one. */
const reports = { webcast: 40001, realTime: 10005 } as const;
const minute = 60_000;

const counted = z.object({ totalCount: z.number() }).transform(({ totalCount }) => totalCount);
const named = z
  .object({ objects: z.array(z.object({ systemName: text })) })
  .transform(({ objects }) => objects.map(({ systemName }) => systemName));
/** KalturaSessionInfo writes its numbers as text; type 2 is an administrator's. */
const session = z
  .object({ sessionType: z.coerce.string(), userId: text })
  .transform(({ sessionType, userId }) => ({ admin: sessionType === '2', user: userId }));

const askMetadata = (): Question<readonly string[]> => ({
  request: new MetadataProfileListAction({
    filter: new KalturaMetadataProfileFilter({ systemNameIn: metadataNames }),
    responseProfile: only('systemName'),
  }),
  schema: named,
});

const askBeacons = (): Question<number> => ({
  request: new BeaconListAction({ filter: new KalturaBeaconFilter({ relatedObjectTypeIn: '4' }), pager: pageOf(1) }),
  schema: counted,
});

const askSchedule = (): Question<number> => ({
  request: new ScheduleEventListAction({
    filter: new KalturaScheduleEventFilter({}),
    pager: pageOf(1),
    responseProfile: only('id'),
  }),
  schema: counted,
});

/** Asks the account for one of everything that the product uses; one round trip, and no answer is an error. */
export async function checkAccount(parts: {
  readonly connection: Connection;
  readonly book: AccountBook;
  readonly clock: Clock;
}): Promise<AccountCheckup> {
  const { connection, book, clock } = parts;
  const now = clock.now();
  const span = { from: instant(now - 10 * minute), until: now };
  const [profiles, players, permissions] = book.questions();
  const answers = await connection.askAll(
    [
      { request: new SessionGetAction(), schema: session },
      { request: new SystemGetTimeAction(), schema: z.number() },
      listWebcasts({}, 1),
      permissions,
      profiles,
      players,
      askMetadata(),
      askSchedule(),
      totalOf(reports.webcast, { ids: [], span }),
      totalOf(reports.realTime, { ids: [], span }),
      askBeacons(),
      askStudios(),
    ],
    { repeatable: true, fresh: true },
  );
  const [first] = answers;
  // What the wire refused, Kaltura has not answered at all.
  if (first instanceof KalturaError && first.httpStatus !== 200) throw first;
  const ours = clock.now();
  return {
    session: found(answers[0], (value) => value),
    clock: found(answers[1], (seconds) => ({ theirs: instant(seconds * 1000), ours })),
    webcasts: found(answers[2], ({ total }) => total),
    permissions: found(answers[3], (list) => list),
    liveProfiles: found(answers[4], ({ length }) => length),
    players: found(answers[5], (list) => ({
      v7: list.filter(({ generation }) => generation === 'v7').length,
      v2: list.filter(({ generation }) => generation === 'v2').length,
    })),
    metadata: found(answers[6], (list) => list),
    schedule: found(answers[7], (total) => total),
    reports: found(answers[8], () => true),
    realTime: found(answers[9], () => true),
    health: found(answers[10], (total) => total),
    studio: found(answers[11], ({ objects }) => objects.length),
  };
}

const found = <T, U>(answer: T | KalturaError, read: (value: T) => U): Finding<U> =>
  answer instanceof KalturaError ? { kind: 'refused', code: answer.code } : { kind: 'found', value: read(answer) };
