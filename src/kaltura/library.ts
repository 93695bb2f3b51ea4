import { BaseEntryListAction } from 'kaltura-typescript-client/types/BaseEntryListAction.js';
import { CaptionAssetListAction } from 'kaltura-typescript-client/types/CaptionAssetListAction.js';
import { CategoryEntryListAction } from 'kaltura-typescript-client/types/CategoryEntryListAction.js';
import { CategoryListAction } from 'kaltura-typescript-client/types/CategoryListAction.js';
import { CuePointListAction } from 'kaltura-typescript-client/types/CuePointListAction.js';
import { KalturaCaptionAssetFilter } from 'kaltura-typescript-client/types/KalturaCaptionAssetFilter.js';
import { KalturaCategoryEntryFilter } from 'kaltura-typescript-client/types/KalturaCategoryEntryFilter.js';
import {
  KalturaCategoryFilter,
  type KalturaCategoryFilterArgs,
} from 'kaltura-typescript-client/types/KalturaCategoryFilter.js';
import { KalturaThumbCuePointFilter } from 'kaltura-typescript-client/types/KalturaThumbCuePointFilter.js';
import { KalturaThumbCuePointSubType } from 'kaltura-typescript-client/types/KalturaThumbCuePointSubType.js';
import { z } from 'zod';
import type { Caption, Category, Library, Title } from '../core/library.js';
import type { EntryId } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { figure, text, word } from './entry.js';
import { inOurWords } from './errors.js';
import { addChapters, changeTitle, decideTrim, removeChapter, replacementOf, trimTitle } from './postproduction.js';
import { only, pageOf } from './profile.js';
import { allListed, largestOf, listFiles, mediaEntry, partsIn, recordedFrom } from './recordings.js';

const most = 500;

/** KalturaEntryDisplayInSearchType: below 0 an entry is left out of searches and galleries. */
const hidden = (displayInSearch: number | undefined): boolean => displayInSearch !== undefined && displayInSearch < 0;

const titleEntry = mediaEntry.extend({
  description: text,
  displayInSearch: figure,
  thumbnailUrl: text,
  replacementStatus: word,
});

const list = <T>(one: z.ZodType<T>) => z.object({ objects: z.array(one) }).transform(({ objects }) => objects);

const listTitles = (webcast: EntryId): Question<z.output<typeof titleEntry>[]> => ({
  request: new BaseEntryListAction({
    ...recordedFrom(webcast),
    responseProfile: only(...Object.keys(titleEntry.shape)),
  }),
  schema: list(titleEntry),
});

/** Reads KalturaCaptionAssetStatus: 2 is ready, -1 failed, and the rest is on its way. */
const captionState = (status: number | undefined): Caption['state'] =>
  status === 2 ? 'ready' : status === -1 ? 'failed' : 'being made';

const caption = z
  .object({ entryId: text, language: word, label: text, status: figure })
  .transform(({ entryId, language, label, status }) => ({
    entryId,
    caption: { language: language || label || 'unknown language', state: captionState(status) },
  }));

const listCaptions: Question<z.output<typeof caption>[]> = {
  request: new CaptionAssetListAction({
    filter: new KalturaCaptionAssetFilter({ entryIdIn: allListed }),
    pager: pageOf(most),
    responseProfile: only('id', 'entryId', 'language', 'label', 'status'),
  }),
  schema: list(caption),
};

const chapter = z
  .object({ entryId: text, title: text, startTime: figure })
  .transform(({ entryId, title, startTime }) => ({ entryId, chapter: { title, at: startTime ?? 0 } }));

const listChapters: Question<z.output<typeof chapter>[]> = {
  request: new CuePointListAction({
    filter: new KalturaThumbCuePointFilter({
      entryIdIn: allListed,
      subTypeEqual: KalturaThumbCuePointSubType.chapter,
      orderBy: '+startTime',
    }),
    pager: pageOf(most),
    responseProfile: only('id', 'entryId', 'title', 'startTime'),
  }),
  schema: list(chapter),
};

const place = z.object({ entryId: text, categoryId: z.number() });

const listPlaces: Question<z.output<typeof place>[]> = {
  request: new CategoryEntryListAction({
    filter: new KalturaCategoryEntryFilter({ entryIdIn: allListed }),
    pager: pageOf(most),
    responseProfile: only('entryId', 'categoryId'),
  }),
  schema: list(place),
};

const category = z.object({ id: z.number(), fullName: text });

const listCategories = (filter: KalturaCategoryFilterArgs, size: number): Question<Category[]> => ({
  request: new CategoryListAction({
    filter: new KalturaCategoryFilter(filter),
    pager: pageOf(size),
    responseProfile: only('id', 'fullName'),
  }),
  schema: list(category),
});

/** The ids of the categories of the fifth answer, with commas between. */
const categoriesOfPlaces = '{5:result:objects:_all:categoryId}';

/** What a question brought, or nothing where Kaltura does not answer it: a recording is told without it. */
const orNone = <T>(answer: readonly T[] | KalturaError): readonly T[] => (answer instanceof KalturaError ? [] : answer);

async function readTitles(connection: Connection, webcast: EntryId): Promise<readonly Title[]> {
  const [entries, files, captions, chapters, places, categories] = await connection.askAll(
    [
      listTitles(webcast),
      listFiles({ entryIdIn: allListed }),
      listCaptions,
      listChapters,
      listPlaces,
      listCategories({ idIn: categoriesOfPlaces }, most),
    ],
    { repeatable: true, fresh: true },
  );
  const names = new Map(orNone(categories).map((one) => [one.id, one]));
  const found = must(entries);
  const byId = new Map(found.map((entry) => [entry.id, entry]));
  return partsIn(webcast, found, largestOf(files)).flatMap((part): Title[] => {
    const entry = byId.get(part.id);
    if (entry === undefined) return [];
    return [
      {
        ...part,
        description: entry.description,
        visible: !hidden(entry.displayInSearch),
        categories: orNone(places).flatMap(({ entryId, categoryId }) => {
          const known = entryId === part.id ? names.get(categoryId) : undefined;
          return known ? [known] : [];
        }),
        captions:
          captions instanceof KalturaError
            ? undefined
            : captions.filter(({ entryId }) => entryId === part.id).map((one) => one.caption),
        chapters: orNone(chapters)
          .filter(({ entryId }) => entryId === part.id)
          .map((one) => one.chapter),
        thumbnail: entry.thumbnailUrl === '' ? undefined : entry.thumbnailUrl,
        replacement: replacementOf(entry.replacementStatus),
      },
    ];
  });
}

/** Kaltura reads commas and quotes of searched words as operators. */
const searchable = (words: string): string =>
  words
    .replace(/[",!\\]+/g, ' ')
    .trim()
    .slice(0, 100);

async function findCategories(connection: Connection, words: string): Promise<readonly Category[]> {
  const exact = /^\d{1,9}$/.test(words) ? { idEqual: Number(words) } : { fullNameEqual: words };
  const [named, mentioned] = await connection.askAll(
    [listCategories(exact, 2), listCategories({ freeText: searchable(words) || words }, 10)],
    { repeatable: true },
  );
  const sure = must(named);
  return sure.length > 0 ? sure.slice(0, 1) : orNone(mentioned);
}

/** What can be done with recordings; chapters come by themselves, so they go over the connection of the watch. */
export function createLibrary(connection: Connection, watching: Connection): Library {
  return {
    titles: (webcast) => inOurWords(() => readTitles(connection, webcast)),
    categories: (words) => inOurWords(() => findCategories(connection, words)),
    change: (recording, change) => inOurWords(() => changeTitle(connection, recording, change)),
    trim: (recording, from, length) => inOurWords(() => trimTitle(connection, recording, from, length)),
    decideTrim: (recording, accept) => inOurWords(() => decideTrim(connection, recording, accept)),
    addChapters: (recording, chapters) => inOurWords(() => addChapters(watching, recording, chapters)),
    removeChapter: (recording, key) => inOurWords(() => removeChapter(connection, recording, key)),
  };
}
