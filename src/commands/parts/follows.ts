import type { Context } from '../../core/command.js';
import { keyOf, type Subscription } from '../../core/subscription.js';
import type { PublicNode, View } from '../../core/view.js';
import { sayRule, unsubscribeLine } from '../../show/rule.js';

/** The names of the webcasts that are followed, by the keys of their subjects. */
export async function namesOf(
  subscriptions: readonly Subscription[],
  { store }: Pick<Context, 'store'>,
): Promise<ReadonlyMap<string, string>> {
  const ids = subscriptions.flatMap(({ subject }) => (subject.kind === 'webcast' ? [subject.webcast] : []));
  return new Map((await store.notes(ids)).map(({ id, name }) => [id, name]));
}

/** The subscriptions of a channel as sentences, each with the button that ends it. */
export function listOf(own: readonly Subscription[], names: ReadonlyMap<string, string>): View {
  const title = own.length === 1 ? 'This channel follows one thing' : `This channel follows ${own.length} things`;
  const nodes = own.flatMap((one): PublicNode[] => [
    { kind: 'text', text: [...sayRule(one, names.get(keyOf(one.subject))), '.'] },
    ...(one.paused === undefined ? [] : [{ kind: 'text', text: [{ bold: 'Paused: ' }, one.paused] } as const]),
    { kind: 'buttons', buttons: [{ label: 'Unsubscribe', line: unsubscribeLine(one) }] },
  ]);
  return { summary: title, nodes: [{ kind: 'title', text: title }, ...nodes.slice(0, 45)] };
}
