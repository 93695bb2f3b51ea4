import { afterEach, describe, expect, it } from '@jest/globals';
import { say } from '../../../src/core/view.js';
import { jobFor, type Rig, startRig, whomOf } from './rig.js';

describe('Socket Mode', () => {
  const rigs: Rig[] = [];
  const start = async (changes: Parameters<typeof startRig>[0] = {}) => {
    const rig = await startRig({ ...changes, socket: true });
    rigs.push(rig);
    return rig;
  };

  afterEach(async () => {
    await Promise.all(rigs.splice(0).map((rig) => rig.stop()));
  });

  it('brings commands and takes the answers, without a public address', async () => {
    const rig = await start();
    expect(rig.slack.ready()).toBe(true);
    rig.script.prepare = () => ({ kind: 'answer', view: say('By socket.') });
    await rig.workspace.user('ada').runs('/webcast status', { in: 'events' });
    expect(rig.workspace.ephemerals('events', 'ada').at(-1)?.text).toBe('By socket.');
    rig.script = { prepare: jobFor, run: (job, slack) => slack.whisper(whomOf(job.inbound), say('After the run.')) };
    await rig.workspace.user('ada').runs('/webcast status', { in: 'events' });
    await rig.double.until('the whisper', () =>
      rig.workspace.ephemerals('events', 'ada').find((message) => message.text === 'After the run.'),
    );
    expect(rig.double.complaints).toEqual([]);
  });

  it('answers what nobody listens to', async () => {
    const rig = await start();
    const delivery = await rig.workspace.user('ada').runs('/party');
    expect(delivery.answer).toContain('Type /webcast help');
  });

  it('serves nothing at the http address', async () => {
    const rig = await start();
    expect((await fetch(`${rig.url}/slack/events`, { method: 'POST' })).status).toBe(404);
  });

  it('connects anew when Slack asks for it', async () => {
    const rig = await start();
    rig.logged.length = 0;
    rig.double.refreshSockets();
    await rig.logs('Connected to Slack by Socket Mode');
    expect(rig.double.calls('apps.connections.open')).toHaveLength(2);
    rig.script.prepare = () => ({ kind: 'answer', view: say('Back again.') });
    const delivery = await rig.workspace.user('ada').runs('/webcast status', { in: 'events' });
    expect(delivery.answer).toContain('Back again.');
  });

  it('keeps trying with growing pauses while Slack cannot be reached', async () => {
    const rig = await start({
      first: (double) => double.faults.add({ method: 'apps.connections.open', effect: { kind: 'reset' }, times: 3 }),
    });
    expect(rig.slack.ready()).toBe(false);
    await rig.clock.waitedOn(1000);
    rig.clock.advance(1000);
    await rig.clock.waitedOn(2000);
    rig.clock.advance(2000);
    await rig.double.until('the connection', () => rig.double.socketConnected);
  });

  it('stops the start when Slack refuses the token', async () => {
    await expect(start({ appToken: 'xapp-wrong' })).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('SLACK_APP_TOKEN'),
    });
  });
});
