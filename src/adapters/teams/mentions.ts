import type { Entity } from './activity.js';

/** Somebody beside the bot who is named in a message. */
interface Mentioned {
  readonly id: string;
  readonly name: string;
}

/** The line that a message says, and who else is named in it. */
export interface SaidLine {
  readonly line: string;
  readonly mentions: readonly Mentioned[];
  /** The bot itself is named. */
  readonly toBot: boolean;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Reads a message's text: the bot's mentions go wherever they stand, other people's become their names. */
export function readLine(text: string, found: readonly Entity[], bots: readonly string[]): SaidLine {
  const mentions = found.flatMap(({ type, text: mark, mentioned }) =>
    type === 'mention' && mentioned
      ? [{ id: mentioned.id, name: mentioned.name ?? '', mark: mark ?? `<at>${mentioned.name ?? ''}</at>` }]
      : [],
  );
  let rest = text;
  for (const { id, mark, name } of mentions) {
    rest = rest.replaceAll(mark, () => (bots.includes(id) ? ' ' : name));
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
    mentions: mentions.filter(({ id }) => !bots.includes(id)).map(({ id, name }) => ({ id, name })),
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
