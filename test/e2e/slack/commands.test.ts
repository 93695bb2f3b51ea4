import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { say } from '../../../src/core/view.js';
import { hold, jobFor, type Rig, startRig, whomOf } from './rig.js';

describe('a slash command', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig();
  });

  afterAll(async () => rig.stop());

  beforeEach(() => {
    rig.script = {};
    rig.inbounds.length = 0;
    rig.jobs.length = 0;
  });

  afterEach(() => {
    expect(rig.double.complaints).toEqual([]);
  });

  it('arrives as a line with its place, person, delivery and way back', async () => {
    await rig.workspace.user('ada').runs('/webcast status 1_abcdefgh', { in: 'events' });
    const [inbound] = rig.inbounds;
    expect(inbound).toMatchObject({
      place: { tenant: rig.workspace.teamId, channel: rig.workspace.channelId('events'), direct: false },
      person: { id: rig.workspace.user('ada').id },
      said: { kind: 'line', line: 'status 1_abcdefgh' },
    });
    expect(inbound?.deliveryId).toMatch(/^[0-9a-f]{32}$/);
    expect(inbound?.wayBack).toMatch(/^http/);
  });

  it('is read as it was typed, not as Slack escaped it', async () => {
    await rig.workspace.user('ada').runs('/webcast create "R&amp;D &lt;live&gt;"');
    expect(rig.inbounds[0]?.said).toEqual({ kind: 'line', line: 'create "R&D <live>"' });
  });

  it('gets an answer that is known at once inside the acknowledgement', async () => {
    rig.script.prepare = () => ({ kind: 'answer', view: say('I do not know that.', 'Did you mean golive?') });
    const calls = rig.double.calls().length;
    await rig.workspace.user('ada').runs('/webcast golvie', { in: 'events' });
    const [answer] = rig.workspace.ephemerals('events', 'ada').slice(-1);
    expect(JSON.stringify(answer?.blocks)).toContain('Did you mean golive?');
    expect(rig.double.calls().length).toBe(calls);
  });

  it('is acknowledged before it runs', async () => {
    const running = hold<void>();
    rig.script = { prepare: jobFor, run: () => running.promise };
    const delivery = await rig.workspace.user('ada').runs('/webcast golive');
    expect(delivery).toMatchObject({ status: 200, answer: '' });
    expect(rig.jobs).toHaveLength(1);
    running.release();
  });

  it('is whispered to by its response_url where the bot is no member', async () => {
    rig.script = { prepare: jobFor, run: (job, slack) => slack.whisper(whomOf(job.inbound), say('For you alone.')) };
    await rig.workspace.user('ada').runs('/webcast status', { in: 'closed' });
    const seen = await rig.double.until('the whisper', () => rig.workspace.ephemerals('closed', 'ada').at(-1));
    expect(seen.text).toBe('For you alone.');
    expect(seen.via).toBe('response_url');
  });

  it('is whispered to otherwise when the response_url is used up, and by direct message where nothing else is left', async () => {
    rig.script = {
      prepare: jobFor,
      async run(job, slack) {
        for (let time = 1; time <= 6; time += 1) await slack.whisper(whomOf(job.inbound), say(`Answer ${time}`));
      },
    };
    await rig.workspace.user('ada').runs('/webcast status', { in: 'events' });
    const sixth = await rig.double.until('the sixth', () =>
      rig.workspace.ephemerals('events', 'ada').find((message) => message.text === 'Answer 6'),
    );
    expect(sixth.via).toBe('api');
    await rig.workspace.user('ada').runs('/webcast status', { in: 'closed' });
    const direct = await rig.double.until('the direct message', () =>
      rig.workspace.direct('ada').find((message) => message.text === 'Answer 6'),
    );
    expect(direct.ephemeralFor).toBeUndefined();
  });

  it('is answered by a plain message in the direct chat with the bot', async () => {
    rig.script = { prepare: jobFor, run: (job, slack) => slack.whisper(whomOf(job.inbound), say('Just us.')) };
    await rig.workspace.user('bob').runs('/webcast status', { in: 'dm' });
    expect(rig.inbounds[0]?.place.direct).toBe(true);
    const message = await rig.double.until('the message', () => rig.workspace.direct('bob').at(-1));
    expect(message).toMatchObject({ text: 'Just us.', via: 'api' });
    expect(message.ephemeralFor).toBeUndefined();
  });

  it('of another name is refused in words', async () => {
    const delivery = await rig.workspace.user('ada').runs('/party now');
    expect(delivery.answer).toContain('Type /webcast help');
    expect(rig.inbounds).toHaveLength(0);
  });

  it('that meets an error of ours is answered with a reference that is in the log', async () => {
    rig.script.prepare = () => {
      throw new Error('boom');
    };
    const delivery = await rig.workspace.user('ada').runs('/webcast status');
    const reference = /reference: (\S+)\./.exec(delivery.answer)?.[1];
    expect(reference).toBeDefined();
    expect(rig.logged.some((line) => line.includes(`"reference":"${reference}"`))).toBe(true);
  });
});
