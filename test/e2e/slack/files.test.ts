import { afterEach, describe, expect, it } from '@jest/globals';
import type { PrivateView } from '../../../src/core/view.js';
import { type Changes, jobFor, type Rig, scopes, startRig, whomOf } from './rig.js';

const text = 'name,minutes\n"Zoë, Ltd",42\n';
const report: PrivateView = {
  summary: 'Attendance',
  nodes: [
    { kind: 'title', text: 'Attendance of Town Hall' },
    { kind: 'file', name: 'attendance.csv', type: 'text/csv', text },
  ],
};

let rig: Rig;
afterEach(async () => {
  const { complaints } = rig.double;
  await rig.stop();
  expect(complaints).toEqual([]);
});

async function start(changes: Changes = { scopes: [...scopes, 'files:write'] }): Promise<void> {
  rig = await startRig(changes);
  rig.script = {
    prepare: (inbound) => jobFor(inbound),
    run: async (job, platform) => platform.whisper(whomOf(job.inbound), report),
  };
}

const direct = () => rig.workspace.direct('ada').map(({ text, files }) => ({ text, files }));
const ephemerals = () => rig.workspace.ephemerals('events', 'ada').map(({ text }) => text);
const files = () => [...rig.workspace.state.files.values()];

describe('a file for one person in Slack', () => {
  it('comes into the direct chat, and the answer where it was asked for says so', async () => {
    await start();
    await rig.workspace.user('ada').runs('/webcast report', { in: 'events' });
    await rig.double.until('the file', () => files().some(({ completed }) => completed));
    expect(ephemerals()).toEqual(['Attendance']);
    expect(JSON.stringify(rig.workspace.ephemerals('events', 'ada'))).toContain('direct messages with Webcast');
    const [file] = files();
    expect(file?.bytes?.toString('utf8')).toBe(text);
    expect(direct()).toEqual([{ text: '', files: [file?.id] }]);
    expect(rig.workspace.messages('events')).toEqual([]);
  });

  it('follows what the person is told without asking', async () => {
    await start();
    await rig.slack.tell(rig.workspace.teamId, rig.workspace.user('ada').id, report);
    expect(direct()).toEqual([
      { text: 'Attendance', files: [] },
      { text: '', files: [files()[0]?.id] },
    ]);
  });

  it('is missed in words, with what to do, where the app may not upload', async () => {
    await start({});
    await rig.workspace.user('ada').runs('/webcast report', { in: 'events' });
    await rig.double.until('the words', () => ephemerals().length === 2);
    expect(ephemerals()).toEqual(['Attendance', 'attendance.csv could not be sent.']);
    const told = JSON.stringify(rig.workspace.ephemerals('events', 'ada')[1]);
    expect(told).toContain('files:write');
    expect(told).toContain('install the app again');
    expect(direct()).toEqual([]);
  });

  it.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
    'is missed in words when Slack refuses %s',
    async (method) => {
      await start();
      rig.double.faults.add({ method, effect: { kind: 'error', error: 'file_type_not_allowed' } });
      await rig.slack.tell(rig.workspace.teamId, rig.workspace.user('ada').id, report);
      expect(direct().map(({ text }) => text)).toEqual(['Attendance', 'attendance.csv could not be sent.']);
    },
  );

  it('is sent even when it is empty', async () => {
    await start();
    const empty: PrivateView = {
      summary: 'None',
      nodes: [{ kind: 'file', name: 'a.csv', type: 'text/csv', text: '' }],
    };
    await rig.slack.tell(rig.workspace.teamId, rig.workspace.user('ada').id, empty);
    expect(files().map(({ completed }) => completed)).toEqual([true]);
  });
});
