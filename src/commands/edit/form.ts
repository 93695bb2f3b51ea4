import type { Asking, Prefill } from '../../core/command.js';
import type { FormFacts } from '../../core/form.js';
import type { RawValues } from '../../core/params.js';
import type { Account, Category, Webcast, WebcastNote } from '../../core/webcast.js';
import { createFacts } from '../create/facts.js';
import { planParams } from '../create.js';
import { categoriesOf, writeCategories } from '../parts/categories.js';
import { chooseOne, whichOf } from '../parts/choose.js';
import { readOpened, writeOpened } from './opened.js';
import { needsEncoder, rawOf, type Setting, settingNames } from './settings.js';

/** What the line has and the form has not: a picker shows a person's own zone, and an end is a duration too. */
const lineOnly = ['zone', 'duration', 'yes'];

/** How many characters of categories the form takes. */
export const longestCategories = 1000;

/** What the form shows: all that it was opened with; before that, it asks for the webcast alone. */
export function editFacts(account: Account | undefined, values: RawValues = {}): FormFacts {
  const { webcast, opened } = values;
  if (typeof opened !== 'string' || typeof webcast !== 'string')
    return { choices: {}, without: [...settingNames, 'category', 'start', 'end', ...lineOnly], submit: 'Continue' };
  const { settings, categories } = readOpened(opened);
  const facts = createFacts(account);
  const left: string[] = settingNames.filter((name) => !settings.has(name));
  if (categories === undefined) left.push('category');
  // One field holds several categories, so that there is nothing to choose from.
  const choices = { ...facts.choices, category: [] };
  const without = [...facts.without, ...left, ...lineOnly, 'webcast'];
  return { choices, without, carried: { webcast, opened } };
}

/** Fills the form with the webcast as it is now; one round trip, two when it is sought by words. */
export async function prefillEdit(values: RawValues, asking: Asking): Promise<Prefill> {
  const words = typeof values.webcast === 'string' && values.webcast.trim() !== '' ? values.webcast.trim() : undefined;
  const which = await whichOf(words, asking);
  if (!which) return { values: {}, note: 'Choose the webcast that is to be changed.' };
  const told = await asking.kaltura.findWithCategories(which, []);
  const chosen = await chooseOne(told.found, which, 'edit {}', ['scheduled', 'connecting', 'preview', 'live'], asking);
  if (chosen.kind === 'ask') return { values: {}, note: 'More than one webcast fits. Choose the one that you mean.' };
  return fill(chosen.webcast, chosen.note, await categoriesOf(chosen.webcast, told, asking));
}

function fill(webcast: Webcast, note: WebcastNote | undefined, categories: readonly Category[] | undefined): Prefill {
  const line = categories && writeCategories(categories);
  const fits = line !== undefined && line.length <= longestCategories;
  const long = settingNames.filter((name) => isTooLong(name, webcast));
  const shown = settingNames.filter(
    (name) => !long.includes(name) && !(webcast.source === 'own' && needsEncoder.has(name)),
  );
  const tooLong = [...long, ...(line === undefined || fits ? [] : (['category'] as const))];
  const labels = tooLong.map((name) => planParams[name].label).join(' and ');
  const opened = writeOpened(webcast, note, shown, fits ? categories : undefined);
  return {
    values: { ...rawOf(webcast, note), category: fits ? line : undefined, webcast: webcast.id, opened },
    ...(tooLong.length === 0 ? {} : { note: `${labels} is longer than a form takes, so it is left as it is.` }),
  };
}

/** A form that took only the beginning of a text would cut off the rest of it. */
function isTooLong(name: Setting, webcast: Webcast): boolean {
  const { control } = planParams[name];
  if (control.kind !== 'line' && control.kind !== 'paragraph') return false;
  const text = rawOf(webcast, undefined)[name];
  return typeof text === 'string' && text.length > control.max;
}
