import type { Addresses } from '../../core/ports.js';
import type { EntryId, PlayerPlugin } from '../../core/webcast.js';

/** How large a player is on its page: so many pixels, or as wide as its place and so high as the ratio says. */
export type Size =
  | { readonly kind: 'pixels'; readonly width: number; readonly height: number }
  | { readonly kind: 'ratio'; readonly width: number; readonly height: number };

/** A v7 player on a page. */
export interface Embedding {
  readonly at: Addresses;
  readonly player: number;
  readonly entry: EntryId;
  /** What it is called by those who type names: any text at all. */
  readonly title: string;
  readonly muted: boolean;
  /** The plugins to be set up, of those that the player has. */
  readonly plugins: readonly PlayerPlugin[];
  /** Each form has its own when it is left out. */
  readonly size: Size | undefined;
}

const bounds = { least: 16, most: 7680 };

/** Reads "1280x720", "16:9" or "responsive"; undefined when it is none of them. */
export function readSize(words: string): Size | undefined {
  if (/^responsive$/i.test(words)) return { kind: 'ratio', width: 16, height: 9 };
  const found = /^(\d{1,4})\s*([x×:])\s*(\d{1,4})(?:\s+responsive)?$/i.exec(words);
  if (!found) return undefined;
  const [width, height] = [Number(found[1]), Number(found[3])];
  if (found[2] === ':') return width > 0 && height > 0 ? { kind: 'ratio', width, height } : undefined;
  const fits = [width, height].every((side) => side >= bounds.least && side <= bounds.most);
  return fits ? { kind: 'pixels', width, height } : undefined;
}

/** The size as CSS declarations. */
export const cssOf = (size: Size): string =>
  size.kind === 'pixels'
    ? `width: ${size.width}px; height: ${size.height}px`
    : `width: 100%; aspect-ratio: ${size.width} / ${size.height}`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML, in elements and in quoted attributes. */
export const htmlText = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** A value as it stands in a script within HTML or JSX: nothing in it can end the string, the script or a comment. */
export const scriptValue = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
