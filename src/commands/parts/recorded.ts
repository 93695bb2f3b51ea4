import type { Context } from '../../core/command.js';
import { BotError } from '../../core/errors.js';
import { writeLine } from '../../core/parse.js';
import type { View } from '../../core/view.js';
import type { Recording, Webcast } from '../../core/webcast.js';

/** The parts of a recording worth telling, in the order in which people count them. */
export function partsInOrder<P extends Recording>(webcast: Webcast, all: readonly P[]): readonly P[] {
  // Kaltura makes the entry when the encoder connects, so a show that nobody took live leaves one that stays empty.
  const empty = webcast.firstShown === undefined && !webcast.open;
  const parts = empty ? all.filter((part) => part.state !== 'waiting') : all;
  // Kaltura's own pointers come last: recordedEntryId is the current one, redirectEntryId what viewers are sent to.
  const pointed = [webcast.redirectEntryId, webcast.recordedEntryId];
  const rank = (part: Recording) => (pointed.includes(part.id) ? 1 : 0);
  return [...parts].sort((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt);
}

/** A part of a recording with its number, counted from 1, or the question which one is meant. */
export type PartMeant<P> =
  | { readonly kind: 'one'; readonly part: P; readonly number: number }
  | { readonly kind: 'ask'; readonly view: View };

/** Settles on one part by its number or entry id; the only one needs no naming. Line writes what a choice types. */
export function choosePart<P extends Recording>(
  webcast: Webcast,
  parts: readonly P[],
  wanted: string | undefined,
  line: (number: number) => string,
): PartMeant<P> {
  const [first, ...more] = parts;
  if (first === undefined) {
    const hint = `Type /webcast ${writeLine('recording', webcast.id)} to see why.`;
    throw new BotError('refused', `"${webcast.name}" has no recording.`, hint);
  }
  if (wanted === undefined) {
    if (more.length === 0) return { kind: 'one', part: first, number: 1 };
    const title = 'Which part?';
    const buttons = parts.slice(0, 20).map((part, index) => ({ label: part.name, line: line(index + 1) }));
    const nodes = [{ kind: 'title', text: title } as const, { kind: 'buttons', buttons } as const];
    return { kind: 'ask', view: { summary: title, nodes } };
  }
  const index = parts.findIndex((part, at) => part.id === wanted || String(at + 1) === wanted);
  const part = parts[index];
  if (part) return { kind: 'one', part, number: index + 1 };
  const why = `"${webcast.name}" has ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}; ${wanted.slice(0, 40)} is none of them.`;
  throw new BotError('not_found', why, `Type /webcast ${writeLine('recording', webcast.id)} to see them.`);
}

/** What is remembered of a webcast's shows, beside what Kaltura kept of them. */
export const keptOf = async (webcast: Webcast, parts: readonly Recording[], { store }: Context) => ({
  mode: webcast.recording,
  courses: await store.courses(webcast.id),
  parts,
});
