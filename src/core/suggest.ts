import type { Kaltura, Place, Store } from './ports.js';
import type { Choice } from './view.js';

/** What a person may choose from while typing into a field: webcasts of the channel or by words, or time zones; at most 100. */
export async function suggest(
  parts: { readonly store: Store; readonly kaltura: Kaltura },
  place: Place,
  platform: string,
  control: 'webcast' | 'zone',
  typed: string,
): Promise<readonly Choice[]> {
  switch (control) {
    case 'zone':
      return suggestZones(typed);
    case 'webcast':
      return suggestWebcasts(parts, place, platform, typed.trim());
    default: {
      const never: never = control;
      return never;
    }
  }
}

async function suggestWebcasts(
  parts: { readonly store: Store; readonly kaltura: Kaltura },
  place: Place,
  platform: string,
  words: string,
): Promise<readonly Choice[]> {
  const { store, kaltura } = parts;
  const remembered = words
    ? store.findNotes(words)
    : store.bound(platform, place).then((ids) => store.notes(ids.slice(0, 20)));
  const [notes, page] = await Promise.all([remembered, kaltura.page(words || undefined, 1, 20)]);
  const names = new Map<string, string>(notes.map((note) => [note.id, note.name]));
  for (const webcast of page.webcasts) names.set(webcast.id, webcast.name);
  return [...names].slice(0, 100).map(([id, name]) => ({ value: id, label: name, hint: id }));
}

const zoneNames = Intl.supportedValuesOf('timeZone');

function suggestZones(typed: string): readonly Choice[] {
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, '_');
  return zoneNames
    .filter((name) => name.toLowerCase().includes(wanted))
    .slice(0, 100)
    .map((name) => ({ value: name, label: name.replaceAll('_', ' ') }));
}
