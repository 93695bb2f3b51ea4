import { afterEach, describe, expect, it } from '@jest/globals';
import type { View } from '../../../src/core/view.js';
import { instant } from '../../../src/core/webcast.js';
import { type Changes, jobFor, type Rig, scopes, startRig, whomOf } from './rig.js';

const allScopes = [...scopes, 'files:write'];
const at = Date.UTC(2026, 10, 24, 14, 0);
const curve = (values: readonly number[], title = 'Viewers'): View => ({
  summary: 'Numbers',
  nodes: [
    {
      kind: 'chart',
      title,
      unit: 'viewers',
      points: values.map((value, index) => ({ at: instant(at + index * 60_000), value })),
    },
  ],
});

let rig: Rig;
afterEach(async () => {
  const { complaints } = rig.double;
  await rig.stop();
  expect(complaints).toEqual([]);
});

const start = async (changes: Changes = {}) => {
  rig = await startRig({ scopes: allScopes, ...changes });
};
const place = (channel = 'events') => ({
  tenant: rig.workspace.teamId,
  channel: rig.workspace.channelId(channel),
  direct: false,
});
const kinds = (channel = 'events') =>
  rig.workspace.messages(channel).map(({ blocks }) => blocks.map(({ type }) => type));
const uploads = () => rig.double.calls('files.completeUploadExternal').length;
const posts = () => rig.double.calls('chat.postMessage').length;

describe('a curve in Slack', () => {
  it('is a picture with its words and a table behind it', async () => {
    await start();
    await rig.slack.post(place(), curve([10, 1200, 40]));
    expect(kinds()).toEqual([['image', 'section', 'table']]);
    const [image, , table] = rig.workspace.messages('events')[0]?.blocks ?? [];
    const [file] = [...rig.workspace.state.files.values()];
    expect(image).toMatchObject({
      slack_file: { id: file?.id },
      alt_text:
        'Viewers, 2026-11-24 14:00 to 2026-11-24 14:02 UTC: lowest 10, highest 1,200 (2026-11-24 14:01), last 40 viewers',
    });
    expect(file).toMatchObject({ completed: true, name: expect.stringMatching(/^chart-[0-9a-f]{12}\.png$/) });
    expect(JSON.stringify(table)).toContain('1200');
    expect(rig.workspace.messages('events')[0]?.files).toEqual([]);
  });

  it('is drawn and uploaded once, however many messages show it', async () => {
    await start();
    const first = await rig.slack.post(place(), curve([1, 2, 3]));
    await Promise.all([
      rig.slack.post(place('open'), curve([1, 2, 3])),
      rig.slack.update(first, curve([1, 2, 3])),
      rig.slack.tell(rig.workspace.teamId, rig.workspace.user('ada').id, curve([1, 2, 3])),
    ]);
    expect([rig.drawn.length, uploads()]).toEqual([1, 1]);
    await rig.slack.update(first, curve([1, 2, 3, 4]));
    expect([rig.drawn.length, uploads()]).toEqual([2, 2]);
    expect(kinds()).toEqual([['image', 'section', 'table']]);
  });

  it('waits for Slack to be done with the new file', async () => {
    await start({ fileWork: 1200 });
    const posted = rig.slack.post(place(), curve([1, 2]));
    for (const pause of [500, 1000]) {
      await rig.double.until('a refusal', () => posts() === (pause === 500 ? 1 : 2));
      await rig.clock.waitedOn(pause);
      rig.clock.advance(pause);
    }
    await posted;
    expect(kinds()).toEqual([['image', 'section', 'table']]);
    expect(uploads()).toBe(1);
  });

  it('is a line of bars when Slack does not come to an end with the file, and is tried anew the next time', async () => {
    await start({ fileWork: 60_000 });
    const posted = rig.slack.post(place(), curve([3, 9, 6]));
    for (const [index, pause] of [500, 1000, 2000].entries()) {
      await rig.double.until('a refusal', () => posts() === index + 1);
      await rig.clock.waitedOn(pause);
      rig.clock.advance(pause);
    }
    await posted;
    expect(kinds()).toEqual([['section']]);
    expect(JSON.stringify(rig.workspace.messages('events')[0]?.blocks)).toContain('▃█▆');
    void rig.slack.post(place(), curve([3, 9, 6])).catch(() => undefined);
    await rig.double.until('another upload', () => uploads() === 2);
  });

  it('is a line of bars where the app may not upload', async () => {
    await start({ scopes: [...scopes] });
    await rig.slack.post(place(), curve([3, 9, 6]));
    await rig.slack.post(place(), curve([3, 9, 6]));
    expect(kinds()).toEqual([['section'], ['section']]);
    expect(rig.double.calls('files.getUploadURLExternal')).toHaveLength(1);
    expect(rig.logged.join('\n')).toContain('goes out in words');
  });

  it.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
    'does not wait for %s for longer than a few seconds',
    async (method) => {
      await start();
      let release = () => {};
      const until = new Promise<void>((resolve) => {
        release = resolve;
      });
      rig.double.faults.add({ method, effect: { kind: 'held', until } });
      const posted = rig.slack.post(place(), curve([3, 9, 6]));
      await rig.clock.waitedOn(4000);
      rig.clock.advance(4000);
      await posted;
      expect(kinds()).toEqual([['section']]);
      release();
      await rig.double.until('the upload', () => uploads() === 1);
      await rig.slack.post(place(), curve([3, 9, 6]));
      expect(kinds()[1]).toEqual(['image', 'section', 'table']);
    },
  );

  it('is a picture in what only one person sees, and bars where nothing but a response_url reaches them', async () => {
    await start();
    rig.script = {
      prepare: (inbound) => jobFor(inbound),
      run: async (job, platform) => platform.whisper(whomOf(job.inbound), curve([3, 9, 6])),
    };
    await rig.workspace.user('ada').runs('/webcast analytics', { in: 'events' });
    await rig.workspace.user('ada').runs('/webcast analytics', { in: 'closed' });
    const shown = (channel: string) =>
      rig.double.until(channel, () => rig.workspace.ephemerals(channel, 'ada')[0]?.blocks.map(({ type }) => type));
    expect(await shown('events')).toEqual(['image', 'section', 'table']);
    expect(await shown('closed')).toEqual(['section']);
  });

  it('leaves the one table block to a table of the message', async () => {
    await start();
    const { nodes, summary } = curve([1, 2]);
    await rig.slack.post(place(), {
      summary,
      nodes: [...nodes, { kind: 'table', columns: ['Device'], rows: [['Phone']] }, ...curve([5, 4]).nodes],
    });
    expect(kinds()).toEqual([['image', 'section', 'rich_text', 'table', 'image', 'section', 'rich_text']]);
  });

  it('says so without any picture when nothing was measured', async () => {
    await start();
    await rig.slack.post(place(), curve([]));
    expect(rig.drawn).toEqual([]);
    expect(JSON.stringify(rig.workspace.messages('events')[0]?.blocks)).toContain('Nothing was measured');
  });

  it('says hostile titles as they are, in the words as in the alternative text', async () => {
    await start();
    await rig.slack.post(place(), curve([1, 2], '<!channel> & </text>"'));
    expect(rig.workspace.messages('events')[0]?.blocks[0]?.alt_text).toContain('<!channel> & </text>"');
  });
});
