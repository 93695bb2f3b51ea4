import type { Context } from '../../core/command.js';
import { BotError } from '../../core/errors.js';
import type { Mention } from '../../core/mention.js';
import { isMemberId, readSomebody } from '../../core/people.js';

/** Whom a person wants called: the one who asks, or somebody by the platform's id. */
export type Called = Mention | 'me';

const group = /^(?:<!subteam\^)?(S[A-Z0-9]{4,})(?:\|[^>]*)?>?$/;

/**
 * Reads "me", an id, or a mention as a platform writes it; here and channel only in these very words, so that a mention
 * that slipped in calls nobody. Undefined when it is none of these.
 */
export function readCalled(words: string): Called | undefined {
  if (words === 'here' || words === 'channel') return { kind: 'everyone', who: words };
  const several = group.exec(words)?.[1];
  if (several) return { kind: 'group', id: several };
  const somebody = readSomebody(words);
  if (somebody === undefined || somebody === 'unclear') return undefined;
  switch (somebody.kind) {
    case 'me':
      return 'me';
    case 'member':
      // Between the signs of a mention anything can be typed; what is remembered has to be somebody that can be called.
      return isMemberId(somebody.id) ? { kind: 'person', id: somebody.id } : undefined;
    case 'user':
      return undefined;
    default: {
      const never: never = somebody;
      return never;
    }
  }
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
