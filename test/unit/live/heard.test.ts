import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EntryId, entryIdSchema } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

describe('what is heard from outside', () => {
  let rig: Rig;
  let id: EntryId;

  /** A webcast days before its start, at which nobody looks for minutes. */
  beforeEach(async () => {
    rig = await openRig();
    const shown = await rig.say('create "Q3 Town Hall" --start "in 72 hours"');
    const words = shown.map(({ view }) => wordsOf(view)).join('\n');
    id = entryIdSchema.parse(/\b\d_[a-z0-9]{8}\b/.exec(words)?.[0]);
    await rig.live.settle();
    rig.clock.advance(60_000);
  });
  afterEach(async () => rig.stop());

  const looked = () =>
    rig.kaltura.requests
      .read()
      .requests.filter(
        ({ clientTag, calls }) => clientTag?.startsWith('webcast-watch') && calls[0] === 'livestream.list',
      ).length;
  const looks = async () => {
    const before = looked();
    await rig.live.settle();
    return looked() - before;
  };
  const card = () => rig.platform.shown.at(-1)?.view.summary;
  const openElsewhere = async () => {
    await rig.encoder.start(id);
    await rig.gateway.goLive(id);
  };

  it('makes a look due in a second, which shows what Kaltura says', async () => {
    await openElsewhere();
    expect(await looks()).toBe(0);
    await rig.live.heard([id]);
    expect(await looks()).toBe(0);
    rig.clock.advance(1000);
    expect(await looks()).toBeGreaterThan(0);
    expect(rig.platform.shown.map(({ view }) => view.summary)).toContain('Q3 Town Hall: Live');
  });

  it('shows nothing by itself: where nothing has happened, nothing is edited', async () => {
    const before = rig.platform.shown.length;
    await rig.live.heard([id]);
    rig.clock.advance(1000);
    expect(await looks()).toBe(1);
    expect(rig.platform.shown).toHaveLength(before);
    expect(card()).not.toContain('Live');
  });

  it('is one look a second however much is heard', async () => {
    let total = 0;
    for (let told = 0; told < 1000; told += 1) {
      await rig.live.heard([id]);
      rig.clock.advance(10);
      if (told % 10 === 9) total += await looks();
    }
    expect(total).toBeGreaterThanOrEqual(9);
    expect(total).toBeLessThanOrEqual(10);
  });

  it('means nothing of an entry that is not watched', async () => {
    const stranger = entryIdSchema.parse('0_stranger');
    await rig.live.heard([stranger]);
    rig.clock.advance(1000);
    expect(await looks()).toBe(0);
    expect(await rig.store.unwatched([stranger])).toEqual([stranger]);
  });
});
