import type { Category, Instant, Webcast, WebcastNote } from '../../core/webcast.js';
import { splitTags } from '../create/tags.js';
import { type WantedCategories, writeCategories } from '../parts/categories.js';
import { faceOf, type Setting, type Settings, settingNames, settingsOf } from './settings.js';

/** What stood in the form when it was opened. */
export interface Opened {
  /** A short name of the value of each setting that the form shows. */
  readonly settings: ReadonlyMap<Setting, string>;
  /** A short name of the line of categories, and the ids of these; undefined where the form does not show them. */
  readonly categories: { readonly line: string; readonly ids: readonly number[] } | undefined;
  /** Minutes since 1970, since pickers have no seconds. */
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** A moment as pickers know it. */
export const minuteOf = (at: Instant | undefined): number | undefined =>
  at === undefined ? undefined : Math.floor(at / 60_000);

/** Writes what a form carries from its opening to its submission: short names in place of long texts. */
export function writeOpened(
  webcast: Webcast,
  note: WebcastNote | undefined,
  shown: readonly Setting[],
  categories: readonly Category[] | undefined,
): string {
  const settings = settingsOf(webcast);
  const named = shown.map((name) => `${name}=${shortNameOf(faceOf(name, settings[name]))}`);
  const listed = categories?.map(({ id }) => id).join('.');
  if (categories) named.push(`category=${shortNameOf(writeCategories(categories))}:${listed}`);
  return [...named, `start=${minuteOf(note?.start) ?? ''}`, `end=${minuteOf(note?.end) ?? ''}`].join(';');
}

/** Reads what a form carried. */
export function readOpened(text: string): Opened {
  const pairs = new Map(text.split(';').map((pair) => [pair.split('=')[0], pair.split('=')[1] ?? '']));
  const minute = (name: string) => (/^\d+$/.test(pairs.get(name) ?? '') ? Number(pairs.get(name)) : undefined);
  const settings = settingNames.flatMap((name) => {
    const short = pairs.get(name);
    return short === undefined ? [] : [[name, short] as const];
  });
  const [line, ids = ''] = pairs.get('category')?.split(':') ?? [];
  const categories = line === undefined ? undefined : { line, ids: ids.split('.').filter(Boolean).map(Number) };
  return { settings: new Map(settings), categories, start: minute('start'), end: minute('end') };
}

/** Whether a value is another one than stood in the form. */
export const differs = (opened: Opened, name: Setting, value: Settings[Setting] | undefined): boolean =>
  opened.settings.get(name) !== shortNameOf(faceOf(name, value));

/** What a form says of categories; undefined where that stood in it already. */
export function categoriesSaid({ categories }: Opened, line: string): WantedCategories | undefined {
  if (categories === undefined || categories.line === shortNameOf(line)) return undefined;
  return { names: splitTags(line), stood: categories.ids };
}

/** 64 bits of a text, by FNV-1a from two beginnings. */
function shortNameOf(face: string): string {
  const half = (beginning: number): string => {
    let hash = beginning;
    for (const char of face) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
    return (hash >>> 0).toString(36);
  };
  return `${half(0x811c9dc5)}.${half(0x01234567)}`;
}
