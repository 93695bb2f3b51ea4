import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

const made = z.looseObject({ id: z.number() });

const change = (id: EntryId, liveStreamEntry: object) =>
  rig.ask('livestream', 'update', { entryId: id, liveStreamEntry });

/** Puts the webcast under an access control profile of this one rule. */
async function restrict(id: EntryId, rule: object): Promise<void> {
  const accessControlProfile = {
    name: 'Restricted',
    rules: [{ actions: [{ objectType: 'KalturaAccessControlBlockAction' }], ...rule }],
  };
  const profile = made.parse(await rig.ask('accessControlProfile', 'add', { accessControlProfile }));
  expect(await change(id, { accessControlId: profile.id })).toMatchObject({ accessControlId: profile.id });
}

const needsSession = { conditions: [{ objectType: 'KalturaAuthenticatedCondition', not: true }] };
const sitesOnly = {
  message: 'Not here',
  code: 'SITE_RESTRICTED',
  conditions: [{ objectType: 'KalturaSiteCondition', not: true, values: [{ value: 'intranet.example.test' }] }],
};

async function makePrivate(id: EntryId, privacy: number): Promise<void> {
  await rig.control('features', { features: ['FEATURE_ENTITLEMENT'] });
  const category = { name: 'Board', privacyContext: 'portal', privacy };
  const { id: categoryId } = made.parse(await rig.ask('category', 'add', { category }));
  await rig.ask('categoryEntry', 'add', { categoryEntry: { categoryId, entryId: id } });
}

describe('access', () => {
  it('says that everybody can open what nothing stands in the way of, in one round trip', async () => {
    const id = await rig.plan();
    let words = '';
    const trips = await rig.roundTrips(async () => {
      words = await rig.read(`access ${id}`);
    });
    expect(words).toContain('Everybody with the link can open it.');
    expect(trips).toEqual([
      [
        'livestream.list',
        'session.startwidgetsession',
        'baseentry.get',
        'baseentry.getplaybackcontext',
        'session.start',
        'baseentry.getplaybackcontext',
      ],
    ]);
  });

  it('finds the webcast by its name in the same round trip', async () => {
    await rig.plan();
    const trips = await rig.roundTrips(async () => {
      expect(await rig.read('access "q3 town hall"')).toContain('Everybody with the link');
    });
    expect(trips).toHaveLength(1);
  });

  it('says that a protected webcast is for those with a session', async () => {
    const id = await rig.plan();
    await restrict(id, needsSession);
    const words = await rig.read(`access ${id}`);
    expect(words).toContain('Only viewers with a session of your page can open it.');
    expect(words).toContain('Somebody unknown: cannot: an access control rule blocks it');
    expect(words).toContain('With a session of your page: can open it');
  });

  it('says that nobody gets past a rule for everybody', async () => {
    const id = await rig.plan();
    await restrict(id, {});
    expect(await rig.read(`access ${id}`)).toContain('Nobody could open it: an access control rule blocks it.');
  });

  it('does not judge rules on places, which it can only try from where it runs', async () => {
    const id = await rig.plan();
    await restrict(id, sitesOnly);
    const words = await rig.read(`access ${id}`);
    expect(words).toContain('It can be opened from some places only.');
    expect(words).toContain('Open the embed where your viewers are');
  });

  it('says when it lies outside of its dates; a session of the page opens it all the same', async () => {
    const id = await rig.plan();
    await change(id, { startDate: Math.floor(rig.clock.now() / 1000) + 7200 });
    const words = await rig.read(`access ${id}`);
    expect(words).toContain('Somebody unknown: cannot: it lies outside of the dates set for it in Kaltura');
    expect(words).toContain('With a session of your page: can open it');
  });

  it.each([2, 3])('says that a private category (privacy %d) hides it', async (privacy) => {
    const id = await rig.plan();
    await makePrivate(id, privacy);
    const words = await rig.read(`access ${id}`);
    expect(words).toContain('Nobody could open it: it is in a private category.');
    expect(words).toContain('sign them in with the context of your site');
  });

  it('says when a moderator has rejected it', async () => {
    const id = await rig.plan();
    await rig.ask('baseEntry', 'reject', { entryId: id });
    const words = await rig.read(`access ${id}`);
    expect(words).toContain('Nobody could open it: a moderator has rejected it.');
    await rig.ask('baseEntry', 'approve', { entryId: id });
    expect(await rig.read(`access ${id}`)).toContain('Everybody with the link can open it.');
  });
});

describe('golive', () => {
  it('warns the crew before viewers would be locked out, and lets them go live all the same', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await restrict(id, {});
    const words = await rig.read(`golive ${id}`);
    expect(words).toContain('Viewers are locked out. Nobody could open it: an access control rule blocks it.');
    expect(words).toContain(`[Go live] golive ${id} --yes`);
    expect(await rig.read(`golive ${id} --yes`)).toContain('Live now');
  });

  it('says nothing of access while somebody gets in', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await restrict(id, needsSession);
    expect(await rig.read(`golive ${id}`)).not.toContain('locked out');
  });

  it('tries the door in the round trip that it takes anyway', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    expect(await rig.roundTrips(() => rig.say('golive'))).toHaveLength(1);
    expect(await rig.roundTrips(() => rig.say(`golive ${id}`))).toHaveLength(1);
  });
});
