import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredMessage } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

/** Milliseconds that the longest of these may take, with room for a busy machine. */
const bound = 35_000;

interface Told {
  readonly message: StoredMessage;
  /** Milliseconds from the typing to the answer. */
  readonly after: number;
}

/** Waits of ten seconds are what this is about, so the three troubles happen at the same time, each to a bot of its own. */
describe('a Kaltura that hangs', () => {
  const rigs: Rig[] = [];
  const troubles: { read?: Promise<Told>; write?: Promise<Told>; lost?: Promise<Told> } = {};

  async function ask(rig: Rig, line: string): Promise<Told> {
    const began = Date.now();
    const before = rig.workspace.ephemerals('events', 'ada').length;
    const delivery = await rig.workspace.user('ada').runs(line, { in: 'events' });
    expect(delivery).toMatchObject({ status: 200, answer: '' });
    expect(delivery.elapsed).toBeLessThan(1500);
    const seen = () => rig.workspace.ephemerals('events', 'ada')[before];
    const message = await rig.double.until(`an answer to ${line}`, seen, bound);
    return { message, after: Date.now() - began };
  }

  beforeAll(async () => {
    rigs.push(...(await Promise.all([startRig(), startRig(), startRig()])));
    const [reading, writing, losing] = rigs;
    if (!reading || !writing || !losing) throw new Error('The bots did not start.');
    await reading.plan('events', 'Stuck');
    await reading.fault({ kind: 'hang', on: 'livestream.list', times: 9 });
    await writing.fault({ kind: 'hang', on: 'livestream.add' });
    await losing.fault({ kind: 'lost', on: 'livestream.add' });
    await losing.fault({ kind: 'http', on: 'livestream.list', times: 99 });
    troubles.read = ask(reading, '/webcast status');
    troubles.write = ask(writing, '/webcast create "Never made" --start "in 10 minutes" --no-dvr --recording off');
    troubles.lost = ask(losing, '/webcast create "Made unseen" --start "in 10 minutes"');
    await Promise.allSettled(Object.values(troubles));
  }, 2 * bound);

  afterAll(async () => {
    const stops = await Promise.allSettled(rigs.map((rig) => rig.stop()));
    expect(stops.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  it('gets a question its sentence within a bounded time', async () => {
    const told = await troubles.read;
    expect(told && wordsOf(told.message)).toMatch(/Kaltura[\s\S]*Try again in a minute/);
    expect(told?.after).toBeLessThan(bound);
  });

  it.each([
    ['write', 1, 'Never made'],
    ['lost', 2, 'Made unseen'],
  ] as const)(
    'leaves it open whether a webcast was made, and the line it tells makes it once (%s)',
    async (trouble, which, name) => {
      const rig = rigs[which];
      const told = await troubles[trouble];
      if (!rig || !told) throw new Error('The trouble did not happen.');
      const words = wordsOf(told.message);
      expect(words).toContain(`no good answer while making "${name}", and no such webcast has been found since`);
      expect(rig.workspace.messages('events')).toEqual([]);
      const again = /create "[^"]+" --start=@\d+ .*--request=[\w.:-]+/.exec(words)?.[0];
      await rig.control('faults', {}, 'DELETE');
      const ada = rig.workspace.user('ada');
      await rig.posted('events', () => ada.runs(`/webcast ${again}`, { in: 'events' }));
      await rig.whispered('board', () => ada.runs(`/webcast ${again}`, { in: 'board' }));
      const [made, ...more] = await rig.entries(name);
      expect(more).toEqual([]);
      expect(made).toMatchObject(trouble === 'write' ? { dvrStatus: 0, recordStatus: 0 } : { dvrStatus: 1 });
    },
  );

  it('may be away when the bot starts: commands say so, and work as soon as it is back', async () => {
    const [rig] = rigs;
    if (!rig) throw new Error('The bot did not start.');
    await rig.bot.stop();
    await rig.control('faults', {}, 'DELETE');
    await rig.kaltura.stop();
    await rig.restart();
    const told = await rig.ask('/webcast status', 'events');
    await rig.kaltura.start();
    expect(wordsOf(told)).toMatch(/Kaltura cannot be reached/);
    expect(wordsOf(await rig.ask('/webcast status', 'events'))).toContain('Stuck');
  });
});
