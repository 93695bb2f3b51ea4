import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.js';
import { type EntryId, instant } from '../../../src/core/webcast.js';
import { type Calendar, createCalendar } from '../../../src/live/calendar.js';
import { openRig, type Rig, silent } from '../../rig/index.js';

const minute = 60_000;
let rig: Rig;
let calendar: Calendar;
beforeEach(async () => {
  rig = await openRig();
  calendar = calendarWith('a-secret');
});
afterEach(() => rig.stop());

const calendarWith = (secret: string) =>
  createCalendar({
    store: rig.store,
    kaltura: rig.gateway,
    secret: new Secret(secret),
    publicUrl: 'https://bot.test',
    log: silent,
  });
const tokenOf = (id: EntryId, from = calendar) => from.linkOf(id).replace(/^.*\/|\.ics$/g, '');
const textOf = async (id: EntryId) => (await calendar.find(tokenOf(id)))?.text ?? '';
const lineOf = async (id: EntryId, name: string) =>
  (await textOf(id)).split('\r\n').find((line) => line.startsWith(`${name}:`));
const save = async (id: EntryId, facts: object) => {
  const [note] = await rig.store.notes([id]);
  if (!note) throw new Error('There is no note.');
  rig.clock.advance(minute);
  await rig.store.saveNote({ ...note, ...facts }, rig.clock.now());
};

describe('the address of a calendar file', () => {
  it('is the same in every replica and after every start, and another for another secret', async () => {
    const id = await rig.plan();
    expect(calendar.linkOf(id)).toMatch(/^https:\/\/bot\.test\/calendar\/\d_[a-z0-9]{8}\.[\w-]{22}\.ics$/);
    expect(calendarWith('a-secret').linkOf(id)).toBe(calendar.linkOf(id));
    expect(calendarWith('another').linkOf(id)).not.toBe(calendar.linkOf(id));
    expect(await calendar.find(tokenOf(id, calendarWith('another')))).toBeUndefined();
  });

  it('is of one webcast, and whole', async () => {
    const [one, two] = [await rig.plan(), await rig.plan()];
    const [, signature = ''] = tokenOf(one).split('.');
    const wrong = [
      ...[one, `${one}.`, `${one}.${signature.slice(0, -1)}`, `${one}.${signature}x`, `${one}.${signature}.x`],
      ...[`${two}.${signature}`, `${one} .${signature}`, `.${signature}`, ''],
    ];
    for (const token of wrong) expect([token, await calendar.find(token)]).toEqual([token, undefined]);
    expect(await calendar.find(tokenOf(one))).toBeDefined();
  });

  it('leads to nothing while nothing is planned', async () => {
    const id = await rig.plan();
    await save(id, { start: undefined });
    expect(await calendar.find(tokenOf(id))).toBeUndefined();
    expect(await calendar.find(tokenOf('1_zzzzzzzz' as EntryId))).toBeUndefined();
  });
});

describe('a calendar file', () => {
  it('follows the webcast under one UID, with a sequence that rises with each change of what it shows', async () => {
    const id = await rig.plan();
    const uid = `UID:${id}@101.kaltura-webcast-bot`;
    const first = [await lineOf(id, 'UID'), await lineOf(id, 'SEQUENCE'), await lineOf(id, 'DTSTART')];
    expect(first).toEqual([uid, 'SEQUENCE:0', 'DTSTART:20261122T121000Z']);
    await save(id, { start: instant(Date.UTC(2026, 10, 23, 9)), end: instant(Date.UTC(2026, 10, 23, 10)) });
    expect([await lineOf(id, 'UID'), await lineOf(id, 'SEQUENCE'), await lineOf(id, 'DTSTART')]).toEqual([
      uid,
      'SEQUENCE:1',
      'DTSTART:20261123T090000Z',
    ]);
    await save(id, { name: 'Q4 Town Hall' });
    expect([await lineOf(id, 'SEQUENCE'), await lineOf(id, 'SUMMARY')]).toEqual(['SEQUENCE:2', 'SUMMARY:Q4 Town Hall']);
    expect(await lineOf(id, 'LAST-MODIFIED')).toBe('LAST-MODIFIED:20261122T120200Z');
  });

  it('is the same, byte for byte, until then', async () => {
    const id = await rig.plan();
    const before = await textOf(id);
    await save(id, { liveSince: rig.clock.now() });
    await rig.live.settle();
    expect(await textOf(id)).toBe(before);
  });

  it('names the page that shows it', async () => {
    const id = await rig.plan();
    const text = (await textOf(id)).replace(/\r\n /g, '');
    expect(text).toMatch(
      new RegExp(`URL:http.*/p/101/embedPlaykitJs/uiconf_id/\\d+\\?iframeembed=true&entry_id=${id}\r\n`),
    );
  });

  it('is given without its page while Kaltura does not answer', async () => {
    const id = await rig.plan();
    await rig.gateway.stop();
    await rig.kaltura.stop();
    calendar = createCalendar({
      store: rig.store,
      kaltura: {
        ...rig.gateway,
        players: () => rig.gateway.withPlayers({ by: 'id', id }).then(({ players }) => players),
      },
      secret: new Secret('a-secret'),
      publicUrl: 'https://bot.test',
      log: silent,
    });
    const text = await textOf(id);
    expect(text).toContain('SUMMARY:Q3 Town Hall');
    expect(text).not.toContain('URL:');
    await rig.kaltura.start();
  });

  it('cancels a webcast that was deleted in Kaltura', async () => {
    const id = await rig.plan();
    await rig.live.settle();
    await rig.raw('liveStream', 'delete', { entryId: id }).catch(() => undefined);
    for (let looks = 0; looks < 20; looks++) {
      rig.clock.advance(2 * minute);
      await rig.live.settle();
    }
    expect([await lineOf(id, 'STATUS'), await lineOf(id, 'SEQUENCE')]).toEqual(['STATUS:CANCELLED', 'SEQUENCE:1']);
  });
});
