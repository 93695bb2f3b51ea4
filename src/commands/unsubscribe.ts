import { defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { optionalLine, webcast as webcastParam } from '../core/params.js';
import { keyOf, type Subject, type Subscription } from '../core/subscription.js';
import { say } from '../core/view.js';
import { isEntryId } from '../core/webcast.js';
import { sayRule } from '../show/rule.js';
import { listOf, namesOf } from './parts/follows.js';

interface Input {
  readonly words: string | undefined;
  readonly tag: string | undefined;
}

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  summary: 'End what this channel follows.',
  examples: ['unsubscribe "Q3 Town Hall"', 'unsubscribe all', 'unsubscribe --tag finance'],
  role: 'producer',
  params: {
    webcast: webcastParam({
      hint: 'Entry id or words of its name, or all for the subscription to all; left out, the only one there is.',
    }),
    tag: optionalLine({ label: 'Tag', hint: 'The tag that the channel follows.', max: 100 }),
  },
  settle(values): Settled<Input> {
    if (values.tag !== undefined && values.webcast !== undefined)
      return { kind: 'refused', issues: [{ field: 'tag', message: 'Give either a webcast or a tag.' }] };
    return { kind: 'settled', input: { words: values.webcast, tag: values.tag?.toLowerCase() } };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const { store, platform, place } = context;
    const own = await store.subscriptions(platform, place);
    const names = await namesOf(own, context);
    const found = own.filter((one) => isMeant(one, names.get(keyOf(one.subject)), input));
    const [only, ...more] = found;
    if (!only) throw notFollowed(own);
    if (more.length > 0) return [{ to: 'me', view: listOf(found, names) }];
    await store.unsubscribe(platform, place, only.subject);
    const name = names.get(keyOf(only.subject));
    const rest = only.subject.kind === 'webcast' ? ' Its card here is still kept true, by edits alone.' : '';
    const view = say('This channel is not told any more', [
      'It no longer follows ',
      ...sayRule(only, name),
      `.${rest}`,
    ]);
    return [{ to: 'me', view }];
  },
});

function isMeant({ subject }: { readonly subject: Subject }, name: string | undefined, { words, tag }: Input): boolean {
  if (tag !== undefined) return subject.kind === 'tag' && subject.tag === tag;
  if (words === undefined) return true;
  const wanted = words.toLowerCase();
  if (wanted === 'all') return subject.kind === 'all';
  if (subject.kind !== 'webcast') return false;
  return isEntryId(wanted) ? subject.webcast === wanted : name?.toLowerCase().includes(wanted) === true;
}

function notFollowed(own: readonly Subscription[]): BotError {
  if (own.length === 0) {
    return new BotError('not_found', 'This channel follows nothing.', 'Type subscribe to have it told of a webcast.');
  }
  return new BotError('not_found', 'This channel does not follow that.', 'Type subscriptions to see what it follows.');
}
