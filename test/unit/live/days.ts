import type { Place } from '../../../src/core/ports.js';
import type { Subscription } from '../../../src/core/subscription.js';
import { channel, type Rig } from '../../rig/index.js';
import type { Shown } from '../../rig/recorder.js';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** A channel of the rig's workspace. */
export const place = (name: string): Place => ({ ...channel, channel: name });

/** Has a channel follow all webcasts: the audience by the card's thread, unless told otherwise. */
export const follow = (rig: Rig, facts: Partial<Subscription> = {}): Promise<void> =>
  rig.store.subscribe(
    {
      platform: 'terminal',
      place: place('C2'),
      subject: { kind: 'all' },
      mode: 'normal',
      side: 'audience',
      reminders: [],
      mention: undefined,
      numbers: 'off',
      questions: false,
      owner: 'U2',
      paused: undefined,
      ...facts,
    },
    rig.clock.now(),
  );

/** Lets seconds pass one by one, as the loops see them; gives what was shown meanwhile. */
export async function pass(rig: Rig, seconds: number): Promise<readonly Shown[]> {
  const from = rig.platform.shown.length;
  for (let passed = 0; passed < seconds; passed++) {
    rig.clock.advance(second);
    await rig.live.settle();
  }
  return rig.platform.shown.slice(from);
}

/** What was shown, one line each: how, where and what. */
export const told = (shown: readonly Shown[]): string[] =>
  shown.map(({ how, channel: where, person, view }) => `${how} ${where ?? person} ${view.summary}`);
