import { CategoryEntryAddAction } from 'kaltura-typescript-client/types/CategoryEntryAddAction.js';
import { CategoryEntryDeleteAction } from 'kaltura-typescript-client/types/CategoryEntryDeleteAction.js';
import { CategoryEntryListAction } from 'kaltura-typescript-client/types/CategoryEntryListAction.js';
import { CategoryListAction } from 'kaltura-typescript-client/types/CategoryListAction.js';
import {
  KalturaCategoryEntryFilter,
  type KalturaCategoryEntryFilterArgs,
} from 'kaltura-typescript-client/types/KalturaCategoryEntryFilter.js';
import { KalturaCategoryEntryStatus } from 'kaltura-typescript-client/types/KalturaCategoryEntryStatus.js';
import {
  KalturaCategoryFilter,
  type KalturaCategoryFilterArgs,
} from 'kaltura-typescript-client/types/KalturaCategoryFilter.js';
import { z } from 'zod';
import type { Which } from '../core/ports.js';
import type { Categorized, Category, CategoryChange, CategoryOutcome, EntryId } from '../core/webcast.js';
import { CategoryEntry } from './client/additions.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { figure, text } from './entry.js';
import { toBotError } from './errors.js';
import { foundIn, questionsFor } from './find.js';
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

/** Puts an entry into a category, by its id or by a reference to what an earlier list of the round trip has found. */
const putInto = (entryId: EntryId, category: string): Question<z.output<typeof link>> => ({
  request: new CategoryEntryAddAction({ categoryEntry: new CategoryEntry({ entryId, category }) }),
  schema: link,
});

const links = z
  .object({ objects: z.array(z.object({ entryId: text, categoryId: z.number() })) })
  .transform(({ objects }) => objects);

type Link = z.output<typeof links>[number];

const askLinks = (filter: KalturaCategoryEntryFilterArgs): Question<Link[]> => ({
  request: new CategoryEntryListAction({
    filter: new KalturaCategoryEntryFilter(filter),
    pager: pageOf(largestPage),
  }),
  schema: links,
});

/** Asks for the links of webcasts that are known by their ids, as a place of the round trip, and what is linked there. */
function askCategoriesOf(
  which: Which,
  place: number,
): { readonly asked: readonly Question<Link[]>[]; readonly called: readonly Question<readonly Category[]>[] } {
  if (which.by === 'words') return { asked: [], called: [] };
  const filter = which.by === 'id' ? { entryIdEqual: which.id } : { entryIdIn: which.ids.join(',') };
  const idIn = `{${place}:result:objects:_all:categoryId}`;
  return { asked: [askLinks(filter)], called: [askCategories({ idIn }, largestPage)] };
}

const takeOut = (entryId: EntryId, categoryId: number): Question<unknown> => ({
  request: new CategoryEntryDeleteAction({ entryId, categoryId }),
  schema: z.unknown(),
});

function outcomeOf({ name }: Category, answer: z.output<typeof link> | KalturaError | undefined): CategoryOutcome {
  if (!(answer instanceof KalturaError))
    return { name, kind: answer?.status === KalturaCategoryEntryStatus.pending ? 'waiting' : 'in' };
  if (answer.code === 'CATEGORY_ENTRY_ALREADY_EXISTS') return { name, kind: 'in' };
  return { name, kind: 'refused', why: toBotError(answer).message };
}

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
    [
      [askLinks({ entryIdEqual: id })],
      wanted.map(findCategory),
      wanted.map((_, index) => putInto(id, `{${index + 2}:result:objects:0:id}`)),
    ],
    { repeatable: true, fresh: true },
  );
  const kept = new Set<number>();
  const outcomes = wanted.map((name, index): CategoryOutcome => {
    const [category] = must(found[index] ?? []);
    if (category === undefined) return { name, kind: 'unknown' };
    kept.add(category.id);
    return outcomeOf(category, added[index]);
  });
  const rest = must(before ?? []).flatMap(({ categoryId }) => (kept.has(categoryId) ? [] : [categoryId]));
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

/** The webcasts in question with their categories, unless sought by words, and what the names mean; one round trip. */
export async function findWithCategories(
  connection: Connection,
  which: Which,
  names: readonly string[],
): Promise<Categorized> {
  const questions = questionsFor(which);
  // References to earlier answers count from 1: the links come behind the lists.
  const { asked, called } = askCategoriesOf(which, questions.length + 1);
  const [lists, [linked], [known], meant] = await connection.askLists(
    [questions, asked, called, names.map(findCategory)],
    { repeatable: true, fresh: true },
  );
  const found = foundIn(which, lists);
  const categories = new Map<EntryId, readonly Category[] | 'not told'>();
  const byId = new Map(known instanceof KalturaError ? [] : known?.map((one) => [one.id, one]));
  if (linked !== undefined) {
    for (const { id } of found)
      categories.set(id, linked instanceof KalturaError ? 'not told' : nameLinks(linked, id, byId));
  }
  return { found, categories, meant: meant.map((answer) => must(answer)[0]) };
}

/** The categories of one webcast among the links of several. */
const nameLinks = (linked: readonly Link[], id: EntryId, byId: ReadonlyMap<number, Category>): readonly Category[] =>
  linked
    .filter(({ entryId }) => entryId === id)
    .map(({ categoryId }) => byId.get(categoryId) ?? { id: categoryId, name: String(categoryId) })
    .sort((one, other) => one.name.localeCompare(other.name));

const askSome = async <T>(
  connection: Connection,
  questions: readonly Question<T>[],
): Promise<readonly (T | KalturaError)[]> =>
  questions.length === 0 ? [] : connection.askAll(questions, { repeatable: true });

const stays = 'It stays there until the webcast is in all of the others.';

/**
 * Changes the categories of a webcast; one round trip, two where it goes from one into another. Outside of all
 * categories everybody may see it, so it leaves none while another does not take it.
 */
export async function changeCategories(
  connection: Connection,
  id: EntryId,
  { into, outOf }: CategoryChange,
): Promise<readonly CategoryOutcome[]> {
  const answers = await askSome(
    connection,
    into.map((category) => putInto(id, String(category.id))),
  );
  const added = into.map((category, index) => outcomeOf(category, answers[index]));
  if (added.some(({ kind }) => kind !== 'in'))
    return [...added, ...outOf.map(({ name }): CategoryOutcome => ({ name, kind: 'kept', why: stays }))];
  const taken = await askSome(
    connection,
    outOf.map((category) => takeOut(id, category.id)),
  );
  const kept = outOf.flatMap(({ name }, index): CategoryOutcome[] => {
    const answer = taken[index];
    const failed = answer instanceof KalturaError && answer.code !== notIn;
    return failed ? [{ name, kind: 'kept', why: toBotError(answer).message }] : [];
  });
  return [...added, ...kept];
}
