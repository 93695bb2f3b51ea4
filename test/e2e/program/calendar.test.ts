import { afterEach, describe, expect, it } from '@jest/globals';
import type { StoredMessage } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

const publicUrl = 'https://bot.example.com';
const linkIn = (card: StoredMessage) => /<(https:[^|>]+\/calendar\/[^|>]+)\|Add to calendar>/.exec(wordsOf(card))?.[1];

describe('the calendar file of a webcast', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  it('is linked on the card where the bot has a public address, and given to whoever follows the link', async () => {
    rig = await startRig({ env: { PUBLIC_URL: publicUrl } });
    const { id, card } = await rig.plan('events', 'Q3 Town Hall');
    const link = linkIn(card) ?? '';
    expect(link).toMatch(new RegExp(`^${publicUrl}/calendar/${id}\\.[\\w-]{22}\\.ics$`));
    const here = () => link.replace(publicUrl, rig.bot.url);

    const answer = await fetch(here());
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/calendar; charset=utf-8; method=PUBLISH',
    ]);
    expect(text).toContain('\r\nSUMMARY:Q3 Town Hall\r\n');
    expect(text).toContain(`\r\nUID:${id}@`);
    expect((await fetch(here().replace(id, '1_zzzzzzzz'))).status).toBe(404);
    expect((await fetch(here(), { method: 'POST' })).status).toBe(405);

    await rig.bot.stop();
    await rig.restart();
    expect(await (await fetch(here())).text()).toBe(text);
  }, 60_000);

  it('is linked nowhere and served nowhere without one', async () => {
    rig = await startRig();
    const { id, card } = await rig.plan('events', 'Q3 Town Hall');
    expect(wordsOf(card)).not.toContain('calendar');
    expect((await fetch(`${rig.bot.url}/calendar/${id}.x.ics`)).status).toBe(404);
  });
});
