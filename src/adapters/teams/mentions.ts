import { writePerson } from '../../core/people.js';
import type { Entity } from './activity.js';

/** Finds the directory's id of somebody, by which they are known when they write themselves. */
export type Identify = (id: string) => string;

/** The line that a message says. */
export interface SaidLine {
  readonly line: string;
  /** The bot itself is named. */
  readonly toBot: boolean;
}

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The ids of those beside the bot who are named and of whom the message does not tell the directory's id. */
export const strangersIn = (found: readonly Entity[], bots: readonly string[]): readonly string[] =>
  found.flatMap(({ type, mentioned }) =>
    type === 'mention' && mentioned && !mentioned.aadObjectId && !bots.includes(mentioned.id) ? [mentioned.id] : [],
  );

/** Reads a message's text: the bot's mentions go wherever they stand, other people stand in the line as who they are. */
export function readLine(
  text: string,
  found: readonly Entity[],
  bots: readonly string[],
  identify: Identify = (id) => id,
): SaidLine {
  const mentions = found.flatMap(({ type, text: mark, mentioned }) =>
    type === 'mention' && mentioned
      ? [{ ...mentioned, name: mentioned.name ?? '', mark: mark ?? `<at>${mentioned.name ?? ''}</at>` }]
      : [],
  );
  let rest = text;
  for (const { id, aadObjectId, mark, name } of mentions) {
    // The whole text is decoded below, once.
    const person = writePerson(aadObjectId ?? identify(id), name).replace(/[&<>]/g, (sign) => escaped[sign] ?? sign);
    rest = rest.replaceAll(mark, () => (bots.includes(id) ? ' ' : person));
  }
  const line = decode(rest)
    .replace(/[\p{Cc}\u200b\u2060\ufeff]/gu, (sign) => (/[\n\r\t]/.test(sign) ? sign : ''))
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .trim()
    .replace(/^\/?webcast(?=\s|$)/i, '')
    .trim()
    .replace(/^\/(?=[a-z])/i, '');
  return {
    line,
    toBot: mentions.some(({ id }) => bots.includes(id)),
  };
}

/** Decodes the entities that Teams writes into text, once: what a person typed to look like one stays. */
function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
