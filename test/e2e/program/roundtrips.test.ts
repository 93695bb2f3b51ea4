import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';

/** Round trips are what people wait for, so each command's figure is held on the wire of the built program. */
describe('round trips to Kaltura', () => {
  let rig: Rig;
  let id: string;
  let counted = 0;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig({ channels: ['events', 'planning', 'profiles'] });
  });

  afterAll(async () => rig.stop());

  const count = async (work: () => Promise<unknown>) => {
    const trips = await rig.roundTrips(work);
    counted += trips.length;
    return trips;
  };
  const adding = ['livestream.add'];
  const event = ['metadata_metadata.add', 'metadata_metadata.add', 'schedule_scheduleevent.add'];
  const asking = (line: string) => count(() => rig.ask(line, 'events'));

  it('takes two to create, with everything said: the webcast, and its event data', async () => {
    const trips = await count(async () => {
      ({ id } = await rig.plan('events', 'Counted'));
    });
    // The first webcast of the program asks for the account's metadata profiles on the way.
    expect(trips.map((calls) => calls.filter((name) => name !== 'metadata_metadataprofile.list'))).toEqual([
      adding,
      event,
    ]);
  });

  it('takes one more at most to create with a profile by name, and none more once the account is known', async () => {
    const first = await count(() => rig.plan('profiles', 'Profiled', '--profile Passthrough'));
    // The cards that are kept true may have asked for the account before.
    expect(first.length).toBeLessThanOrEqual(3);
    expect(first.slice(-2)).toEqual([adding, event]);
    const second = await count(() => rig.plan('profiles', 'Profiled again', '--profile Passthrough'));
    expect(second).toEqual([adding, event]);
  });

  it('takes two to submit a form, and none to open it again once the account is known', async () => {
    await count(async () => ada().closes(await rig.openForm('planning')));
    const opening = await count(async () => {
      await rig.openForm('planning');
    });
    expect(opening).toEqual([]);
    const form = ada().modal();
    if (!form) throw new Error('The form is gone.');
    await ada().fills(form, { Name: 'Formed', Start: Math.floor(Date.now() / 1000) + 600 });
    const submitting = await count(() => rig.posted('planning', () => ada().submits(form)));
    expect(submitting).toEqual([adding, event]);
  });

  it.each([
    ['status', 1],
    ['embed', 1],
    ['embed --as all --muted', 1],
    ['embed --protected', 1],
    ['access', 1],
    ['encoder', 1],
    ['test', 1],
    ['list', 1],
    ['recording', 2],
    ['analytics', 1],
    ['analytics --period 7d', 3],
    ['analytics --period whenever', 0],
    ['repair', 2],
    ['speaker', 2],
    ['speaker add Ada', 3],
    ['golive', 1],
    ['end', 1],
    ['help', 0],
    ['help create', 0],
    ['crate', 0],
    ['status --loud', 0],
  ])('takes for %s in a channel with one webcast: %d', async (line, count) => {
    expect(await asking(`/webcast ${line}`)).toHaveLength(count);
  });

  it('takes one to open the form of edit, and two to change what was filled in', async () => {
    const opening = await count(async () => {
      await ada().runs(`/webcast edit ${id}`, { in: 'events' });
      await rig.double.until('the form', () => ada().modal()?.body.submit);
    });
    expect(opening).toEqual([['livestream.list', 'categoryentry.list', 'category.list']]);
    const form = ada().modal();
    if (!form) throw new Error('The form is gone.');
    await ada().fills(form, { Description: 'Counted too' });
    const submitting = await count(() => rig.whispered('events', () => ada().submits(form)));
    expect(submitting).toEqual([['livestream.list'], ['livestream.update']]);
  });

  it.each([
    ['edit --description Counted', [['livestream.list'], ['livestream.update']]],
    ['edit --category ""', [['livestream.list', 'categoryentry.list', 'category.list']]],
    ['edit --no-archive', [['livestream.list']]],
    ['edit --archive', [['livestream.list'], ['livestream.get'], ['livestream.update']]],
    [
      'move --start "in 20 minutes"',
      [
        ['livestream.list'],
        ['metadata_metadataprofile.list', 'metadata_metadata.list', 'schedule_scheduleevent.list'],
        ['metadata_metadata.update', 'schedule_scheduleevent.update'],
      ],
    ],
    ['copy', [['livestream.list']]],
    ['delete', [['livestream.list']]],
  ])('takes no more than it needs for %s', async (line, trips) => {
    expect(await asking(`/webcast ${line}`)).toEqual(trips);
  });

  it.each(['status', 'test'])('takes one for the %s of a webcast by its name', async (command) => {
    expect(await asking(`/webcast ${command} Counted`)).toHaveLength(1);
  });

  it.each(['status', 'test'])('takes one for the %s of a picture, with what Kaltura says of it', async (command) => {
    await rig.encoder.start(id);
    const trips = await asking(`/webcast ${command} ${id}`);
    expect(trips).toEqual([['livestream.list', 'livestream.getdetails', 'beacon_beacon.list', 'beacon_beacon.list']]);
  });

  it('takes two to go live before it waits for the picture, three for the first figures, and two to end', async () => {
    await rig.encoder.start(id);
    const going = await count(async () => {
      const shown = await rig.posted('events', () => ada().runs('/webcast golive --yes', { in: 'events' }));
      await rig.double.until('the announcement', () => shown.text.startsWith('Live now'));
    });
    expect(going.slice(0, 2)).toEqual([['livestream.list'], ['livestream.update']]);
    expect(going.slice(2)).toEqual([['livestream.getdetails']]);
    // A curve is the fourth, as soon as the real-time reports have gathered half a minute.
    const [found, ...figures] = await asking('/webcast analytics');
    expect(found).toEqual(['livestream.list']);
    expect(figures.map(([first]) => first).sort()).toEqual(['report.getgraphs', 'report.gettotal']);
    const ending = await count(() => rig.posted('events', () => ada().runs('/webcast end --yes', { in: 'events' })));
    expect(ending).toEqual([['livestream.list'], ['livestream.update'], ['livestream.getdetails']]);
  });

  it('asks for the picture of viewers alone while it waits for them', async () => {
    await rig.control('publish', { delay: 2 });
    const going = await count(async () => {
      const shown = await rig.posted('events', () => ada().runs('/webcast golive --yes', { in: 'events' }));
      await rig.double.until('the announcement', () => shown.text.startsWith('Live now'));
    });
    await rig.control('publish', { delay: 0 });
    const [, , ...waiting] = going;
    expect(waiting.length).toBeGreaterThan(1);
    expect(waiting.length).toBeLessThanOrEqual(5);
    expect(new Set(waiting.flat())).toEqual(new Set(['livestream.getdetails']));
  });

  it('takes one to look through the list of a search', async () => {
    let offered: unknown[] = [];
    const trips = await count(async () => {
      const asked = await rig.ask('/webcast golive', 'board');
      offered = await ada().types(asked, 'wc:search:1', 'coun');
    });
    expect(offered).toHaveLength(1);
    expect(trips).toHaveLength(1);
  });

  it('are none while nobody types', async () => {
    const all = rig.requests();
    expect(all.filter((calls) => calls[0] !== 'session.start')).toHaveLength(counted);
    expect(all.filter((calls) => calls[0] === 'session.start')).toHaveLength(1);
  });
});
