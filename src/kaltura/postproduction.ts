import { CategoryEntryAddAction } from 'kaltura-typescript-client/types/CategoryEntryAddAction.js';
import { CategoryEntryDeleteAction } from 'kaltura-typescript-client/types/CategoryEntryDeleteAction.js';
import { CuePointAddAction } from 'kaltura-typescript-client/types/CuePointAddAction.js';
import { CuePointDeleteAction } from 'kaltura-typescript-client/types/CuePointDeleteAction.js';
import { CuePointListAction } from 'kaltura-typescript-client/types/CuePointListAction.js';
import { KalturaCategoryEntry } from 'kaltura-typescript-client/types/KalturaCategoryEntry.js';
import { KalturaClipAttributes } from 'kaltura-typescript-client/types/KalturaClipAttributes.js';
import { KalturaCuePointFilter } from 'kaltura-typescript-client/types/KalturaCuePointFilter.js';
import { KalturaEntryDisplayInSearchType } from 'kaltura-typescript-client/types/KalturaEntryDisplayInSearchType.js';
import { KalturaEntryResource } from 'kaltura-typescript-client/types/KalturaEntryResource.js';
import { KalturaMediaEntry, type KalturaMediaEntryArgs } from 'kaltura-typescript-client/types/KalturaMediaEntry.js';
import { KalturaOperationResource } from 'kaltura-typescript-client/types/KalturaOperationResource.js';
import { KalturaThumbCuePoint } from 'kaltura-typescript-client/types/KalturaThumbCuePoint.js';
import { KalturaThumbCuePointSubType } from 'kaltura-typescript-client/types/KalturaThumbCuePointSubType.js';
import { KalturaThumbParams } from 'kaltura-typescript-client/types/KalturaThumbParams.js';
import { MediaApproveReplaceAction } from 'kaltura-typescript-client/types/MediaApproveReplaceAction.js';
import { MediaCancelReplaceAction } from 'kaltura-typescript-client/types/MediaCancelReplaceAction.js';
import { MediaUpdateAction } from 'kaltura-typescript-client/types/MediaUpdateAction.js';
import { MediaUpdateContentAction } from 'kaltura-typescript-client/types/MediaUpdateContentAction.js';
import { ThumbAssetGenerateAction } from 'kaltura-typescript-client/types/ThumbAssetGenerateAction.js';
import { ThumbAssetSetAsDefaultAction } from 'kaltura-typescript-client/types/ThumbAssetSetAsDefaultAction.js';
import { z } from 'zod';
import type { NewChapter, Title, TitleChange, Unmade } from '../core/library.js';
import type { EntryId } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import type { Connection } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { word } from './entry.js';
import { toBotError } from './errors.js';
import { only, pageOf } from './profile.js';

/** Reads KalturaEntryReplacementStatus. */
export function replacementOf(status: string): Title['replacement'] {
  switch (status) {
    case '1':
    case '3':
      return 'being made';
    case '2':
      return 'waits for approval';
    case '4':
      return 'failed';
    default:
      return 'none';
  }
}

/** An answer that is of no further interest. */
const anything = z.unknown();

interface Write {
  readonly what: readonly (keyof TitleChange)[];
  readonly question: Question<unknown>;
  /** Errors that say that it is so already. */
  readonly done?: string;
}

/** The writes of a change; the thumbnail comes last, since its second step refers to its first by place. */
function writesOf(entryId: EntryId, change: TitleChange): readonly Write[] {
  const { name, description, visible, addTo, takeFrom = [], thumbnailAt } = change;
  const entry: KalturaMediaEntryArgs = {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(visible === undefined
      ? {}
      : {
          displayInSearch: visible
            ? KalturaEntryDisplayInSearchType.partnerOnly
            : KalturaEntryDisplayInSearchType.system,
        }),
  };
  const writes: Write[] = [];
  if (Object.keys(entry).length > 0) {
    const what = (['name', 'description', 'visible'] as const).filter((one) => change[one] !== undefined);
    const request = new MediaUpdateAction({
      entryId,
      mediaEntry: new KalturaMediaEntry(entry),
      responseProfile: only('id'),
    });
    writes.push({ what, question: { request, schema: anything } });
  }
  if (addTo !== undefined) {
    const request = new CategoryEntryAddAction({
      categoryEntry: new KalturaCategoryEntry({ categoryId: addTo.id, entryId }),
    });
    writes.push({ what: ['addTo'], question: { request, schema: anything }, done: 'CATEGORY_ENTRY_ALREADY_EXISTS' });
  }
  for (const { id } of takeFrom) {
    const request = new CategoryEntryDeleteAction({ entryId, categoryId: id });
    writes.push({
      what: ['takeFrom'],
      question: { request, schema: anything },
      done: 'ENTRY_IS_NOT_ASSIGNED_TO_CATEGORY',
    });
  }
  if (thumbnailAt !== undefined) {
    const generate = new ThumbAssetGenerateAction({
      entryId,
      thumbParams: new KalturaThumbParams({ videoOffset: thumbnailAt }),
      responseProfile: only('id'),
    });
    writes.push({ what: ['thumbnailAt'], question: { request: generate, schema: anything } });
    const thumbAssetId = `{${writes.length}:result:id}`;
    const choose = new ThumbAssetSetAsDefaultAction({ thumbAssetId });
    writes.push({ what: ['thumbnailAt'], question: { request: choose, schema: anything } });
  }
  return writes;
}

/** Changes a recording and gives what could not be changed; one round trip. The same change again does no harm. */
export async function changeTitle(
  connection: Connection,
  recording: EntryId,
  change: TitleChange,
): Promise<readonly Unmade[]> {
  const writes = writesOf(recording, change);
  if (writes.length === 0) return [];
  const questions = writes.map(({ question }) => question);
  const answers = await connection.askAll(questions, { repeatable: true });
  const unmade = new Map<keyof TitleChange, Unmade>();
  for (const [index, { what, done }] of writes.entries()) {
    const answer: unknown = answers[index];
    if (!(answer instanceof KalturaError) || answer.code === done) continue;
    for (const one of what) if (!unmade.has(one)) unmade.set(one, { what: one, why: toBotError(answer) });
  }
  return [...unmade.values()];
}

const replaced = z.object({ replacementStatus: word });

/** KalturaEntryReplacementStatus of what is neither made nor said yes to. */
const notApproved = '3';

/** Begins to put a stretch of a recording in the place of the whole; one round trip. Gives whether it needs a yes. */
export async function trimTitle(
  connection: Connection,
  entryId: EntryId,
  from: number,
  length: number,
): Promise<boolean> {
  const request = new MediaUpdateContentAction({
    entryId,
    resource: new KalturaOperationResource({
      resource: new KalturaEntryResource({ entryId }),
      operationAttributes: [new KalturaClipAttributes({ offset: from, duration: length })],
    }),
    responseProfile: only('id', 'replacementStatus'),
  });
  const { replacementStatus } = await connection.ask({ request, schema: replaced }, { repeatable: false });
  return replacementStatus === notApproved;
}

/** Says yes or no to a trimmed picture; one round trip. */
export async function decideTrim(connection: Connection, entryId: EntryId, accept: boolean): Promise<void> {
  const about = { entryId, responseProfile: only('id') };
  const request = accept ? new MediaApproveReplaceAction(about) : new MediaCancelReplaceAction(about);
  await connection.ask({ request, schema: anything }, { repeatable: false });
}

/** Adds chapters, each once for its key, which Kaltura keeps as the system name; one round trip. */
export async function addChapters(
  connection: Connection,
  entryId: EntryId,
  chapters: readonly NewChapter[],
): Promise<void> {
  const questions = chapters.map(
    ({ key, title, at }): Question<unknown> => ({
      request: new CuePointAddAction({
        cuePoint: new KalturaThumbCuePoint({
          entryId,
          title,
          systemName: key,
          startTime: at,
          subType: KalturaThumbCuePointSubType.chapter,
          tags: 'chaptering',
        }),
        responseProfile: only('id'),
      }),
      schema: anything,
    }),
  );
  if (questions.length === 0) return;
  for (const answer of await connection.askAll(questions, { repeatable: true }))
    if (answer instanceof KalturaError && answer.code !== 'CUE_POINT_SYSTEM_NAME_EXISTS') throw answer;
}

/** Takes a chapter away by its key; one round trip. */
export async function removeChapter(connection: Connection, entryId: EntryId, key: string): Promise<void> {
  const find: Question<unknown> = {
    request: new CuePointListAction({
      filter: new KalturaCuePointFilter({ entryIdEqual: entryId, systemNameEqual: key }),
      pager: pageOf(1),
      responseProfile: only('id'),
    }),
    schema: anything,
  };
  const remove: Question<unknown> = {
    request: new CuePointDeleteAction({ id: '{1:result:objects:0:id}' }),
    schema: anything,
  };
  for (const answer of await connection.askAll([find, remove], { repeatable: true }))
    if (answer instanceof KalturaError && answer.code !== 'INVALID_CUE_POINT_ID') throw answer;
}
