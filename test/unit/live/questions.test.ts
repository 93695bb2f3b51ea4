import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Place } from '../../../src/core/ports.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { channel, openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';
import { sayAs } from '../../rig/viewer.js';
import { passIn } from './days.js';

const second = 1000;
const minute = 60 * second;
const moderators: Place = { ...channel, channel: 'C2' };
let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  rig = await openRig();
  id = await rig.plan();
});
afterEach(() => rig.stop());

const ask = (text: string, user = 'vera@example.test') =>
  sayAs({ url: rig.gateway.addresses.service, ...rig.kaltura.account }, user, id, text);

/** Puts the show on air, with a channel of moderators. */
async function onAir(options = '--questions') {
  await rig.say(`subscribe ${id} ${options}`, { place: moderators });
  await rig.encoder.start(id);
  await rig.say(`golive ${id} --yes`);
  await rig.live.settle();
}

const pass = (milliseconds: number) => passIn(rig, 5 * second, milliseconds);

/** What the moderators' channel was shown since, without its card. */
const shownThere = () =>
  rig.platform.shown
    .filter((one) => one.channel === 'C2' && /question|answered|dismissed/i.test(one.view.summary))
    .map(({ how, message, view }) => ({ how, message, words: wordsOf(view) }));

async function end() {
  await rig.say(`end ${id} --yes`);
  await rig.encoder.stop(id);
  await pass(3 * minute);
}

describe('a channel of moderators', () => {
  it('is told of each question once, in the thread of its card, with buttons', async () => {
    await onAir();
    const question = await ask('Will there be slides?');
    await pass(minute);
    const [told, ...more] = shownThere();
    expect(more).toEqual([]);
    expect(told?.how).toBe('thread');
    expect(told?.words).toContain('Will there be slides?');
    expect(told?.words).toContain('vera@example.test');
    for (const line of [`answer ${question}`, `answer ${question} --public`, `dismiss ${question}`])
      expect(told?.words).toContain(line);
  });

  it('without threads is told by messages', async () => {
    await onAir('--questions --mode flat');
    await ask('Will there be slides?');
    await pass(minute);
    expect(shownThere().map(({ how }) => how)).toEqual(['post']);
  });

  it('sees the same message turn when it is answered here, whoever answers', async () => {
    await onAir();
    const question = await ask('Will there be slides?');
    await pass(minute);
    await rig.say(`answer ${question} "Yes, tomorrow."`, { place: moderators });
    await pass(minute);
    const [told, turned, ...more] = shownThere();
    expect(more).toEqual([]);
    expect(turned).toMatchObject({ how: 'update', message: told?.message });
    expect(turned?.words).toMatch(/Answered by Ann[^:]*: Yes, tomorrow\./);
    expect(turned?.words).not.toContain(`answer ${question}`);
  });

  it('sees it turn when it is dismissed', async () => {
    await onAir();
    const question = await ask('Spam?');
    await pass(minute);
    await rig.say(`dismiss ${question}`, { place: moderators });
    await pass(minute);
    expect(shownThere().at(-1)?.words).toMatch(/Dismissed by Ann/);
  });

  it('sees it turn when it was answered in the studio', async () => {
    await onAir();
    const question = await ask('Will there be slides?');
    await pass(minute);
    const reach = { url: rig.gateway.addresses.service, ...rig.kaltura.account };
    await sayAs(reach, 'mod@example.test', id, 'Yes.', { ThreadId: question, Type: 'Answer' }, question);
    await pass(minute);
    expect(shownThere().at(-1)?.words).toContain('Answered by mod@example.test: Yes.');
    expect(shownThere()).toHaveLength(2);
  });

  it('is told of no more than ten a minute one by one, and of a crowd by one message that counts', async () => {
    await onAir();
    for (let count = 1; count <= 14; count += 1) await ask(`Question ${count}.`);
    await pass(25 * second);
    await ask('Question 15.');
    await pass(25 * second);
    const posts = shownThere().filter(({ how }) => how === 'thread');
    expect(posts).toHaveLength(11);
    const crowd = shownThere().filter(({ words }) => words.includes('more questions'));
    expect(crowd.map(({ how }) => how)).toEqual(['thread', 'update']);
    expect(crowd.at(-1)?.words).toContain('5 more questions: Q3 Town Hall');
    expect(crowd.at(-1)?.words).toContain(`questions ${id}`);
  });

  it('is told what was asked while the bot could not hear, once', async () => {
    await onAir();
    await rig.control('faults', { kind: 'http', on: 'cuepoint_cuepoint.list', status: 503, times: 6 });
    await ask('Can you hear us?');
    await pass(2 * minute);
    expect(shownThere().map(({ how }) => how)).toEqual(['thread']);
  });

  it('is shown the beginning of a question that is as long as Kaltura allows', async () => {
    await onAir();
    await ask(`<!channel> ${'long '.repeat(6_500)}end`);
    await pass(minute);
    const [told] = shownThere();
    expect(told?.words.length).toBeLessThan(1200);
    expect(told?.words).toContain('<!channel> long long');
  });

  it('that asked for quiet is told why both cannot be', async () => {
    const [refused] = await rig.say(`subscribe ${id} --questions --mode quiet`, { place: moderators });
    expect(refused && wordsOf(refused.view)).toContain('A quiet channel gets no messages');
  });
});

describe('asking Kaltura', () => {
  const asks = () =>
    rig.kaltura.requests.read().requests.filter(({ calls }) => calls.some((call) => call.startsWith('cuepoint')))
      .length;

  it('happens four times a minute while it is live, in one round trip', async () => {
    await onAir();
    await pass(minute);
    const before = asks();
    await pass(3 * minute);
    expect(asks() - before).toBe(12);
  });

  it('does not happen where no channel has moderators', async () => {
    await onAir('');
    await pass(2 * minute);
    expect(asks()).toBe(0);
  });

  it('rests in an account without questions', async () => {
    await rig.control('questions', { available: false });
    await onAir();
    await pass(5 * minute);
    expect(asks()).toBe(0);
    expect(shownThere()).toEqual([]);
  });
});

describe('after the show', () => {
  it('hands what stayed open to the moderators, and everything to the organizer as a file', async () => {
    await onAir();
    const first = await ask('Will there be slides?');
    await ask('=HYPERLINK("http://evil.test")', 'otto@example.test');
    await pass(minute);
    await rig.say(`answer ${first} "Yes, tomorrow."`);
    await end();
    await pass(10 * minute);
    const left = shownThere().filter(({ words }) => words.startsWith('After the show'));
    expect(left.map(({ how }) => how)).toEqual(['thread']);
    expect(left[0]?.words).toMatch(/one question is open: Q3 Town Hall[\s\S]*HYPERLINK/);
    const tells = rig.platform.shown.filter(
      (one) => one.how === 'tell' && one.view.summary.startsWith('Questions of Q3 Town Hall'),
    );
    expect(tells.map(({ person }) => person)).toEqual(['U1']);
    const file = tells[0]?.view.nodes.find((node) => node.kind === 'file');
    expect(file?.kind === 'file' && file.name).toMatch(/^questions-Q3-Town-Hall-\d{4}-\d\d-\d\d\.csv$/);
    const rows = file?.kind === 'file' ? file.text.split('\r\n') : [];
    expect(rows).toHaveLength(4);
    expect(rows[1]).toContain('vera@example.test,Will there be slides?,answered,"Yes, tomorrow.",ann@example.test');
    expect(rows[2]).toContain(`otto@example.test,"'=HYPERLINK(""http://evil.test"")",open,,,,`);
  });

  it('tells nobody when nothing was asked', async () => {
    await onAir();
    await end();
    expect(rig.platform.shown.filter(({ view }) => /question/i.test(view.summary))).toEqual([]);
  });
});
