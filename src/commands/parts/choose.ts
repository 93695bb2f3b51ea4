import type { Asking } from '../../core/command.js';
import { BotError } from '../../core/errors.js';
import type { Which } from '../../core/ports.js';
import type { Choice, View } from '../../core/view.js';
import { isEntryId, type Phase, phaseOf, type Webcast, type WebcastNote } from '../../core/webcast.js';
import { phaseWords } from '../../show/words.js';

/** Which webcast a person means: by id, by words, or the channel's own; nothing when only they can say. */
export async function whichOf(words: string | undefined, context: Asking): Promise<Which | undefined> {
  if (words === undefined) return whichOfChannel(context);
  const id = words.toLowerCase();
  if (isEntryId(id)) return { by: 'id', id };
  const notes = await context.store.findNotes(words);
  const exact = notes.filter((note) => note.name.toLowerCase() === words.toLowerCase());
  const [only, ...more] = exact.length > 0 ? exact : notes;
  if (only && more.length === 0) return { by: 'id', id: only.id };
  return { by: 'words', words };
}

async function whichOfChannel({ store, platform, place }: Asking): Promise<Which | undefined> {
  const [first, ...rest] = (await store.bound(platform, place)).slice(0, 20);
  if (!first) return undefined;
  return rest.length === 0 ? { by: 'id', id: first } : { by: 'ids', ids: [first, ...rest] };
}

/** The one webcast that was meant, with what is remembered of it; or the question that lets the person choose. */
export type Chosen =
  | { readonly kind: 'one'; readonly webcast: Webcast; readonly note: WebcastNote | undefined; readonly phase: Phase }
  | { readonly kind: 'ask'; readonly view: View };

/** The same with what Kaltura told in the round trip that found it. */
export type Picked<F> = (Extract<Chosen, { kind: 'one' }> & { readonly told: F }) | Extract<Chosen, { kind: 'ask' }>;

/**
 * Settles which webcast is meant, in one round trip: the one that the words name, or else the channel's own, narrowed down
 * by phases. The line does the same for the one that is chosen, whose id takes the place of its braces.
 */
export function pickWebcast(
  words: string | undefined,
  line: string,
  phases: readonly Phase[],
  asking: Asking,
): Promise<Chosen> {
  return pickFrom(async (which) => ({ found: await asking.kaltura.find(which) }), words, line, phases, asking);
}

/** The same where more is asked about what is found, in the same round trip. */
export async function pickFrom<F extends { readonly found: readonly Webcast[] }>(
  find: (which: Which) => Promise<F>,
  words: string | undefined,
  line: string,
  phases: readonly Phase[],
  asking: Asking,
): Promise<Picked<F>> {
  const which = await whichOf(words, asking);
  if (!which) return { kind: 'ask', view: await askAnyOf(line, asking) };
  const told = await find(which);
  const chosen = await chooseOne(told.found, which, line, phases, asking);
  return chosen.kind === 'ask' ? chosen : { ...chosen, told };
}

/** Settles on one of the webcasts that were found; phases narrow down a channel that has several. */
export async function chooseOne(
  found: readonly Webcast[],
  which: Which,
  line: string,
  phases: readonly Phase[],
  context: Asking,
): Promise<Chosen> {
  if (found.length === 0) throw notFound(which);
  const notes = new Map((await context.store.notes(found.map((one) => one.id))).map((note) => [note.id, note]));
  const now = context.clock.now();
  const known = found.map((webcast) => {
    const note = notes.get(webcast.id);
    return { kind: 'one' as const, webcast, note, phase: phaseOf(webcast, note, now) };
  });
  const fitting = which.by === 'ids' ? known.filter((one) => phases.includes(one.phase)) : known;
  const [only, ...more] = fitting.length > 0 ? fitting : known;
  if (only && more.length === 0) return only;
  const choices = (fitting.length > 0 ? fitting : known).map((one) => ({
    value: one.webcast.id,
    label: one.webcast.name,
    hint: `${phaseWords[one.phase]} · ${one.webcast.id}`,
  }));
  return { kind: 'ask', view: askFor(line, choices) };
}

/** Asks which webcast is meant, when nothing was said and the channel has none. */
async function askAnyOf(line: string, context: Asking): Promise<View> {
  const notes = await context.store.upcoming(context.clock.now(), 10);
  return askFor(
    line,
    notes.map((note) => ({ value: note.id, label: note.name, hint: note.id })),
  );
}

function askFor(line: string, choices: readonly Choice[]): View {
  const title = 'Which webcast?';
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'pick', label: 'Choose a webcast, or type words of its name to search', line, choices },
    ],
  };
}

function notFound(which: Which): BotError {
  const hint = 'Type /webcast list to see the webcasts of this account, or /webcast create to plan one.';
  switch (which.by) {
    case 'id':
      return new BotError('not_found', `There is no webcast ${which.id} in this account, or it was deleted.`, hint);
    case 'ids':
      return new BotError('not_found', "None of this channel's webcasts is left in Kaltura.", hint);
    case 'words':
      return new BotError('not_found', `No webcast is called "${which.words.slice(0, 80)}".`, hint);
    default: {
      const never: never = which;
      return never;
    }
  }
}
