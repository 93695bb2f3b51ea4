import {
  KalturaLiveStreamEntryFilter,
  type KalturaLiveStreamEntryFilterArgs,
} from 'kaltura-typescript-client/types/KalturaLiveStreamEntryFilter.js';
import { LiveStreamListAction } from 'kaltura-typescript-client/types/LiveStreamListAction.js';
import type { z } from 'zod';
import type { WebcastPage, Which } from '../core/ports.js';
import type { Webcast } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import type { KalturaError } from './client/error.js';
import { entryListSchema, webcastFields } from './entry.js';
import { only, pageOf } from './profile.js';

/** How many webcasts a question about some of them may find. */
export const most = 20;
/** How many characters of searched words are sent; a name of Kaltura may be as long. */
const longestSearch = 256;

export type WebcastList = z.output<typeof entryListSchema>;

/** The request for these properties of live stream entries, newest first unless the filter says otherwise. */
export const requestWebcasts = (
  filter: KalturaLiveStreamEntryFilterArgs,
  fields: readonly string[],
  size = most,
  page = 1,
): LiveStreamListAction =>
  new LiveStreamListAction({
    // Without a known order Kaltura sorts each page by id.
    filter: new KalturaLiveStreamEntryFilter({ orderBy: '-createdAt', ...filter }),
    pager: pageOf(size, page),
    responseProfile: only(...fields),
  });

/** Asks for live stream entries by a filter. */
export const listWebcasts = (
  filter: KalturaLiveStreamEntryFilterArgs,
  size?: number,
  page?: number,
): Question<WebcastList> => ({
  request: requestWebcasts(filter, webcastFields, size, page),
  schema: entryListSchema,
});

/** Kaltura refuses control characters wherever they stand. */
const plain = (words: string): string =>
  words
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longestSearch);

/** The words as the search engine takes them: it reads commas and quotes as operators. */
const searchable = (words: string): string => plain(words.replace(/[",]+/g, ' '));

/**
 * The filters that find the webcasts in question, to be asked in one round trip. By words there are three: who has
 * this very name, whose name has these words, who mentions them. idEqual sees what other lists leave out (deleted,
 * hidden, not yet moderated).
 */
export function filtersFor(which: Which): readonly KalturaLiveStreamEntryFilterArgs[] {
  switch (which.by) {
    case 'id':
      return [{ idEqual: which.id }];
    case 'ids':
      return which.ids.length === 0 ? [] : [{ idIn: which.ids.slice(0, most).join(',') }];
    case 'words': {
      const words = searchable(which.words);
      if (words === '') return [];
      return [{ nameEqual: plain(which.words) }, { nameLike: words }, { freeText: words }];
    }
    default: {
      const never: never = which;
      return never;
    }
  }
}

/** The questions that find the webcasts in question. */
export const questionsFor = (which: Which): readonly Question<WebcastList>[] =>
  filtersFor(which).map((filter) => listWebcasts(filter));

/** Sorts by how well the name fits the words, whatever their case; equal ones keep their order. */
function bestFirst(webcasts: readonly Webcast[], words: string): readonly Webcast[] {
  const wanted = words.trim().toLowerCase();
  const rank = ({ name }: Webcast): number => {
    const own = name.trim().toLowerCase();
    if (own === wanted) return 0;
    if (own.startsWith(wanted)) return 1;
    return own.includes(wanted) ? 2 : 3;
  };
  return [...webcasts].sort((one, other) => rank(one) - rank(other));
}

/** Makes one list of the answers to what filtersFor sought; mentions count only where no name fits. */
export function foundIn(
  which: Which,
  answers: readonly (Pick<WebcastList, 'webcasts'> | KalturaError)[],
): readonly Webcast[] {
  const [first = [], named = [], mentioned = []] = answers.map((answer) => must(answer).webcasts);
  if (which.by !== 'words') return first;
  const byName = [...first, ...named.filter(({ id }) => first.every((webcast) => webcast.id !== id))];
  return bestFirst(byName.length > 0 ? byName : mentioned, which.words).slice(0, most);
}

/** The webcasts in question, at most 20; one round trip. */
export async function findWebcasts(connection: Connection, which: Which): Promise<readonly Webcast[]> {
  const questions = questionsFor(which);
  if (questions.length === 0) return [];
  return foundIn(which, await connection.askAll(questions, { repeatable: true }));
}

/** The tag that marks a live stream entry as a webcast for all of Kaltura's applications. */
const webcastTag = 'kms-webcast-event';

/** A page of the account's webcasts, counted from 1, newest first, optionally by words; one round trip. */
export async function pageWebcasts(
  connection: Connection,
  words: string | undefined,
  page: number,
  size: number,
): Promise<WebcastPage> {
  const sought = searchable(words ?? '');
  if (words !== undefined && sought === '') return { webcasts: [], total: 0 };
  const filter = { adminTagsMultiLikeOr: webcastTag, ...(sought === '' ? {} : { freeText: sought }) };
  return connection.ask(listWebcasts(filter, size, page), { repeatable: true });
}
