import { CategoryEntryAddAction } from 'kaltura-typescript-client/types/CategoryEntryAddAction.js';
import { CategoryEntryDeleteAction } from 'kaltura-typescript-client/types/CategoryEntryDeleteAction.js';
import { CategoryEntryListAction } from 'kaltura-typescript-client/types/CategoryEntryListAction.js';
import { CategoryListAction } from 'kaltura-typescript-client/types/CategoryListAction.js';
import { KalturaCategoryEntryFilter } from 'kaltura-typescript-client/types/KalturaCategoryEntryFilter.js';
import { KalturaCategoryEntryStatus } from 'kaltura-typescript-client/types/KalturaCategoryEntryStatus.js';
import {
  KalturaCategoryFilter,
  type KalturaCategoryFilterArgs,
} from 'kaltura-typescript-client/types/KalturaCategoryFilter.js';
import { z } from 'zod';
import type { Category, CategoryOutcome, EntryId } from '../core/webcast.js';
import { CategoryEntry } from './client/additions.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { figure, text } from './entry.js';
import { toBotError } from './errors.js';
import { largestPage, only, pageOf } from './profile.js';

const categoryList = z
  .object({ objects: z.array(z.object({ id: z.number(), fullName: text })) })
  .transform(({ objects }): readonly Category[] => objects.map(({ id, fullName }) => ({ id, name: fullName })));

const askCategories = (filter: KalturaCategoryFilterArgs, size: number): Question<readonly Category[]> => ({
  request: new CategoryListAction({
    filter: new KalturaCategoryFilter({ orderBy: '+fullName', ...filter }),
    pager: pageOf(size),
    responseProfile: only('id', 'fullName'),
  }),
  schema: categoryList,
});

/** Asks for the account's categories by their full names ("Events>Town halls"). */
export const listCategories = (): Question<readonly Category[]> => askCategories({}, largestPage);

const isId = (wanted: string): boolean => /^\d+$/.test(wanted);

/** Asks for the category that is meant by its id or full name. */
const findCategory = (wanted: string): Question<readonly Category[]> =>
  askCategories(isId(wanted) ? { idEqual: Number(wanted) } : { fullNameEqual: wanted }, 1);

const link = z.object({ status: figure });

/** Puts an entry into the category that an earlier list of the round trip has found. */
const putInto = (entryId: EntryId, list: number): Question<z.output<typeof link>> => ({
  request: new CategoryEntryAddAction({
    categoryEntry: new CategoryEntry({ entryId, category: `{${list}:result:objects:0:id}` }),
  }),
  schema: link,
});

const links = z
  .object({ objects: z.array(z.object({ categoryId: z.number() })) })
  .transform(({ objects }) => objects.map(({ categoryId }) => categoryId));

const askLinks = (entryId: EntryId): Question<number[]> => ({
  request: new CategoryEntryListAction({
    filter: new KalturaCategoryEntryFilter({ entryIdEqual: entryId }),
    pager: pageOf(largestPage),
  }),
  schema: links,
});

const takeOut = (entryId: EntryId, categoryId: number): Question<unknown> => ({
  request: new CategoryEntryDeleteAction({ entryId, categoryId }),
  schema: z.unknown(),
});

const isAlreadyIn = (answer: unknown): boolean =>
  answer instanceof KalturaError && answer.code === 'CATEGORY_ENTRY_ALREADY_EXISTS';

/**
 * Puts a webcast into the categories named by id or full name, and out of all others; one round trip, two when it is
 * taken out of some. What is true already counts as done, so it may be repeated.
 */
export async function setCategories(
  connection: Connection,
  id: EntryId,
  wanted: readonly string[],
): Promise<readonly CategoryOutcome[]> {
  const [[before], found, added] = await connection.askLists(
    // Links are listed before any is made, and references count from 1.
    [[askLinks(id)], wanted.map(findCategory), wanted.map((_, index) => putInto(id, index + 2))],
    { repeatable: true, fresh: true },
  );
  const kept = new Set<number>();
  const outcomes = wanted.map((name, index): CategoryOutcome => {
    const [category] = must(found[index] ?? []);
    if (category === undefined) return { name, kind: 'unknown' };
    kept.add(category.id);
    const answer = added[index];
    if (isAlreadyIn(answer)) return { name: category.name, kind: 'in' };
    if (answer instanceof KalturaError)
      return { name: category.name, kind: 'refused', why: toBotError(answer).message };
    const waits = answer?.status === KalturaCategoryEntryStatus.pending;
    return { name: category.name, kind: waits ? 'waiting' : 'in' };
  });
  const rest = must(before ?? []).filter((category) => !kept.has(category));
  // A name that is not known may be a slip of the pen for one that it is in.
  if (rest.length > 0 && outcomes.every(({ kind }) => kind !== 'unknown')) {
    const answers = await connection.askAll(
      rest.map((category) => takeOut(id, category)),
      { repeatable: true },
    );
    for (const answer of answers) if (answer instanceof KalturaError && answer.code !== notIn) throw answer;
  }
  return outcomes;
}

const notIn = 'ENTRY_IS_NOT_ASSIGNED_TO_CATEGORY';
