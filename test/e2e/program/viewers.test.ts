import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

/** How a webcast reaches its viewers, as the crew sees to it in Slack. */
describe('the way to the viewers', () => {
  let rig: Rig;
  let id: string;

  beforeAll(async () => {
    rig = await startRig({ env: { PUBLIC_URL: 'https://bot.example.com' } });
    ({ id } = await rig.plan('events', `Town <b>Hall</b> "&'`));
  });

  afterAll(async () => rig.stop());

  it('is a React component whose name is text, however it is called', async () => {
    const code = wordsOf(await rig.ask(`/webcast embed ${id} --as react --muted`, 'events'));
    expect(code).toContain('playback: { muted: true }');
    expect(code).not.toContain('aria-label={"Town <b>');
  });

  it('is a session from a server of theirs when it is protected', async () => {
    const code = wordsOf(await rig.ask(`/webcast embed ${id} --protected`, 'events'));
    expect(code).toContain(`sview:${id},setrole:PLAYBACK_BASE_ROLE`);
    expect(code).toContain('KALTURA_USER_SECRET');
    expect(code).not.toContain('djJ8');
  });

  it('is tried as they would go it', async () => {
    expect(wordsOf(await rig.ask('/webcast access', 'events'))).toContain('Everybody with the link can open it.');
  });

  it('begins with a look ahead by a link that works once', async () => {
    const shown = await rig.ask('/webcast preview', 'events');
    const token = /\/go\/[\w-]{43}/.exec(JSON.stringify(shown))?.[0];
    const press = () => fetch(`${rig.bot.url}${token}`, { method: 'POST' });
    const first = await press();
    expect(first.status).toBe(200);
    const page = await first.text();
    expect(page).toContain('embedPlaykitJs');
    expect(page).toContain('Town &lt;b&gt;Hall');
    expect((await press()).status).toBe(410);
    expect(rig.bot.child.stdout).not.toContain('djJ8');
  });
});
