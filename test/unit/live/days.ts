import type { Reports } from '../../../src/core/numbers.js';
import type { Place } from '../../../src/core/ports.js';
import type { Subscription } from '../../../src/core/subscription.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { channel, type Rig } from '../../rig/index.js';
import type { Shown } from '../../rig/recorder.js';
import { following } from '../../rig/subscription.js';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** A channel of the rig's workspace. */
export const place = (name: string): Place => ({ ...channel, channel: name });

/** Has a channel follow all webcasts: the audience by the card's thread, unless told otherwise. */
export const follow = (rig: Rig, facts: Partial<Subscription> = {}): Promise<void> =>
  rig.store.subscribe(following({ platform: 'terminal', place: place('C2'), ...facts }), rig.clock.now());

/** Lets milliseconds pass in steps, as the loops would see them; gives what was shown meanwhile. */
export async function passIn(rig: Rig, step: number, milliseconds: number): Promise<readonly Shown[]> {
  const from = rig.platform.shown.length;
  for (let left = milliseconds; left > 0; left -= step) {
    rig.clock.advance(Math.min(step, left));
    await rig.live.settle();
  }
  return rig.platform.shown.slice(from);
}

/** Lets seconds pass one by one; gives what was shown meanwhile. */
export const pass = (rig: Rig, seconds: number): Promise<readonly Shown[]> => passIn(rig, second, seconds * second);

/** A webcast that viewers see, past the bot's own command, with half a minute for the loops before it and after. */
export async function openShow(rig: Rig): Promise<EntryId> {
  const id = await rig.plan();
  await rig.encoder.start(id);
  await passIn(rig, 30 * second, 30 * second);
  await rig.gateway.goLive(id);
  await passIn(rig, 30 * second, 30 * second);
  return id;
}

/** Reports of an account that has none, for tests that count nobody. */
export const uncounted: Partial<Reports> = {
  audienceNow: async () => ({ kind: 'lacking', why: 'not in the account' }),
};

/** What was shown, one line each: how, where and what. */
export const told = (shown: readonly Shown[]): string[] =>
  shown.map(({ how, channel: where, person, view }) => `${how} ${where ?? person} ${view.summary}`);
