import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startChild } from './child.js';
import { type Rig, startRig } from './rig.js';
import { entryIn, wordsOf } from './screen.js';

/** One data folder through several lives of the program. */
describe('a data folder', () => {
  let rig: Rig;
  let card: Awaited<ReturnType<Rig['plan']>>['card'];
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig();
    ({ card } = await rig.plan('events', 'Long run'));
  });

  afterAll(async () => rig.stop());

  it('serves one process: a second one ends at once, says why, and leaves the first alone', async () => {
    const second = startChild('main.js', { HOST: '127.0.0.1', PORT: '0', ...rig.env });
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.stdout).toBe('');
    expect(second.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(
        new RegExp(`^The data folder .* is in use by process ${rig.bot.child.pid}\\. Stop it, or set DATA_DIR`),
      ),
    ]);
    expect(wordsOf(await rig.ask('/webcast status', 'events'))).toContain('Long run');
  });

  it("remembers a channel's webcast after a stop and a start", async () => {
    expect(await rig.bot.stop()).toBe(0);
    await rig.restart();
    expect(wordsOf(await rig.ask('/webcast status', 'events'))).toContain('Long run');
  });

  it('remembers it after kill -9, and a card of before still works', async () => {
    await rig.encoder.start(entryIn(card));
    rig.bot.child.kill('SIGKILL');
    await rig.bot.child.ended;
    await rig.restart();
    const shown = await rig.posted('events', () => ada().clicks(card, 'Go live'));
    await rig.double.until('the announcement', () => shown.text === 'Live now: Long run');
    await rig.double.until('the card to follow', () => card.text === 'Long run: Live');
  });

  it('remembers that the show was announced, through another kill -9', async () => {
    rig.bot.child.kill('SIGKILL');
    await rig.bot.child.ended;
    await rig.restart();
    expect(wordsOf(await rig.ask('/webcast golive --yes', 'events'))).toContain('already live');
    expect(wordsOf(await rig.ask('/webcast status', 'events'))).toContain('Live since');
    expect(rig.workspace.messages('events')).toHaveLength(2);
  });

  it('remembers deliveries, so that Slack may deliver one again to the next life', async () => {
    const before = rig.double.deliveries('command').length;
    await ada().runs('/webcast create "Delivered twice" --start "in 10 minutes"', { in: 'board' });
    await rig.double.until('the card', () => rig.workspace.messages('board')[0]);
    const delivery = rig.double.deliveries('command')[before];
    if (!delivery) throw new Error('There was no delivery.');
    await rig.bot.stop();
    await rig.restart();
    await rig.workspace.resend(delivery, { number: 1, reason: 'http_timeout' });
    expect(wordsOf(await rig.ask('/webcast status', 'board'))).toContain('Delivered twice');
    expect(await rig.entries('Delivered twice')).toHaveLength(1);
    expect(rig.workspace.messages('board')).toHaveLength(1);
  });

  it('lets a command that is waiting say that the bot restarts', async () => {
    await rig.posted('events', () => ada().runs('/webcast end --yes', { in: 'events' }));
    await rig.control('publish', { delay: 30 });
    const shown = await rig.posted('events', () => ada().runs('/webcast golive --yes', { in: 'events' }));
    await rig.double.until('the wait', () => shown.history.length >= 1);
    expect(await rig.bot.stop()).toBe(0);
    expect(wordsOf(shown)).toMatch(/The bot is restarting\.[\s\S]*Ask for the status/);
    await rig.control('publish', { delay: 0 });
    await rig.restart();
  });
});
