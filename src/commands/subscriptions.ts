import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { say } from '../core/view.js';
import { listOf, namesOf } from './parts/follows.js';

export const subscriptions = defineCommand({
  name: 'subscriptions',
  summary: 'What this channel follows, and what is paused and why.',
  examples: ['subscriptions'],
  role: 'viewer',
  params: {},
  settle: (values) => asGiven(values),
  async run(_input, context): Promise<readonly Reply[]> {
    const own = await context.store.subscriptions(context.platform, context.place);
    if (own.length > 0) return [{ to: 'me', view: listOf(own, await namesOf(own, context)) }];
    return [{ to: 'me', view: say('This channel follows nothing.', 'Type subscribe to have it told of a webcast.') }];
  },
});
