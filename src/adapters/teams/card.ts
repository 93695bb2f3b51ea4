/** One element of an Adaptive Card, an input or an action; the drawing functions know what each may hold. */
export interface Element {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** Who is called by the mark of the same text. */
interface CallEntity {
  readonly type: 'mention';
  readonly text: string;
  readonly mentioned: { readonly id: string; readonly name: string };
}

/** An Adaptive Card of the newest version that Teams draws in messages and dialogs. */
export interface Card {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly fallbackText?: string;
  readonly msteams?: { readonly width: 'Full'; readonly entities?: readonly CallEntity[] };
  readonly body: readonly Element[];
  readonly actions?: readonly Element[];
}

export const cardType = 'application/vnd.microsoft.card.adaptive';

/** A card of elements and the actions under them. */
export function card(
  body: readonly Element[],
  more: Partial<Pick<Card, 'actions' | 'fallbackText' | 'msteams'>> = {},
): Card {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    ...more,
    body,
  };
}

/** A card as messages and dialogs carry it. */
export const attach = (content: Card) => ({ contentType: cardType, content });

/** A paragraph of our own markdown; user text in it has to be escaped. */
export const textBlock = (text: string, more: Readonly<Record<string, unknown>> = {}): Element => ({
  type: 'TextBlock',
  text: text === '' ? '–' : text,
  wrap: true,
  ...more,
});
