import type { Context } from '../../core/command.js';
import { BotError } from '../../core/errors.js';
import type { Mention } from '../../core/mention.js';

/** Whom a person wants called: the one who asks, or somebody by the platform's id. */
export type Called = Mention | 'me';

const person = /^<?@?([UW][A-Z0-9]{4,}|\d+:[\w.:-]+|[0-9a-f-]{36})(?:\|[^>]*)?>?$/;
const group = /^(?:<!subteam\^)?(S[A-Z0-9]{4,})(?:\|[^>]*)?>?$/;

/**
 * Reads "me", an id, or a mention as a platform writes it; here and channel only in these very words, so that a mention
 * that slipped in calls nobody. Undefined when it is none of these.
 */
export function readCalled(words: string): Called | undefined {
  if (/^@?me$/i.test(words)) return 'me';
  if (words === 'here' || words === 'channel') return { kind: 'everyone', who: words };
  const someone = person.exec(words)?.[1];
  if (someone) return { kind: 'person', id: someone };
  const several = group.exec(words)?.[1];
  return several ? { kind: 'group', id: several } : undefined;
}

/** Writes it as it is typed. */
export const writeCalled = (called: Called): string =>
  called === 'me' ? called : called.kind === 'everyone' ? called.who : called.id;

/** The mention that is meant; raises BotError where the platform does not let bots call so many. */
export function settleCalled(called: Called, { person: asking, calls }: Pick<Context, 'person' | 'calls'>): Mention {
  if (called === 'me') return { kind: 'person', id: asking.id };
  if (calls.includes(called.kind)) return called;
  const what = called.kind === 'group' ? 'a group' : 'a whole channel';
  const why = `A bot cannot call ${what} here, only one person.`;
  throw new BotError('invalid', why, "Type --mention me, or a member's id, and let that person call the others.");
}
