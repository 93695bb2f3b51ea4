/** How a line names somebody: <@U0123ABCD|Ann>. Platforms write it where a person was chosen while typing. */
const named = /<@([^\s<>|]+)(?:\|([^<>]*))?>/;
const everyNamed = new RegExp(named, 'g');

/** Writes somebody into a line, by the platform's own id and the name that was shown. */
export function writePerson(id: string, name?: string): string {
  const words = name?.replace(/[<>|\p{Cc}]/gu, ' ').trim();
  return words ? `<@${id}|${words}>` : `<@${id}>`;
}

/** The line as its writer saw it: people by their names. */
export const sayPeople = (words: string): string =>
  words.replace(everyNamed, (_, id: string, name?: string) => name || `@${id}`);

/** Whether a word stands within the name of somebody, where a space does not end it. */
export const isNaming = (word: string): boolean => /<@[^\s<>|]+\|[^<>]*$/.test(word);

/** Somebody as a line names them. */
export type Somebody =
  | { readonly kind: 'me' }
  /** By the platform's own id. */
  | { readonly kind: 'member'; readonly id: string }
  /** By a Kaltura user, which is an e-mail address here. */
  | { readonly kind: 'user'; readonly user: string };

/** Member ids of Slack and Teams, as people copy them from a profile. */
const memberId = /^@?([UW](?=[A-Z0-9]*\d)[A-Z0-9]{6,20}|29:[\w.:-]{3,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** Whether it is written as platforms write the ids of their members. */
export const isMemberId = (id: string): boolean => memberId.exec(id)?.[1] === id;

const address = /^[^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,]+$/;

/** Reads one word as somebody: @, id, me or e-mail address; "unclear" is a typed @name that no platform has told the id of. */
export function readSomebody(word: string): Somebody | 'unclear' | undefined {
  const token = new RegExp(`^${named.source}$`).exec(word)?.[1];
  if (token !== undefined) return { kind: 'member', id: token };
  if (/^@?me$/i.test(word)) return { kind: 'me' };
  const member = memberId.exec(word)?.[1];
  if (member !== undefined) return { kind: 'member', id: member };
  if (address.test(word)) return { kind: 'user', user: word };
  return word.startsWith('@') ? 'unclear' : undefined;
}

/** What stands at the beginning of some words: people, and the words behind them. */
export interface PeopleRead {
  readonly people: readonly Somebody[];
  readonly rest: string | undefined;
  /** Names that could not be understood, as they were typed. */
  readonly unclear: readonly string[];
}

/** Reads people off the beginning of some words, commas and "and" between them or not. */
export function readPeople(words: string): PeopleRead {
  const people: Somebody[] = [];
  const unclear: string[] = [];
  let rest = words.trim();
  for (;;) {
    const word = new RegExp(`^(?:${named.source}|[^\\s,]+)`).exec(rest)?.[0];
    if (word === undefined) break;
    const somebody = readSomebody(word);
    if (somebody === undefined) break;
    if (somebody === 'unclear') unclear.push(word);
    else people.push(somebody);
    rest = rest.slice(word.length).replace(/^(?:\s*,\s*|\s+and\s+|\s+)/i, '');
  }
  return { people, rest: rest === '' ? undefined : sayPeople(rest), unclear };
}
