import { callTo, type Mention } from '../core/mention.js';
import { writeLine } from '../core/parse.js';
import type { Mode, NumbersRhythm, Subscription } from '../core/subscription.js';
import type { Piece } from '../core/view.js';
import { sayQuiet } from '../time/quiet.js';
import { sayLead } from './notice.js';

const modeWords: Readonly<Record<Mode, string>> = {
  quiet: 'by edits of its card alone',
  normal: 'by one new message when it goes live, and the rest in the thread of its card',
  flat: 'by new messages, without threads',
};

/** A subscription as a sentence; name is the webcast's, where it names one. */
export function sayRule(subscription: Subscription, name: string | undefined): Piece[] {
  const { subject, mode, side, reminders, mention, numbers, questions, quietHours } = subscription;
  const what = ((): Piece => {
    switch (subject.kind) {
      case 'webcast':
        return { bold: name ?? subject.webcast };
      case 'all':
        return { bold: 'all webcasts' };
      case 'tag':
        return { bold: `webcasts with the tag ${subject.tag}` };
      default: {
        const never: never = subject;
        return never;
      }
    }
  })();
  const hears = side === 'crew' ? 'as crew (trouble too)' : 'as audience';
  const ahead =
    reminders.length === 0 ? 'no reminders' : `reminders ${sayList(reminders.map(sayLead))} before the start`;
  return [
    what,
    `, ${hears}, ${modeWords[mode]}; ${ahead}`,
    ...(numbers === 'off' ? [] : [`; ${numbersWords(numbers)}`]),
    ...(questions ? ['; the questions of viewers while it is live'] : []),
    ...(quietHours === undefined ? [] : [`; quiet from ${sayQuiet(quietHours)}`]),
    ...(mention === undefined ? [] : ['; calls ', nameCalled(mention)]),
  ];
}

const numbersWords = (rhythm: Exclude<NumbersRhythm, 'off'>): string =>
  rhythm === 'end' ? 'figures at the end' : `figures every ${rhythm} min while it is live`;

/** Whom a rule calls, said without calling a whole channel. */
const nameCalled = (mention: Mention): Piece =>
  mention.kind === 'everyone' ? { bold: `@${mention.who}` } : callTo(mention);

function sayList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The line that ends a subscription. */
export function unsubscribeLine({ subject }: Pick<Subscription, 'subject'>): string {
  switch (subject.kind) {
    case 'webcast':
      return `unsubscribe ${subject.webcast}`;
    case 'all':
      return 'unsubscribe all';
    case 'tag':
      return writeLine('unsubscribe', undefined, { tag: subject.tag });
    default: {
      const never: never = subject;
      return never;
    }
  }
}
