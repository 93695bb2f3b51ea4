import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { launchIn, localLink, pressLink } from '../link.js';
import { type Rig, startRig } from './rig.js';

const place = 'Webcasts';

/** Alex names Megan in a channel; she has never written to the bot. */
describe('the studio in Teams, from typing to pressing', () => {
  let rig: Rig;
  let id: string;

  const say = (who: string, line: string) => rig.person(who).says(`@Webcast ${line}`, { in: place });

  /** The newest link in somebody's personal chat that is not among those known. */
  const linkOf = (who: string, known: readonly string[] = []) =>
    rig.double.until(`a link for ${who}`, () => {
      const shown = rig.person(who).sees('personal');
      const links = shown.flatMap(({ activity }) => localLink(JSON.stringify(activity), rig.bot.url) ?? []);
      return links.findLast((link) => !known.includes(link));
    });

  beforeAll(async () => {
    rig = await startRig({ channels: [place], env: { PUBLIC_URL: 'https://bot.example.com' } });
    ({ id } = await rig.plan(place, 'Town Hall'));
    for (const user of ['alex.wilber@contoso.example', 'megan.bowen@contoso.example']) {
      await rig.kaltura.call('user', 'add', { user: { objectType: 'KalturaUser', id: user } });
    }
  });

  afterAll(async () => rig.stop());

  it('opens once for a producer, in the personal chat alone', async () => {
    await say('Alex', `studio ${id}`);
    const link = await linkOf('Alex');
    expect((await fetch(link)).status).toBe(200);
    const pressed = await pressLink(link);
    expect(launchIn(await pressed.text()).get('MediaEntryId')).toBe(id);
    expect((await pressLink(link)).status).toBe(410);
    const everything = rig.tenant.conversation(place).messages.map(({ activity, history }) => [activity, history]);
    expect(JSON.stringify(everything)).not.toContain('/go/');
  });

  it('takes a presenter who is mentioned, tells them, and lets them in', async () => {
    await say('Alex', `present add @Megan Bowen ${id}`);
    await rig.saying('personal', 'You present Town Hall', 'Megan');
    await say('Megan', `studio ${id}`);
    const query = launchIn(await (await pressLink(await linkOf('Megan'))).text());
    expect(query.get('userId')).toBe('megan.bowen@contoso.example');
  });

  it('sends presenters a link of their own', async () => {
    const before = await linkOf('Megan');
    await say('Alex', `studio ${id} --all`);
    expect((await pressLink(await linkOf('Megan', [before]))).status).toBe(200);
  });
});
