import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { launchIn, localLink, pressLink } from '../link.js';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

/** Ada produces; Bob presents what she lets him present, and Cleo watches. */
describe('the studio, from typing to pressing', () => {
  let rig: Rig;
  let id: string;

  beforeAll(async () => {
    rig = await startRig({
      env: { PUBLIC_URL: 'https://bot.example.com', BOT_PRODUCERS: 'slack:U0ADA0001', BOT_ADMINS: 'slack:U0ADA0001' },
    });
    for (const user of ['ada@example.com', 'bob@example.com', 'cleo.c']) {
      await rig.call('user', 'add', { user: { objectType: 'KalturaUser', id: user } });
    }
    ({ id } = await rig.plan('events', "Town 'Hall' <1>"));
  });

  afterAll(async () => rig.stop());

  /** Types a line that hands out a link, and gives its address. */
  async function linkOf(line: string, who = 'ada'): Promise<string> {
    const shown = await rig.ask(line, 'events', who);
    const link = localLink(JSON.stringify(shown.blocks), rig.bot.url);
    if (link === undefined) throw new Error(`There is no link in: ${wordsOf(shown)}`);
    return link;
  }

  it('opens for a producer by a press, and by nothing that only looks', async () => {
    const link = await linkOf(`/webcast studio ${id}`);
    const before = rig.requests().length;
    for (const method of ['HEAD', 'GET', 'GET']) expect((await fetch(link, { method })).status).toBe(200);
    expect(rig.requests()).toHaveLength(before);

    const pressed = await pressLink(link);
    expect(pressed.status).toBe(200);
    expect(pressed.headers.get('cache-control')).toBe('no-store');
    const query = launchIn(await pressed.text());
    expect(query.get('MediaEntryId')).toBe(id);
    expect(query.get('userId')).toBe('ada@example.com');

    expect((await pressLink(link)).status).toBe(410);
    const later = await fetch(link);
    expect(later.status).toBe(410);
    expect(await later.text()).toContain('/webcast studio');
    expect(rig.bot.child.stdout + rig.bot.child.stderr).not.toContain(link.split('/go/')[1]);
  });

  it('opens for a presenter, who is chosen by an @ and told in private what to type', async () => {
    expect(wordsOf(await rig.ask(`/webcast studio ${id}`, 'events', 'bob'))).toContain('You may not use studio here.');
    const added = await rig.whispered('events', () =>
      rig.workspace.user('ada').runs(`/webcast present add @bob ${id}`, { in: 'events', escape: true }),
    );
    expect(wordsOf(added)).toContain('told in private');
    const [told] = rig.workspace.user('bob').sees('dm').slice(-1);
    if (!told) throw new Error('Bob was not told.');
    expect(wordsOf(told)).toContain(`/webcast studio ${id}`);

    const query = launchIn(await (await pressLink(await linkOf(`/webcast studio ${id}`, 'bob'))).text());
    expect(query.get('userId')).toBe('bob@example.com');
  });

  it('sends every presenter a link of their own', async () => {
    const before = rig.workspace.user('bob').sees('dm').length;
    const answer = await rig.ask(`/webcast studio ${id} --all`, 'events');
    expect(wordsOf(answer)).toContain('Sent in private to:');
    const invited = await rig.double.until('the invitation', () => rig.workspace.user('bob').sees('dm')[before]);
    const link = localLink(JSON.stringify(invited.blocks), rig.bot.url);
    expect(link && (await pressLink(link)).status).toBe(200);
  });

  it('closes for a presenter who is removed while a link is out', async () => {
    const link = await linkOf(`/webcast studio ${id}`, 'bob');
    await rig.ask('/webcast present remove bob@example.com', 'events');
    const pressed = await pressLink(link);
    expect(pressed.status).toBe(403);
    const page = await pressed.text();
    expect(page).toContain('You do not present Town &#39;Hall&#39; &lt;1&gt; any more.');
    expect(page).not.toContain('KalturaWebcast');
  });

  it('leads a moderator on without a redirect, since the page may only send its form to itself', async () => {
    const pressed = await pressLink(await linkOf(`/webcast moderate ${id}`));
    expect(pressed.status).toBe(200);
    expect(await pressed.text()).toContain('content="0; url=http://127.0.0.1');
    expect(pressed.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('makes no Kaltura user of somebody unknown; an admin says who they are', async () => {
    const told = wordsOf(await rig.ask('/webcast link-account cleo.c', 'events', 'cleo'));
    const { id: cleo } = rig.workspace.user('cleo');
    expect(told).toContain(`/webcast link-account &lt;@${cleo}&gt; cleo.c`);
    expect(wordsOf(await rig.ask(`/webcast present add ${cleo} ${id}`, 'events'))).toContain(
      'Kaltura knows no user cleo@example.com',
    );
    // What the admin types of it reaches the bot as Slack escapes it.
    await rig.ask(`/webcast link-account &lt;@${cleo}&gt; cleo.c`, 'events');
    await rig.ask(`/webcast present add ${cleo} ${id}`, 'events');
    const query = launchIn(await (await pressLink(await linkOf(`/webcast studio ${id}`, 'cleo'))).text());
    expect(query.get('userId')).toBe('cleo.c');
  });

  it('says that there is nobody of a mistyped member id, and changes nothing', async () => {
    const answer = wordsOf(await rig.ask(`/webcast present add U0NOBODY1 ${id}`, 'events'));
    expect(answer).not.toContain('on our side');
    expect(wordsOf(await rig.ask(`/webcast present ${id}`, 'events'))).not.toContain('U0NOBODY1');
  });

  it('knows no guessed link, and takes nothing but looks and presses', async () => {
    const guessed = `${rig.bot.url}/go/${'A'.repeat(43)}`;
    expect((await fetch(guessed)).status).toBe(404);
    expect((await pressLink(guessed)).status).toBe(404);
    expect((await fetch(guessed, { method: 'DELETE' })).status).toBe(405);
  });

  it('stays good while Kaltura is away', async () => {
    const link = await linkOf(`/webcast studio ${id}`);
    await rig.fault({ kind: 'rate-limited', on: '*', times: 10 });
    const failed = await pressLink(link);
    expect(failed.status).toBe(503);
    expect(await failed.text()).toContain('The link is still good.');
    await rig.control('faults', {}, 'DELETE');
    expect((await pressLink(link)).status).toBe(200);
  });
});
