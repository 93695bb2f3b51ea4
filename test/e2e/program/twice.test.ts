import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

describe('what arrives twice', () => {
  let rig: Rig;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig({ channels: ['typed', 'formed', 'clicked', 'raced'] });
  });

  afterAll(async () => rig.stop());

  const last = (kind: Delivery['kind']) => {
    const delivery = rig.double.deliveries(kind).at(-1);
    if (!delivery) throw new Error(`There was no ${kind}.`);
    return delivery;
  };
  /** A further command of the same channel is answered after all that came before it. */
  const settle = async (channel: string) => wordsOf(await rig.ask('/webcast status', channel));

  it('a command that Slack delivers again makes one webcast and one card', async () => {
    await rig.plan('typed', 'Typed once');
    const again = await rig.workspace.resend(last('command'), { number: 1, reason: 'http_timeout' });
    expect(again.status).toBe(200);
    await settle('typed');
    expect(await rig.entries('Typed once')).toHaveLength(1);
    expect(rig.workspace.messages('typed')).toHaveLength(1);
  });

  it('a form that is submitted twice at once makes one webcast and one card', async () => {
    const form = await rig.openForm('formed');
    await ada().fills(form, { Name: 'Formed once', Start: Math.floor(Date.now() / 1000) + 600 });
    await rig.posted('formed', async () => {
      await ada().submits(form);
      const submission = last('view_submission');
      const again = await Promise.all([rig.workspace.resend(submission), rig.workspace.resend(submission)]);
      expect(again.map(({ status }) => status)).toEqual([200, 200]);
    });
    await settle('formed');
    expect(await rig.entries('Formed once')).toHaveLength(1);
    expect(rig.workspace.messages('formed')).toHaveLength(1);
  });

  it('a form that is opened twice makes two, since two were asked for', async () => {
    for (const _ of ['first', 'second']) {
      const form = await rig.openForm('formed');
      await ada().fills(form, { Name: 'Asked twice', Start: Math.floor(Date.now() / 1000) + 600 });
      await rig.posted('formed', () => ada().submits(form));
    }
    expect(await rig.entries('Asked twice')).toHaveLength(2);
  });

  it('a press that is delivered again, and a double click, go live and announce once', async () => {
    const { id, card } = await rig.plan('clicked', 'Clicked');
    await rig.encoder.start(id);
    await rig.control('publish', { delay: 1 });
    const before = rig.requests().length;
    const told = await rig.whispered('clicked', async () => {
      await ada().clicks(card, 'Go live');
      await rig.workspace.resend(last('block_actions'));
      await ada().clicks(card, 'Go live');
    });
    expect(wordsOf(told)).toMatch(/Somebody is doing that right now|already live/);
    await rig.double.until('the announcement', () => rig.workspace.messages('clicked')[1]?.text.startsWith('Live now'));
    await rig.control('publish', { delay: 0 });
    const writes = rig
      .requests()
      .slice(before)
      .flat()
      .filter((call) => call === 'livestream.update');
    expect(writes).toHaveLength(1);
    expect(rig.workspace.messages('clicked')).toHaveLength(2);
  });

  it('two people who go live at the same moment announce it once', async () => {
    const { id } = await rig.plan('raced', 'Raced');
    await rig.encoder.start(id);
    const before = rig.workspace.ephemerals('raced').length;
    await Promise.all(
      ['ada', 'bob'].map((who) => rig.workspace.user(who).runs('/webcast golive --yes', { in: 'raced' })),
    );
    await rig.double.until('both answers', () => rig.workspace.ephemerals('raced').length > before);
    await rig.double.until('the announcement', () => rig.workspace.messages('raced')[1]?.text.startsWith('Live now'));
    await settle('raced');
    expect(rig.workspace.messages('raced')).toHaveLength(2);
  });
});
