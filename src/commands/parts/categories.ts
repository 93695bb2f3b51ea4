import type { Context } from '../../core/command.js';
import { BotError } from '../../core/errors.js';
import type { PublicNode, Text } from '../../core/view.js';
import type { Categorized, Category, CategoryChange, CategoryOutcome, Webcast } from '../../core/webcast.js';
import { listed } from './listed.js';

/** What somebody says of a webcast's categories. */
export interface WantedCategories {
  /** Ids or full names of those that it is to be in. */
  readonly names: readonly string[];
  /** The ids that the words are said about: what is not among them was not meant to go. Undefined is all that it is in. */
  readonly stood: readonly number[] | undefined;
}

/** What is to be done so that a webcast is where it is wanted. */
export interface CategoryPlan {
  readonly before: readonly Category[];
  readonly change: CategoryChange;
}

/** What became of it. */
export interface CategoriesDone {
  readonly before: readonly Category[];
  readonly after: readonly Category[];
  /** What did not come about, and the line that tries it again; empty when all did. */
  readonly shortfall: readonly Text[];
}

/** Categories in words. */
export const sayCategories = (categories: readonly Category[]): string =>
  categories.length === 0 ? 'none' : categories.map(({ name }) => name).join(', ');

/** A category as a list with commas takes it. */
const writeCategory = ({ id, name }: Category): string => (/[,，、]/.test(name) ? String(id) : name);

/** Categories as a person would type them. */
export const writeCategories = (categories: readonly Category[]): string => categories.map(writeCategory).join(', ');

/** The categories of a webcast that was found with them, or else by one further round trip; undefined where Kaltura does not tell. */
export async function categoriesOf(
  { id }: Webcast,
  told: Pick<Categorized, 'categories'>,
  { kaltura }: Pick<Context, 'kaltura'>,
): Promise<readonly Category[] | undefined> {
  const known = told.categories.get(id) ?? (await kaltura.findWithCategories({ by: 'id', id }, [])).categories.get(id);
  return known === 'not told' ? undefined : known;
}

/** Decides what is to be changed; raises BotError for a name that the account does not have, before anything is changed. */
export async function planCategories(
  webcast: Webcast,
  { names, stood }: WantedCategories,
  told: Categorized,
  context: Pick<Context, 'kaltura'>,
): Promise<CategoryPlan> {
  const unknown = names.filter((_, index) => told.meant[index] === undefined);
  if (unknown.length > 0) {
    const why = `The account has no category ${unknown.map((name) => `"${name}"`).join(' and no ')}.`;
    throw new BotError('invalid', why, `Write ${howNamed}. Nothing was changed.`);
  }
  const before = await categoriesOf(webcast, told, context);
  if (before === undefined) {
    const why = `Kaltura does not tell the bot in which categories "${webcast.name}" is.`;
    throw new BotError('refused', why, "Change them in Kaltura's console. Nothing was changed.");
  }
  const wanted = new Map(told.meant.flatMap((one) => (one ? [[one.id, one] as const] : [])));
  const isIn = new Set(before.map(({ id }) => id));
  return {
    before,
    change: {
      into: [...wanted.values()].filter(({ id }) => !isIn.has(id) && !stood?.includes(id)),
      outOf: before.filter(({ id }) => !wanted.has(id) && (stood?.includes(id) ?? true)),
    },
  };
}

const howNamed = 'its full name, such as "Events>Town halls", or its id';

/** Changes what was planned; what Kaltura refuses is told, with the line that tries it again. */
export async function changeCategories(
  webcast: Webcast,
  { before, change }: CategoryPlan,
  again: string,
  { kaltura }: Pick<Context, 'kaltura'>,
): Promise<CategoriesDone> {
  const { into, outOf } = change;
  if (into.length + outOf.length === 0) return { before, after: before, shortfall: [] };
  const retry: Text = ['Once that is settled, this tries it again: ', { code: `/webcast ${again}` }];
  try {
    const outcomes = await kaltura.changeCategories(webcast.id, change);
    const are = (kind: CategoryOutcome['kind']) =>
      new Set(outcomes.flatMap((one) => (one.kind === kind ? [one.name] : [])));
    const [added, kept] = [are('in'), are('kept')];
    const gone = new Set(outOf.filter(({ name }) => !kept.has(name)).map(({ id }) => id));
    const after = [...before.filter(({ id }) => !gone.has(id)), ...into.filter(({ name }) => added.has(name))];
    const told = outcomes.flatMap(sayOutcome);
    return { before, after, shortfall: told.length === 0 ? [] : [...told, retry] };
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    return { before, after: before, shortfall: [`They could not be changed. ${error.message} ${error.hint}`, retry] };
  }
}

/** What did not come about, as a sentence; nothing where it did. */
export function sayOutcome(outcome: CategoryOutcome): string[] {
  const { name } = outcome;
  switch (outcome.kind) {
    case 'in':
      return [];
    case 'waiting':
      return [`It waits for a moderator of the category ${name}.`];
    case 'unknown':
      return [`The account has no category ${name}: write ${howNamed}.`];
    case 'refused':
      return [`It was not put into ${name}. ${outcome.why}`];
    case 'kept':
      return [`It was not taken out of ${name}. ${outcome.why}`];
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

/** What of the categories did not come to pass; nothing where all did. */
export const categoriesTrouble = (shortfall: readonly Text[]): readonly PublicNode[] =>
  listed('Its categories are not as asked:', shortfall);
