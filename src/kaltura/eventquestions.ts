import { KalturaLiveStreamScheduleEvent } from 'kaltura-typescript-client/types/KalturaLiveStreamScheduleEvent.js';
import { KalturaLiveStreamScheduleEventFilter } from 'kaltura-typescript-client/types/KalturaLiveStreamScheduleEventFilter.js';
import { KalturaMetadataFilter } from 'kaltura-typescript-client/types/KalturaMetadataFilter.js';
import { KalturaMetadataObjectType } from 'kaltura-typescript-client/types/KalturaMetadataObjectType.js';
import { KalturaScheduleEventRecurrenceType } from 'kaltura-typescript-client/types/KalturaScheduleEventRecurrenceType.js';
import { KalturaScheduleEventStatus } from 'kaltura-typescript-client/types/KalturaScheduleEventStatus.js';
import { MetadataAddAction } from 'kaltura-typescript-client/types/MetadataAddAction.js';
import { MetadataListAction } from 'kaltura-typescript-client/types/MetadataListAction.js';
import { MetadataUpdateAction } from 'kaltura-typescript-client/types/MetadataUpdateAction.js';
import { ScheduleEventAddAction } from 'kaltura-typescript-client/types/ScheduleEventAddAction.js';
import { ScheduleEventDeleteAction } from 'kaltura-typescript-client/types/ScheduleEventDeleteAction.js';
import { ScheduleEventListAction } from 'kaltura-typescript-client/types/ScheduleEventListAction.js';
import { ScheduleEventUpdateAction } from 'kaltura-typescript-client/types/ScheduleEventUpdateAction.js';
import { z } from 'zod';
import type { EventPlan } from '../core/eventdata.js';
import type { EntryId } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { figure, moment, text } from './entry.js';
import { largestPage, only, pageOf } from './profile.js';

const metadataRow = z.object({ id: z.number(), metadataProfileId: z.number(), version: z.number(), xml: text });
/** The metadata of one profile on a webcast. */
export type MetadataRow = z.output<typeof metadataRow>;

const scheduleRow = z.object({
  id: z.number(),
  status: figure,
  summary: text,
  startDate: moment,
  endDate: moment,
  referenceId: text,
  recurrenceType: figure,
});
/** An event of Kaltura's schedule. */
export type ScheduleRow = z.output<typeof scheduleRow>;

const written = z.object({ id: z.number() });

const entryType = KalturaMetadataObjectType.entry;

/** Asks for all metadata of a webcast. */
export const listMetadata = (id: EntryId): Question<readonly MetadataRow[]> => ({
  request: new MetadataListAction({
    filter: new KalturaMetadataFilter({ objectIdEqual: id, metadataObjectTypeEqual: entryType }),
    pager: pageOf(largestPage),
    responseProfile: only('id', 'metadataProfileId', 'version', 'xml'),
  }),
  schema: z.object({ objects: z.array(metadataRow) }).transform(({ objects }) => objects),
});

/** Adds metadata; Kaltura keeps one of a profile for each object and refuses a second one. */
export const addMetadata = (id: EntryId, profile: number, xmlData: string): Question<{ readonly id: number }> => ({
  request: new MetadataAddAction({ metadataProfileId: profile, objectType: entryType, objectId: id, xmlData }),
  schema: written,
});

/** Replaces metadata, unless somebody else has written since it had this version. */
export const updateMetadata = ({ id, version }: MetadataRow, xmlData: string): Question<{ readonly id: number }> => ({
  request: new MetadataUpdateAction({ id, version, xmlData }),
  schema: written,
});

/** Asks for the events that a webcast is planned by. */
export const listSchedule = (id: EntryId): Question<readonly ScheduleRow[]> => ({
  request: new ScheduleEventListAction({
    filter: new KalturaLiveStreamScheduleEventFilter({ templateEntryIdEqual: id }),
    pager: pageOf(largestPage),
    responseProfile: only('id', 'status', 'summary', 'startDate', 'endDate', 'referenceId', 'recurrenceType'),
  }),
  schema: z.object({ objects: z.array(scheduleRow) }).transform(({ objects }) => objects),
});

/** The event to keep in step: the one under the webcast's own reference, else the only one that somebody else has made. */
export function eventOf(id: EntryId, rows: readonly ScheduleRow[]): ScheduleRow | undefined {
  const single = rows.filter(
    ({ status, recurrenceType }) =>
      status === KalturaScheduleEventStatus.active && recurrenceType === KalturaScheduleEventRecurrenceType.none,
  );
  const [other, ...more] = single;
  return single.find(({ referenceId }) => referenceId === id) ?? (more.length === 0 ? other : undefined);
}

/** A plan whose times are known. */
export type TimedPlan = EventPlan & { readonly start: number; readonly end: number };

export const isTimed = (plan: EventPlan): plan is TimedPlan => plan.start !== undefined && plan.end !== undefined;

/** The longest summary that fits the column of Kaltura's table. */
const longestSummary = 255;

/** Kaltura keeps whole seconds; the client would round up what metadata and clocks cut off. */
const wholeSecond = (milliseconds: number): Date => new Date(Math.floor(milliseconds / 1000) * 1000);

const scheduled = ({ name, start, end }: TimedPlan) => ({
  summary: name.slice(0, longestSummary),
  startDate: wholeSecond(start),
  endDate: wholeSecond(end),
});

/** Whether an event says what the plan says. */
export function saysThePlan(row: ScheduleRow, plan: TimedPlan): boolean {
  const { summary, startDate, endDate } = scheduled(plan);
  return row.summary === summary && row.startDate === startDate.getTime() && row.endDate === endDate.getTime();
}

/** Adds the event; its reference is the webcast's id, so that it is found again. */
export const addSchedule = (id: EntryId, plan: TimedPlan): Question<{ readonly id: number }> => ({
  request: new ScheduleEventAddAction({
    scheduleEvent: new KalturaLiveStreamScheduleEvent({
      ...scheduled(plan),
      recurrenceType: KalturaScheduleEventRecurrenceType.none,
      templateEntryId: id,
      referenceId: id,
    }),
  }),
  schema: written,
});

/** Moves and names the event anew. */
export const updateSchedule = (event: number, plan: TimedPlan): Question<{ readonly id: number }> => ({
  request: new ScheduleEventUpdateAction({
    scheduleEventId: event,
    scheduleEvent: new KalturaLiveStreamScheduleEvent(scheduled(plan)),
  }),
  schema: written,
});

/** Deletes the event. */
export const deleteSchedule = (event: number): Question<unknown> => ({
  request: new ScheduleEventDeleteAction({ scheduleEventId: event }),
  schema: z.unknown(),
});
