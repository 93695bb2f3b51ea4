import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryId } from '../../../src/core/webcast.js';
import { channel, openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

describe('delete', () => {
  let rig: Rig;
  let id: EntryId;

  beforeEach(async () => {
    rig = await openRig();
    id = await rig.plan();
    await rig.live.settle();
  });
  afterEach(() => rig.stop());

  const last = () => rig.platform.shown.at(-1);

  it('asks, says what goes and what stays, and deletes nothing yet', async () => {
    const words = await rig.read('delete');
    expect(words).toContain('Delete Q3 Town Hall?');
    expect(words).toContain('Its card says that it is deleted.');
    expect(words).toContain('What was recorded of it stays in Kaltura.');
    expect(words).toContain(`[Delete it] delete ${id} --yes`);
    expect(await rig.gateway.find({ by: 'id', id })).toHaveLength(1);
  });

  it('turns its cards into ones that say so and have no buttons, in every channel', async () => {
    await rig.say(`subscribe ${id}`, { place: { ...channel, channel: 'C2' } });
    const trips = await rig.roundTrips(() => rig.say(`delete ${id} --yes`));
    expect(trips).toEqual([
      ['livestream.list'],
      ['livestream.delete'],
      ['metadata_metadataprofile.list', 'metadata_metadata.list', 'schedule_scheduleevent.list'],
      ['schedule_scheduleevent.delete'],
    ]);
    const before = rig.platform.shown.length;
    await rig.live.settle();
    const cards = rig.platform.shown.slice(before);
    expect(cards.map(({ how, channel: where }) => [how, where])).toEqual(
      expect.arrayContaining([
        ['update', 'C1'],
        ['update', 'C2'],
      ]),
    );
    for (const { view } of cards) {
      expect(wordsOf(view)).toContain('This webcast was deleted:');
      expect(view.nodes.map(({ kind }) => kind)).not.toContain('buttons');
    }
    expect(rig.acts.at(-1)).toMatchObject({ command: 'delete', webcast: id, outcome: 'done' });
  });

  it('ends its subscriptions, and nobody is reminded of it any more', async () => {
    await rig.say(`move ${id} "tomorrow 15:00"`);
    await rig.live.settle();
    await rig.say(`delete ${id} --yes`);
    await rig.live.settle();
    const before = rig.platform.shown.length;
    for (let hours = 0; hours < 30; hours += 1) {
      rig.clock.advance(3_600_000);
      await rig.live.settle();
    }
    expect(rig.platform.shown.slice(before)).toEqual([]);
    expect(await rig.store.subscriptions('terminal', channel)).toEqual([]);
  });

  it('is found by nothing afterwards', async () => {
    await rig.say(`delete ${id} --yes`);
    expect(await rig.store.findNotes('town')).toEqual([]);
    expect(await rig.store.upcoming(rig.clock.now(), 10)).toEqual([]);
    expect(await rig.store.bound('terminal', channel)).toEqual([]);
    expect(await rig.read(`golive ${id}`)).toContain(`There is no webcast ${id} in this account, or it was deleted.`);
  });

  it('is not looked at any more, even when somebody asks for a look', async () => {
    await rig.say(`delete ${id} --yes`);
    await rig.live.settle();
    await rig.live.changed(id);
    await rig.live.settle();
    expect(last() && wordsOf((last() ?? { view: { summary: '', nodes: [] } }).view)).toContain('was deleted');
    const known = JSON.parse((await rig.store.known(id)) ?? '{}');
    expect(known.missing).toBe(6);
  });

  it('keeps the recordings in Kaltura', async () => {
    await rig.encoder.start(id);
    await rig.encoder.stop(id);
    const [part] = await rig.gateway.recordings(id);
    await rig.say(`delete ${id} --yes`);
    expect((await rig.gateway.recordings(id)).map((one) => one.id)).toEqual([part?.id]);
  });

  it('is refused while an encoder sends', async () => {
    await rig.encoder.start(id);
    const trips = await rig.roundTrips(async () => {
      const words = await rig.read(`delete ${id} --yes`);
      expect(words).toContain('"Q3 Town Hall" has an encoder that sends, and Kaltura deletes no webcast meanwhile.');
      expect(words).toContain('Stop the encoder first');
    });
    expect(trips).toEqual([['livestream.list']]);
  });

  it('is done when the answer was lost', async () => {
    await rig.control('faults', { on: 'liveStream.delete', kind: 'lost' });
    expect(await rig.read(`delete ${id} --yes`)).toContain('Q3 Town Hall is deleted');
    expect(await rig.gateway.find({ by: 'id', id })).toEqual([]);
  });

  it('leaves everything as it is when Kaltura refuses', async () => {
    await rig.control('faults', { on: 'liveStream.delete', kind: 'http', times: 9 });
    expect(await rig.read(`delete ${id} --yes`)).toContain('Kaltura is out of order');
    expect(await rig.store.bound('terminal', channel)).toEqual([id]);
  });

  it('never guesses which of several is meant', async () => {
    await rig.plan();
    expect(await rig.read('delete --yes')).toContain('Which webcast?');
  });

  it('says so on the cards of one that was deleted elsewhere, once it was missed often enough', async () => {
    await rig.ask('livestream', 'delete', { entryId: id });
    for (let minutes = 0; minutes < 20; minutes += 1) {
      rig.clock.advance(60_000);
      await rig.live.settle();
    }
    expect(last()?.view.summary).toBe('Q3 Town Hall: deleted');
  });
});
