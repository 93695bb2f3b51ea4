import type { Piece, Text } from '../../core/view.js';
import type { Instant } from '../../core/webcast.js';

const joiner = '\u2060';

/** Makes text harmless wherever a card may read it as a mention, or as a date to be put into the reader's zone. */
export const literal = (text: string): string =>
  text.replace(/<(?=\/?at\b)/gi, `<${joiner}`).replace(/\{\{(?=\s*(?:DATE|TIME)\s*\()/g, `{${joiner}{`);

/** Makes text harmless in a TextBlock, whose markdown knows emphasis, links, lists and headings. */
export function escapeText(text: string): string {
  return literal(text)
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replace(/[*[\]`~]/g, (sign) => `\\${sign}`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^(\s*)([-+>#]|\d+(?=[.)]))/gm, (_, space: string, sign: string) =>
      /\d/.test(sign) ? `${space}${sign}${joiner}` : `${space}\\${sign}`,
    )
    .replace(/<(?=[a-z/!?])/gi, `<${joiner}`);
}

/** A moment that clients show in each reader's own time zone. */
export function date(at: Instant): string {
  const stamp = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return `{{DATE(${stamp}, SHORT)}} {{TIME(${stamp})}}`;
}

/** Bold words; markdown wants no space inside the marks, so what stands around them stays outside. */
export function bold(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  const words = plain.trim();
  return words === '' ? '' : plain.replace(words, () => `**${escapeText(words)}**`);
}

/** A link with words; what Teams would not open stays text. */
export function link(words: string, url: string): string {
  const label = escapeText(words.replace(/\s+/g, ' ').trim() || url);
  if (!isWebAddress(url)) return `${label} (${escapeText(url)})`;
  return `[${label}](${url.replace(/[\s()<>\\[\]]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)})`;
}

/** Whether Teams opens an address from a card: it does so by https only. */
export const isWebAddress = (url: string): boolean => /^https:\/\/[^\s]+$/i.test(url) && url.length <= 2000;

/** The names of people who are in the conversation, by the ids that they can be called by. */
export type Names = ReadonlyMap<string, string>;
export const nobody: Names = new Map();

/** The mark of a call; the same words stand in the entity beside the card. */
export const callMark = (name: string): string => `<at>${name.replace(/[<>*_`~[\]\\]/g, ' ').trim() || 'member'}</at>`;

/** A text in a TextBlock's markdown; people without a name here are written, and not called. */
export function markdown(text: Text, names: Names = nobody): string {
  return typeof text === 'string' ? escapeText(text) : text.map((piece) => mark(piece, names)).join('');
}

function mark(piece: Piece, names: Names): string {
  if (typeof piece === 'string') return escapeText(piece);
  if ('bold' in piece) return bold(piece.bold);
  // Cards have no inline code.
  if ('code' in piece) return bold(piece.code);
  if ('link' in piece) return link(piece.link, piece.url);
  if ('time' in piece) return date(piece.time);
  if ('person' in piece) {
    const name = names.get(piece.person);
    return name === undefined ? escapeText(`@${piece.person}`) : callMark(name);
  }
  // Bots can call one person only.
  if ('group' in piece) return escapeText(`@${piece.group}`);
  if ('everyone' in piece) return escapeText(`@${piece.everyone}`);
  const never: never = piece;
  return never;
}
