import type { DueCard } from '../core/live.js';
import type { View } from '../core/view.js';
import type { EntryId } from '../core/webcast.js';
import type { Stand } from '../show/card.js';
import { type Known, readKnown } from './known.js';
import { type Screen, standOfKnown } from './stand.js';

/** Of how many webcasts the views are kept. */
const most = 50;

/** How a webcast stands, and what is drawn of it. */
interface Drawn {
  readonly known: Known;
  readonly stand: Stand;
  /** The view of this name, drawn when it is asked for first. */
  view(name: string, draw: () => View): View;
}

interface Kept {
  readonly facts: readonly unknown[];
  readonly drawn: Drawn | undefined;
}

/** Gives all channels that show the same the very same view, so that platforms draw it once; undefined before the first look. */
export type DrawnOf = (card: DueCard, screen: Screen) => Drawn | undefined;

export function createDrawn(): DrawnOf {
  const kept = new Map<EntryId, Kept>();
  return (card, screen) => {
    const { note } = card;
    const facts = [card.known, JSON.stringify(note), screen.players];
    const before = kept.get(card.webcast);
    if (before?.facts.every((fact, index) => fact === facts[index])) return before.drawn;
    const known = readKnown(card.known);
    const drawn = known && draw(known, standOfKnown(known, note, screen));
    if (kept.size >= most) kept.clear();
    kept.set(card.webcast, { facts, drawn });
    return drawn;
  };
}

function draw(known: Known, stand: Stand): Drawn {
  const views = new Map<string, View>();
  return {
    known,
    stand,
    view(name, drawView) {
      const view = views.get(name) ?? drawView();
      views.set(name, view);
      return view;
    },
  };
}
