import type { ChapterPlace, MarkRecord } from '../core/marks.js';
import type { Addresses } from '../core/ports.js';
import type { PublicNode, Text } from '../core/view.js';
import type { Instant, Player } from '../core/webcast.js';
import { sayPosition } from '../time/position.js';
import { watchLinkAt } from './player.js';

/** The most marks that a card or a report tells one by one. */
const mostTold = 20;

/** Where the account's players are reached. */
export interface PlayersAt {
  readonly addresses: Addresses;
  readonly players: readonly Player[];
}

/** The address of a place in a recording; undefined without a player that takes one. */
export function linkTo(place: ChapterPlace, { addresses, players }: PlayersAt): string | undefined {
  const player = players.find(({ generation }) => generation === 'v7');
  return player && watchLinkAt(addresses, player.id, place.entry, place.at);
}

/** A mark as cards and reports tell it: when in the show, its words, and the way to it in the recording. */
export interface ToldMark {
  readonly at: Instant;
  readonly words: string;
  readonly url: string | undefined;
}

/** The marks of a show with the ways to them. */
export const toldOf = (marks: readonly MarkRecord[], screen: PlayersAt): readonly ToldMark[] =>
  marks.map(({ at, words, chapter }) => ({ at, words, url: chapter && linkTo(chapter, screen) }));

/** One line for each mark, with its time into the show; user text is plain, or the text of a link. */
function markLines(marks: readonly ToldMark[], began: Instant): readonly Text[] {
  const lines = marks
    .slice(0, mostTold)
    .map(
      ({ at, words, url }): Text => [`${sayPosition(at - began)} `, url === undefined ? words : { link: words, url }],
    );
  const more = marks.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

/** The marks of a show as a list; nothing when there are none. */
export const marksNodes = (marks: readonly ToldMark[], began: Instant): readonly PublicNode[] =>
  marks.length === 0
    ? []
    : [
        { kind: 'text', text: [{ bold: 'Marks' }] },
        { kind: 'list', items: markLines(marks, began) },
      ];
