import { describe, expect, it } from '@jest/globals';
import { BotError } from '../../../../src/core/errors.js';
import { say, type View } from '../../../../src/core/view.js';
import { play, startTerminal } from './rig.js';

const here = { tenant: 'terminal', channel: 'terminal', direct: false };
const card = (feed: 'on' | 'off', dvr: string): View => ({
  summary: 'Town Hall',
  nodes: [
    { kind: 'title', text: 'Town Hall' },
    { kind: 'lamps', lamps: [{ label: 'Main', state: feed, text: 'encoder' }] },
    { kind: 'facts', facts: [{ label: 'DVR', value: dvr }] },
  ],
});

describe('an edited message', () => {
  it('prints only what changed, under its title', async () => {
    const rig = await startTerminal();
    const message = await rig.platform.post(here, card('off', '60 minutes'));
    await rig.platform.update(message, card('on', '60 minutes'));
    expect(await rig.end()).toBe(
      [
        '',
        '#terminal',
        'Town Hall',
        '○ off  Main: encoder',
        'DVR: 60 minutes',
        '',
        '#terminal (edited) Town Hall',
        '● on   Main: encoder',
        '',
      ].join('\n'),
    );
  });

  it('prints nothing when it looks as before', async () => {
    const rig = await startTerminal();
    const message = await rig.platform.post(here, card('on', '60 minutes'));
    const before = rig.printed();
    await rig.platform.update(message, card('on', '60 minutes'));
    expect(await rig.end()).toBe(before);
  });

  it('is compared with its last edit', async () => {
    const rig = await startTerminal();
    const message = await rig.platform.post(here, card('on', '60 minutes'));
    await rig.platform.update(message, card('off', '60 minutes'));
    await rig.platform.update(message, card('on', '60 minutes'));
    expect((await rig.end()).match(/● on {3}Main/g)).toHaveLength(2);
  });

  it('that is not on this screen is refused as not found', async () => {
    const { platform, end } = await startTerminal();
    const stranger = { tenant: 'terminal', channel: 'terminal', message: 'of-yesterday' };
    await expect(platform.update(stranger, say('Hello'))).rejects.toMatchObject({ code: 'not_found' });
    await end();
  });

  it('is forgotten once a thousand others were posted', async () => {
    const { platform, end } = await startTerminal();
    const first = await platform.post(here, say('first'));
    const second = await platform.post(here, say('second'));
    for (let index = 0; index < 999; index += 1) await platform.post(here, say(`more ${index}`));
    await expect(platform.update(first, say('new'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(platform.update(second, say('new'))).resolves.toBeUndefined();
    await end();
  });

  it('shows how far a run has come by its steps alone', async () => {
    const { text } = await play(['golive 1_abcdef12 --yes']);
    expect(text).toContain(
      '#terminal\nGoing live\n\n… doing  Step 1\n· to do  Step 2\n\n#terminal (edited) Going live\n✓ done   Step 1\n… doing  Step 2\n',
    );
  });
});

describe('a posted message', () => {
  it('cannot go to a channel that the terminal does not have', async () => {
    const { platform, end } = await startTerminal();
    const elsewhere = { ...here, channel: 'C123' };
    const refused = platform.post(elsewhere, say('Hello'));
    await expect(refused).rejects.toBeInstanceOf(BotError);
    await expect(refused).rejects.toMatchObject({ code: 'cannot_post' });
    await end();
  });

  it('that arrives while a person is asked leaves the question standing below it', async () => {
    const rig = await startTerminal({ interactive: true });
    rig.type('golive 1_abcdef12');
    await rig.shows('[y/N]');
    await rig.platform.post(here, say('Picture lost'));
    await rig.shows('Picture lost');
    expect(rig.printed().lastIndexOf('[y/N]')).toBeGreaterThan(rig.printed().lastIndexOf('Picture lost'));
    await rig.end();
  });
});
