import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Subscription } from '../../../src/core/subscription.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { type Shown, wordsOf } from '../../rig/recorder.js';
import { follow as followIn, passIn, place, uncounted } from './days.js';

const minute = 60_000;
let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  // Without figures, so that every edit is one of health.
  rig = await openRig({ reports: uncounted });
});
afterEach(() => rig.stop());

/** In steps as short as the looks are apart. */
const pass = (milliseconds: number) => passIn(rig, 5000, milliseconds);

const send = (change: object) => rig.control('encoders', { entryId: id, ...change });
const told = (shown: readonly Shown[], where = 'C1') =>
  shown.filter((one) => one.channel === where).map(({ how, view }) => `${how} ${view.summary}`);
const words = (shown: readonly Shown[], how: Shown['how']) =>
  shown.filter((one) => one.how === how).map(({ view }) => wordsOf(view));
const lamps = (shown: readonly Shown[]) => words(shown, 'update').map((text) => /Encoder \(.*/.exec(text)?.[0]);
const follow = (name: string, facts: Partial<Subscription> = {}) => followIn(rig, { place: place(name), ...facts });

async function goOnAir(options: { readonly backup?: boolean } = {}): Promise<void> {
  id = await rig.plan();
  await rig.encoder.start(id);
  if (options.backup) await rig.encoder.start(id, { backup: true });
  await pass(15_000);
  await rig.say(`golive ${id} --yes`);
  await pass(minute);
}

describe('a picture that turns bad', () => {
  it('is told the crew once, with its path and advice, and shown by the lamp', async () => {
    await goOnAir();
    await send({ audio: false });
    const shown = await pass(2 * minute);
    expect(told(shown)).toEqual(['update Q3 Town Hall: Live', 'thread The picture suffers: Q3 Town Hall']);
    expect(lamps(shown)).toEqual(['Encoder (bad): picture arrives, no sound']);
    expect(words(shown, 'thread')[0]).toContain('- Main: No sound arrives. Check microphone');
    expect(told(await pass(10 * minute))).toEqual([]);
  });

  it('is told within half a minute', async () => {
    await goOnAir();
    await send({ video: false });
    expect(told(await pass(35_000))).toContain('thread The picture suffers: Q3 Town Hall');
  });

  it('is told again when it has recovered for a minute, and the lamp goes back', async () => {
    await goOnAir();
    await send({ audio: false });
    await pass(minute);
    await send({ audio: true });
    const shown = await pass(2 * minute);
    expect(told(shown).sort()).toEqual(['thread The picture has recovered: Q3 Town Hall', 'update Q3 Town Hall: Live']);
    expect(lamps(shown)).toEqual(['Encoder (on): picture arrives']);
  });

  it('names the backup when that is the one', async () => {
    await goOnAir({ backup: true });
    await send({ path: 'backup', audio: false, video: false });
    const shown = await pass(minute);
    expect(words(shown, 'thread')).toHaveLength(1);
    expect(words(shown, 'thread')[0]).toMatch(/- Backup: No sound arrives\..*\n- Backup: No video arrives\./);
    expect(lamps(shown)).toEqual(['Encoder (bad): main and backup arrive, backup: no sound']);
  });

  it('only warns by the lamp when it is no more than a warning', async () => {
    await goOnAir();
    await send({ keyFrameInterval: 8 });
    const shown = await pass(2 * minute);
    expect(told(shown)).toEqual(['update Q3 Town Hall: Live']);
    expect(lamps(shown)).toEqual(['Encoder (warn): picture arrives, key frames off']);
  });

  it('is no news to the audience, on no card and in no message', async () => {
    await follow('C2');
    await goOnAir();
    await send({ audio: false });
    const shown = (await pass(2 * minute)).filter((one) => one.channel === 'C2');
    expect(shown.filter(({ how }) => how !== 'update')).toEqual([]);
    expect(lamps(shown).filter((lamp) => lamp !== 'Encoder (on): picture arrives')).toEqual([]);
  });

  it('is told as the mode of a crew channel says', async () => {
    await follow('C2', { side: 'crew', mode: 'flat' });
    await follow('C3', { side: 'crew', mode: 'quiet' });
    await goOnAir();
    await send({ audio: false });
    const shown = await pass(minute);
    expect(told(shown, 'C2')).toContain('post The picture suffers: Q3 Town Hall');
    expect(told(shown, 'C3')).toEqual(['update Q3 Town Hall: Live']);
  });

  it('is told the organizer privately when nobody follows it as crew', async () => {
    await goOnAir();
    await rig.say('unsubscribe');
    await send({ audio: false });
    const shown = await pass(minute);
    expect(shown.filter(({ how }) => how === 'tell').map(({ person, view }) => [person, view.summary])).toEqual([
      ['U1', 'The picture suffers: Q3 Town Hall'],
    ]);
    expect(told(shown).filter((one) => !one.startsWith('update'))).toEqual([]);
  });

  it('is not told when it flaps from report to report', async () => {
    await goOnAir();
    for (let turn = 0; turn < 20; turn += 1) {
      await send({ audio: turn % 2 === 1 });
      expect(words(await pass(15_000), 'thread')).toEqual([]);
    }
  });

  it('is not told any more when the picture was gone before the message could go out', async () => {
    await goOnAir();
    await send({ audio: false });
    const failure = new Error('The platform is down.');
    rig.platform.failNext(failure, failure, failure);
    const notices = () => words(rig.platform.shown, 'thread').length;
    await pass(35_000);
    expect(notices()).toBe(0);
    await rig.encoder.stop(id);
    await rig.encoder.start(id);
    await pass(3 * minute);
    expect(words(rig.platform.shown, 'thread').filter((text) => /The picture (suffers|has)/.test(text))).toEqual([]);
  });
});

describe('an account without reports on encoders', () => {
  it('is asked once, and its cards say nothing of health', async () => {
    await rig.control('encoders', { reports: false });
    await goOnAir();
    await pass(5 * minute);
    const asked = rig.kaltura.requests.read().calls['beacon_beacon.list'];
    expect(asked).toBe(2);
    expect(words(rig.platform.shown, 'thread')).toEqual([]);
  });
});
