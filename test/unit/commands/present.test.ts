import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Person } from '../../../src/core/ports.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

const bob: Person = { id: 'U2', zone: undefined };
const people = { U2: 'bob@example.test', U3: 'Cleo@Example.test', U4: undefined, U5: 'nobody@example.test' };

let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  rig = await openRig({ admins: [{ kind: 'id', platform: 'terminal', id: 'U1' }] });
  for (const [person, email] of Object.entries(people)) rig.platform.meet(person, { email });
  for (const user of ['ann@example.test', 'bob@example.test', 'cleo@example.test', 'dora.d']) {
    await rig.ask('user', 'add', { user: { objectType: 'KalturaUser', id: user } });
  }
  id = await rig.plan();
});
afterEach(() => rig.stop());

const read = async (line: string, person?: Person): Promise<string> =>
  (await rig.say(line, person ? { person } : {})).map(({ how, view }) => `${how} ${wordsOf(view)}`).join('\n');

const answerSchema = z.looseObject({ entitledUsersEdit: z.string().optional().default('') });
const editors = async (): Promise<string> =>
  answerSchema.parse(await rig.ask('livestream', 'get', { entryId: id })).entitledUsersEdit;
const users = async (): Promise<string> => JSON.stringify(await rig.raw('user', 'list', {}));

describe('present', () => {
  it('names people in Kaltura, tells them what to type, and lists them', async () => {
    const said = await read('present add <@U2|Bob> and <@U3|Cleo Smith>');
    expect(await editors()).toBe('bob@example.test,cleo@example.test');
    expect(said).toContain(`tell You present Q3 Town Hall\n@U1 added you`);
    expect(said).toContain(`/webcast studio ${id} opens the studio`);
    expect(said).toContain('- @U2 as bob@example.test, told in private');
    expect(await read('present')).toContain('- @U3 as cleo@example.test');
  });

  it('keeps those whom Kaltura names already, and tells of them', async () => {
    await rig.gateway.crew.name(id, { add: ['dora.d'], remove: [] });
    await read('present add <@U2>');
    expect(await editors()).toBe('dora.d,bob@example.test');
    expect(await read('present')).toContain('- dora.d, named in Kaltura, unknown in chat');
  });

  it.each([
    ['<@U4>', 'I cannot see an e-mail address'],
    ['<@U5>', 'Kaltura knows no user nobody@example.test'],
    ['typo@example.test', 'Kaltura knows no user typo@example.test'],
  ])('makes no Kaltura user of %s, whom there is none of, and adds the others', async (who, why) => {
    const before = await users();
    const said = await read(`present add ${who} <@U2>`);
    expect(said).toContain(why);
    expect(await editors()).toBe('bob@example.test');
    expect(await users()).toBe(before);
  });

  it('takes oneself, member ids and e-mail addresses of Kaltura users', async () => {
    await read('present add me, bob@example.test');
    expect(await editors()).toBe('ann@example.test,bob@example.test');
    expect(await read('present')).toContain('- bob@example.test, unknown in chat');
  });

  it('finds a presenter who was added by e-mail address when they come by chat', async () => {
    await read('present add bob@example.test');
    expect(await read(`studio ${id}`, bob)).toContain('Signed in as: bob@example.test');
  });

  it('adds the same one once', async () => {
    await read('present add <@U2>');
    await read('present add <@U2>');
    expect(await editors()).toBe('bob@example.test');
    expect((await rig.store.presenters(id)).map(({ user }) => user)).toEqual(['bob@example.test']);
  });

  it('loses nobody when several are added and removed at the same moment', async () => {
    await read('present add dora.d@example.test <@U2>');
    await Promise.all(['add <@U3>', 'add me', 'remove <@U2>'].map((what) => rig.say(`present ${what} ${id}`)));
    expect((await editors()).split(',').sort()).toEqual(['ann@example.test', 'cleo@example.test']);
  });

  it('brings back whom another writer has overwritten, as far as they are remembered', async () => {
    await read('present add <@U2>');
    await rig.gateway.crew.name(id, { add: [], remove: ['bob@example.test'] });
    expect(await read('present')).toContain('not named in Kaltura any more');
    await read('present add <@U3>');
    expect(await editors()).toBe('cleo@example.test,bob@example.test');
  });

  it('removes people by chat or by their Kaltura user, down to nobody', async () => {
    await read('present add <@U2> <@U3>');
    expect(await read('present remove <@U2>')).toContain('- @U2 as bob@example.test');
    expect(await read('present remove CLEO@example.test')).toContain('cleo@example.test');
    expect(await editors()).toBe('');
    expect(await rig.store.presenters(id)).toEqual([]);
    expect(await read('present remove <@U2>')).toContain('@U2 does not present it');
  });

  it('says who was not told, and that they were added all the same', async () => {
    rig.platform.shutOut('U2');
    expect(await read('present add <@U2>')).toContain('but not told: They take no messages of mine.');
    expect(await editors()).toBe('bob@example.test');
  });

  it.each([
    ['present add', 'Say whom to add'],
    ['present add Q3', 'Say whom to add'],
    ['present add @ann', 'I cannot tell who @ann is'],
    ['present add <@U2> Q3 --webcast Q3', 'named twice'],
    [`present add ${Array.from({ length: 11 }, () => '<@U2>').join(' ')}`, 'At most 10'],
  ])('refuses %s', async (line, why) => {
    expect(await read(line)).toContain(why);
    expect(await editors()).toBe('');
  });

  it('asks which webcast is meant, and keeps whom', async () => {
    await rig.plan();
    const [asked] = await rig.say('present add <@U2|Bob> "Town Hall"');
    expect(asked && wordsOf(asked.view)).toContain('(present add <@U2> {})');
  });

  it('takes few round trips', async () => {
    expect(await rig.roundTrips(() => read(`present add <@U2> ${id}`))).toEqual([
      ['livestream.list', 'user.get'],
      ['livestream.get'],
      ['livestream.update', 'livestream.get'],
    ]);
    expect(await rig.roundTrips(() => read(`present ${id}`))).toEqual([['livestream.list']]);
  });
});

describe('link-account', () => {
  it('lets an admin say which Kaltura user somebody is', async () => {
    expect(await read('link-account <@U4|Dora> dora.d')).toContain('@U4 is dora.d in Kaltura.');
    await read(`present add <@U4> ${id}`);
    expect(await editors()).toBe('dora.d');
    expect(rig.acts.filter(({ command }) => command === 'link-account')).toMatchObject([
      { person: 'U1', outcome: 'done' },
    ]);
  });

  it('goes before the e-mail address, until it is removed', async () => {
    await read('link-account <@U2> dora.d');
    expect(await read(`studio ${id}`, bob)).toContain('Signed in as: dora.d');
    await read('link-account <@U2> --remove');
    expect(await read(`studio ${id}`, bob)).toContain('Signed in as: bob@example.test');
  });

  it('takes an e-mail address as the user', async () => {
    expect(await read('link-account me cleo@example.test')).toContain('@U1 is cleo@example.test in Kaltura.');
  });

  it.each(['link-account dora.d', 'link-account me dora.d', 'link-account <@U2> dora.d'])(
    'lets nobody claim a Kaltura user by %s, and gives the line to forward',
    async (line) => {
      const said = await read(line, bob);
      expect(said).toContain('Only an admin says which Kaltura user somebody is.');
      expect(said).toContain('/webcast link-account <@U2> dora.d');
      expect(said).toContain('These can: terminal:U1.');
      expect(await rig.store.linkedUser({ platform: 'terminal', tenant: 'T1', person: 'U2' })).toBeUndefined();
      expect(rig.acts.at(-1)).toMatchObject({ command: 'link-account', person: 'U2', outcome: 'forbidden' });
    },
  );

  it('links nobody to a user that there is none of', async () => {
    const before = await users();
    expect(await read('link-account <@U2> tpyo')).toContain('Kaltura knows no user tpyo.');
    expect(await users()).toBe(before);
  });

  it.each(['link-account <@U2>', 'link-account @ann dora.d', 'link-account <@U2> two users', 'link-account <@U2> a,b'])(
    'refuses %s',
    async (line) => {
      expect(await read(line)).toMatch(/Say who and which Kaltura user/);
    },
  );
});
