import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Person } from '../../../src/core/ports.js';
import { readKs } from '../../../src/playground/kaltura/ks.js';
import { createOpen } from '../../../src/web/open.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

const bob: Person = { id: 'U2', zone: undefined };

let rig: Rig;
afterEach(() => rig.stop());

/** Makes somebody a user of the account. */
const makeUser = (id: string) => rig.ask('user', 'add', { user: { objectType: 'KalturaUser', id } });

async function doorOf(command: string, person?: Person): Promise<string> {
  const [shown] = await rig.say(command, person ? { person } : {});
  const door = shown?.view.nodes.find((node) => node.kind === 'door');
  if (shown?.how !== 'whisper' || door?.kind !== 'door') throw new Error(shown && wordsOf(shown.view));
  return door.address.reveal().split('/go/')[1] ?? '';
}

/** Types the command and presses the button of its link, without the page around it. */
async function press(command: string, person?: Person) {
  return redeem(await doorOf(command, person));
}

const redeem = (token: string) =>
  rig.tickets.redeem(token, createOpen({ kaltura: rig.gateway, store: rig.store, now: rig.clock.now }));

async function launched(command: string, person?: Person): Promise<URLSearchParams> {
  const opened = await press(command, person);
  if (opened.kind !== 'done' || 'ks' in opened.result) throw new Error('it did not open');
  const [first] = opened.result.ways;
  const launch = first?.kind === 'link' ? first.address : '';
  expect(launch).toMatch(/^KalturaWebcast:[A-Za-z0-9+/]+=*$/);
  return new URLSearchParams(Buffer.from(launch.slice('KalturaWebcast:'.length), 'base64').toString());
}

const sessionOf = (ks: string | null) => readKs(ks ?? '', () => rig.kaltura.account.adminSecret);

/** Tries to go live with a session, as the studio does; Kaltura's error code, if there is one. */
async function goLiveWith(ks: string | null, entryId: string): Promise<unknown> {
  const { service: url } = rig.gateway.addresses;
  const body = { ks, entryId, liveStreamEntry: { objectType: 'KalturaLiveStreamEntry', viewMode: 1 }, format: 1 };
  const answer = await fetch(`${url}/api_v3/service/livestream/action/update`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { code }: { code?: unknown } = JSON.parse(await answer.text());
  return code;
}

describe('studio and moderate, for producers', () => {
  beforeEach(async () => {
    rig = await openRig();
    await makeUser('ann@example.test');
  });

  it('lead to the desktop studio with a session that is minted at the press', async () => {
    const id = await rig.plan();
    const opened = await press(`studio ${id}`);
    if (opened.kind !== 'done' || 'ks' in opened.result) throw new Error('it did not open');
    const [, ...downloads] = opened.result.ways.flatMap((way) => (way.kind === 'link' ? [way.address] : []));
    expect(downloads).toHaveLength(2);
    expect(downloads.every((address) => address.startsWith('https://'))).toBe(true);
    const words = opened.result.lines.join(' ');
    expect(words).toContain('signed in as ann@example.test for 3 hours');
    expect(words).toContain('If nothing opens');

    const query = await launched(`studio ${id}`);
    expect(query.get('MediaEntryId')).toBe(id);
    expect(query.get('userId')).toBe('ann@example.test');
    expect(query.get('ks_expiry')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    expect(query.get('kwebcastMetadataProfileId')).toMatch(/^\d+$/);
    const session = sessionOf(query.get('ks'));
    expect(session).toMatchObject({ type: 0, userId: 'ann@example.test' });
    expect(session?.privileges).toContainEqual(['setrole', 'WEBCAST_PRODUCER_DEVICE_ROLE']);
    expect(session?.privileges).toContainEqual(['edit', id]);
    // Ten minutes to the start, an hour's show, and two hours more.
    expect((session?.expiry ?? 0) - rig.clock.now() / 1000).toBeCloseTo(190 * 60, -2);
    expect(await goLiveWith(query.get('ks'), id)).toBeUndefined();
  });

  it('ask Kaltura once while the person waits', async () => {
    const id = await rig.plan();
    expect(await rig.roundTrips(() => rig.say(`studio ${id}`))).toEqual([['livestream.list', 'user.get', 'user.get']]);
  });

  it('lead to the moderator view with a session that cannot go live', async () => {
    const id = await rig.plan();
    const opened = await press(`moderate ${id}`);
    if (opened.kind !== 'done' || 'ks' in opened.result) throw new Error('it did not open');
    const url = new URL(opened.result.onward ?? '');
    expect(url.pathname).toBe('/apps/webcast/vlatest/index.html');
    expect(url.searchParams.get('MediaEntryId')).toBe(id);
    expect(url.searchParams.get('qnaModeratorMode')).toBe('true');
    const session = sessionOf(url.searchParams.get('ks'));
    expect(session?.privileges.map(([name]) => name)).not.toContain('edit');
    expect(session?.privileges).toContainEqual(['sview', id]);
    expect(await goLiveWith(url.searchParams.get('ks'), id)).toBe('INVALID_KS');
  });

  it('open once', async () => {
    const token = await doorOf(`studio ${await rig.plan()}`);
    expect((await redeem(token)).kind).toBe('done');
    expect((await redeem(token)).kind).toBe('used');
  });

  it('keep a hostile name and user out of the address that opens the app', async () => {
    const id = await rig.plan();
    const user = `o'neil&userRole=x#"@example.test`;
    await rig.ask('user', 'add', { user: { objectType: 'KalturaUser', id: user.replace('"', '') } });
    rig.platform.meet('U2', { email: user.replace('"', '') });
    const query = await launched(`studio ${id}`, bob);
    expect(query.get('userId')).toBe(`o'neil&userRole=x#@example.test`);
    expect(query.get('userRole')).toBe('adminRole');
  });

  it('make no user of somebody whom Kaltura does not know, and say who can help', async () => {
    const id = await rig.plan();
    rig.platform.meet('U2', { email: 'bob@example.test' });
    const [shown] = await rig.say(`studio ${id}`, { person: bob });
    const words = shown ? wordsOf(shown.view) : '';
    expect(words).toContain('Kaltura knows no user bob@example.test.');
    expect(words).toContain('/webcast link-account <@U2>');
    expect(JSON.stringify(await rig.raw('user', 'list', {}))).not.toContain('bob@example.test');
  });

  it('say that an address cannot be seen where the platform tells none', async () => {
    rig.platform.meet('U2', { email: undefined });
    const [shown] = await rig.say(`studio ${await rig.plan()}`, { person: bob });
    expect(shown && wordsOf(shown.view)).toContain('I cannot see your e-mail address');
  });
});

describe('studio and moderate, for presenters', () => {
  beforeEach(async () => {
    rig = await openRig({ producers: [{ kind: 'id', platform: 'terminal', id: 'U1' }] });
    rig.platform.meet('U2', { email: 'bob@example.test' });
    await makeUser('ann@example.test');
    await makeUser('bob@example.test');
  });

  it('are refused to those who are neither, with who can change that', async () => {
    const id = await rig.plan();
    for (const name of ['studio', 'moderate']) {
      const [shown] = await rig.say(`${name} ${id}`, { person: bob });
      const words = shown ? wordsOf(shown.view) : '';
      expect(words).toContain(`You may not use ${name} here.`);
      expect(words).toContain('/webcast present add');
      expect(words).toContain('These can: terminal:U1.');
    }
  });

  it('open for a presenter by named rights, and for that webcast alone', async () => {
    const [id, other] = [await rig.plan(), await rig.plan()];
    await rig.say(`present add <@U2|Bob> ${id}`);
    const query = await launched(`studio ${id}`, bob);
    expect(query.get('userId')).toBe('bob@example.test');
    expect(sessionOf(query.get('ks'))?.privileges.map(([name]) => name)).not.toContain('edit');
    expect(await goLiveWith(query.get('ks'), id)).toBeUndefined();
    expect(await goLiveWith(query.get('ks'), other)).toBe('INVALID_KS');
    await expect(press(`studio ${other}`, bob)).rejects.toThrow('You may not use studio here.');
  });

  it('end for a presenter who is removed: the links that are out, and what an open studio may do', async () => {
    const id = await rig.plan();
    await rig.say(`present add <@U2|Bob> ${id}`);
    const query = await launched(`studio ${id}`, bob);
    const token = await doorOf(`studio ${id}`, bob);
    await rig.say(`present remove <@U2|Bob> ${id}`);
    await expect(redeem(token)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await goLiveWith(query.get('ks'), id)).toBe('INVALID_KS');
  });

  it('say so when Kaltura names a presenter no more', async () => {
    const id = await rig.plan();
    await rig.say(`present add <@U2|Bob> ${id}`);
    await rig.gateway.crew.name(id, { add: [], remove: ['bob@example.test'] });
    const [shown] = await rig.say(`studio ${id}`, { person: bob });
    expect(shown && wordsOf(shown.view)).toContain('Kaltura does not name bob@example.test as an editor');
  });

  it('send every presenter a link of their own, and say who was not reached', async () => {
    const id = await rig.plan();
    for (const [person, email] of [
      ['U3', 'cleo@example.test'],
      ['U4', 'dora@example.test'],
    ] as const) {
      rig.platform.meet(person, { email });
      await makeUser(email);
    }
    await rig.say(`present add <@U2>, <@U3> and dora@example.test ${id}`);
    rig.platform.shutOut('U3');
    const shown = await rig.say(`studio ${id} --all`);
    const links = shown.filter(({ how, view }) => how === 'tell' && view.nodes.some(({ kind }) => kind === 'door'));
    expect(links.map(({ person }) => person)).toEqual(['U2']);
    const answer = shown.find(({ how }) => how === 'whisper');
    const words = answer ? wordsOf(answer.view) : '';
    expect(words).toContain('- @U3: They take no messages of mine.');
    expect(words).toContain('- dora@example.test: Nobody in chat');
    const door = links[0]?.view.nodes.find((node) => node.kind === 'door');
    const opened = await redeem(door?.kind === 'door' ? (door.address.reveal().split('/go/')[1] ?? '') : '');
    expect(opened.kind).toBe('done');
  });

  it('send links at a producer’s bidding only', async () => {
    const id = await rig.plan();
    await rig.say(`present add <@U2> ${id}`);
    const shown = await rig.say(`studio ${id} --all`, { person: bob });
    expect(shown.map(({ how }) => how)).toEqual(['whisper']);
    expect(shown[0] && wordsOf(shown[0].view)).toContain('You may not use studio here.');
  });
});
