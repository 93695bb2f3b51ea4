import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Asking } from '../../../src/core/live.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { entryIdSchema } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

const asking = (more: Asking['more'], health: readonly EntryId[] = []): Asking => ({ more, health: new Set(health) });
const neither = asking(() => ({ paths: false, recordings: false }));

/** The calls of each round trip that was made for watching. */
async function trips(work: () => Promise<unknown>): Promise<string[][]> {
  const from = rig.kaltura.requests.read().total;
  await work();
  return rig.kaltura.requests
    .read()
    .requests.filter(({ number, clientTag }) => number > from && clientTag?.startsWith('webcast-watch'))
    .map(({ calls }) => calls.map((call) => call.toLowerCase()));
}

/** Plans so many webcasts, some at a time. */
async function plan(count: number): Promise<EntryId[]> {
  const ids: EntryId[] = [];
  while (ids.length < count) ids.push(await rig.plan());
  return ids;
}

describe('looking at many webcasts', () => {
  it('is one round trip for each hundred, however many there are', async () => {
    const [id] = await plan(1);
    const absent = Array.from({ length: 250 }, (_, n) => entryIdSchema.parse(`1_absent${String(n).padStart(3, '0')}`));
    const ids = id ? [...absent, id] : absent;
    let found: readonly { webcast: { id: EntryId } }[] = [];
    expect(
      await trips(async () => {
        found = await rig.gateway.watch(ids, neither);
      }),
    ).toEqual([['livestream.list'], ['livestream.list'], ['livestream.list']]);
    expect(found.map(({ webcast }) => webcast.id)).toEqual([id]);
  });

  it('sees every one of a full hundred', async () => {
    const ids = await plan(101);
    expect(await rig.gateway.watch(ids, neither)).toHaveLength(101);
  }, 60_000);

  it('asks for paths and recordings of those of which they are wanted, together', async () => {
    const [first, second] = await plan(2);
    if (!first || !second) throw new Error('Nothing was planned.');
    await rig.encoder.start(first, { backup: true });
    const more = asking(({ feed }) => ({ paths: feed === 'picture', recordings: feed === 'picture' }));
    const made = await trips(async () => {
      const [one, other] = [...(await rig.gateway.watch([first, second], more))].sort((a) => (a.main ? -1 : 1));
      expect(one).toMatchObject({ main: 'none', backup: 'picture', audience: 'preview' });
      expect(one?.recordings).toBeDefined();
      expect(other).toMatchObject({ main: undefined, recordings: undefined });
    });
    expect(made).toEqual([['livestream.list'], ['livestream.getdetails'], ['baseentry.list']]);
  });

  it('asks what Kaltura says of pictures along with the list, in one round trip for all of them', async () => {
    const ids = await plan(3);
    for (const id of ids) await rig.encoder.start(id);
    const made = await trips(async () => {
      for (const { webcast, health } of await rig.gateway.watch(ids, { ...neither, health: new Set(ids.slice(1)) }))
        if (webcast.id === ids[0]) expect(health).toBeUndefined();
        else
          expect(health).toMatchObject({ main: { report: { findings: [] }, figures: { frameRate: 25 } }, backup: {} });
    });
    expect(made).toEqual([['livestream.list', 'beacon_beacon.list', 'beacon_beacon.list']]);
  });

  it('leaves out what was deleted', async () => {
    const [id] = await plan(1);
    await rig.raw('liveStream', 'delete', { entryId: id }).catch(() => undefined);
    expect(await rig.gateway.watch(id ? [id] : [], neither)).toEqual([]);
  });

  it('asks nothing for nothing', async () => {
    expect(await trips(() => rig.gateway.watch([], neither))).toEqual([]);
  });
});
