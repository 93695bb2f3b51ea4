import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

async function goLive(options = ''): Promise<EntryId> {
  const id = await rig.plan(options);
  await rig.encoder.start(id);
  await rig.say(`golive ${id} --yes`);
  await rig.live.settle();
  return id;
}

describe('mark', () => {
  it('answers privately with the time into the show', async () => {
    await goLive();
    rig.clock.advance(750_000);
    const words = await rig.read('mark CFO numbers');
    expect(words).toContain('whisper\nMarked at 12:3');
    expect(words).toContain('CFO numbers');
    expect(words).toContain('It becomes a chapter when the recording is ready.');
  });

  it('is heeded before anybody has looked at the show', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    expect(await rig.read('mark Welcome')).toContain('Marked at 0:0');
    await rig.live.settle();
    expect(await rig.read('marks')).toContain('1. 0:0');
  });

  it('is refused before it went live, in preview, and after the end', async () => {
    const id = await rig.plan();
    expect(await rig.read('mark Welcome')).toContain('has not gone live, so there is nothing to mark yet.');
    await rig.encoder.start(id);
    expect(await rig.read('mark Welcome')).toContain('has not gone live, so there is nothing to mark yet.');
    await rig.say(`golive ${id} --yes`);
    await rig.live.settle();
    await rig.say(`end ${id} --yes`);
    expect(await rig.read('mark Welcome')).toMatch(/is over|not on air any more/);
    await rig.live.settle();
    expect(await rig.read('mark Welcome')).toContain('is not on air any more, so there is nothing to mark.');
  });

  it('says that nothing is recorded where nothing is', async () => {
    await goLive('--recording off');
    expect(await rig.read('mark Welcome')).toContain('Nothing is recorded, so it stands on the card');
  });

  it('opens a form for the words, as its button does', async () => {
    const id = await goLive();
    const said = { kind: 'line', line: `mark --webcast=${id}` } as const;
    const prepared = rig.prepare(said);
    expect(prepared).toMatchObject({ kind: 'form', opened: { form: { title: 'Mark this moment' } } });
  });

  it('keeps hostile words as they are, and none that is empty or endless', async () => {
    await goLive();
    const hostile = "<!channel> *b* {} '; drop table marks; -- & <script>";
    await rig.say(`mark "${hostile}"`);
    expect(await rig.read('marks')).toContain(hostile);
    expect(rig.prepare({ kind: 'line', line: 'mark ""' }).kind).not.toBe('run');
    expect(rig.prepare({ kind: 'line', line: `mark ${'x'.repeat(101)}` })).toMatchObject({ kind: 'answer' });
  });

  it('asks which show is meant, and keeps the moment meanwhile', async () => {
    const one = await goLive();
    await goLive();
    const [asked] = await rig.say('mark "CFO {} numbers"');
    const pick = asked?.view.nodes.find((node) => node.kind === 'pick');
    if (pick?.kind !== 'pick') throw new Error('nothing to pick');
    rig.clock.advance(60_000);
    // Teams puts the choice in with quotes around it.
    await rig.say(pick.line.replaceAll('{}', () => `"${one}"`));
    const [mark] = await rig.store.marks(one, 1);
    expect(mark?.words).toBe('CFO { } numbers');
    expect(rig.clock.now() - (mark?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  it('said twice in one moment stands twice, and delivered twice once', async () => {
    const id = await goLive();
    await rig.say('mark Welcome', { deliveryId: 'delivery-1' });
    await rig.say('mark Welcome', { deliveryId: 'delivery-1' });
    await rig.say('mark Welcome');
    expect(await rig.store.marks(id, 1)).toHaveLength(2);
  });

  it('takes a hundred of one show, and no more', async () => {
    const id = await goLive();
    for (let count = 0; count < 100; count++) await rig.say(`mark Point ${count}`);
    expect(await rig.read('mark One more')).toContain('This show has 100 marks');
    expect(await rig.store.marks(id, 1)).toHaveLength(100);
  });

  it('needs one round trip', async () => {
    await goLive();
    expect(await rig.roundTrips(() => rig.say('mark Welcome'))).toHaveLength(1);
  });
});

describe('marks', () => {
  it('says that there are none', async () => {
    await goLive();
    expect(await rig.read('marks')).toContain('There are none.');
  });

  it('takes one away by its number, and its chapter with it', async () => {
    const id = await goLive();
    for (const words of ['One', 'Two']) {
      rig.clock.advance(60_000);
      await rig.say(`mark ${words}`);
    }
    rig.clock.advance(60_000);
    await rig.say(`end ${id} --yes`);
    await rig.encoder.stop(id);
    for (let look = 0; look < 6; look++) {
      rig.clock.advance(30_000);
      await rig.live.settle();
    }
    const [part] = await rig.gateway.library.titles(id);
    expect(part?.chapters.map(({ title }) => title)).toEqual(['One', 'Two']);
    expect(await rig.read('marks')).toMatch(/1\. 1:0\d One, chapter at 1:0\d\n- 2\. 2:0\d Two/);
    expect(await rig.read('marks --remove 1')).toContain('Taken away: One');
    const [left] = await rig.gateway.library.titles(id);
    expect(left?.chapters.map(({ title }) => title)).toEqual(['Two']);
    expect(await rig.read('marks --remove 2')).toContain('There is no mark 2.');
    expect(await rig.read('marks --remove all')).toContain('needs the number of a mark');
  });

  it('needs one round trip, and one more to take a chapter away', async () => {
    await goLive();
    await rig.say('mark Welcome');
    expect(await rig.roundTrips(() => rig.say('marks'))).toHaveLength(1);
    expect(await rig.roundTrips(() => rig.say('marks --remove 1'))).toHaveLength(1);
  });
});
