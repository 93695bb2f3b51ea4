import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { View } from '../../../src/core/view.js';
import { say } from '../../../src/core/view.js';
import { jobFor, type Rig, startRig, whomOf } from './rig.js';

const card: View = {
  summary: 'Town hall is planned',
  nodes: [
    { kind: 'title', text: 'Town hall' },
    {
      kind: 'buttons',
      buttons: [
        {
          label: 'Go live',
          line: 'golive 1_abcdefgh --yes',
          style: 'primary',
          confirm: { title: 'Go live?', text: 'Viewers will see it.', yes: 'Go live', no: 'Not yet' },
        },
        { label: 'Status', line: 'status 1_abcdefgh' },
        { label: 'Watch', url: 'https://example.com/watch' },
      ],
    },
    { kind: 'pick', label: 'Which one?', line: 'embed {} --player=7', choices: [{ value: '1_first', label: 'First' }] },
  ],
};

describe('a message with buttons', () => {
  let rig: Rig;
  const ada = () => rig.workspace.user('ada');
  const place = () => ({ tenant: rig.workspace.teamId, channel: rig.workspace.channelId('events'), direct: false });

  async function postCard() {
    await rig.slack.post(place(), card);
    const message = rig.workspace.messages('events').at(-1);
    if (!message) throw new Error('the card is not there');
    return message;
  }

  beforeAll(async () => {
    rig = await startRig();
  });

  afterAll(async () => rig.stop());

  beforeEach(() => {
    rig.inbounds.length = 0;
    rig.jobs.length = 0;
    rig.clock.advance(10_000);
    rig.script = { prepare: jobFor };
  });

  afterEach(() => {
    expect(rig.double.complaints).toEqual([]);
  });

  it("types a button's line for the person, in the channel where it stands", async () => {
    await ada().clicks(await postCard(), 'Status');
    expect(rig.inbounds[0]).toMatchObject({
      place: place(),
      person: { id: ada().id },
      said: { kind: 'line', line: 'status 1_abcdefgh' },
    });
    expect(rig.inbounds[0]?.wayBack).toMatch(/^http/);
    expect(rig.jobs).toHaveLength(1);
  });

  it("asks in Slack's own dialog first, and does nothing when the person declines", async () => {
    const message = await postCard();
    await ada().clicks(message, 'Go live', { confirm: false });
    expect(rig.inbounds).toHaveLength(0);
    expect(rig.double.dialogs.at(-1)).toMatchObject({ title: 'Go live?', confirm: 'Go live', deny: 'Not yet' });
    await ada().clicks(message, 'Go live');
    expect(rig.inbounds[0]?.said).toEqual({ kind: 'line', line: 'golive 1_abcdefgh --yes' });
  });

  it('acknowledges a link button and does nothing else', async () => {
    const delivery = await ada().clicks(await postCard(), 'Watch');
    expect(delivery?.failure).toBeUndefined();
    expect(rig.inbounds).toHaveLength(0);
  });

  it('completes the line of a pick by what was chosen, from the list or by searching', async () => {
    const places: unknown[] = [];
    rig.script.suggest = async (where, _platform, control) => {
      places.push([where, control]);
      return [{ value: '1_other', label: 'Other' }];
    };
    const message = await postCard();
    await ada().chooses(message, 'wc:choose:2', 'First');
    await ada().types(message, 'wc:search:2', '');
    await ada().chooses(message, 'wc:search:2', 'Other');
    expect(rig.inbounds.map((inbound) => inbound.said)).toEqual([
      { kind: 'line', line: 'embed 1_first --player=7' },
      { kind: 'line', line: 'embed 1_other --player=7' },
    ]);
    expect(places).toEqual([[place(), 'webcast']]);
  });

  it('whispers an answer that is known at once, and leaves the message as it is', async () => {
    rig.script.prepare = () => ({ kind: 'answer', view: say('That is over.') });
    const message = await postCard();
    await ada().clicks(message, 'Status');
    const seen = await rig.double.until('the answer', () => rig.workspace.ephemerals('events', 'ada').at(-1));
    expect(seen.text).toBe('That is over.');
    expect(message.edited).toBe(false);
  });

  it('tells in words when the product fails on a press', async () => {
    rig.script.prepare = () => {
      throw new Error('boom');
    };
    await ada().clicks(await postCard(), 'Status');
    const seen = await rig.double.until('the words', () =>
      rig.workspace.ephemerals('events', 'ada').find((message) => message.text.includes('on our side')),
    );
    expect(seen.text).toMatch(/reference: \S+/);
  });

  it('answers a press that no version of this app knows', async () => {
    const message = await postCard();
    const [block] = message.blocks.filter((one) => one.type === 'actions');
    if (!block) throw new Error('the card has no buttons');
    block.elements = [
      { type: 'button', action_id: 'old_button', text: { type: 'plain_text', text: 'Old' }, value: 'x' },
    ];
    const delivery = await ada().clicks(message, 'Old');
    expect(delivery?.failure).toBeUndefined();
    await rig.double.until('the words', () =>
      rig.workspace.ephemerals('events', 'ada').find((one) => one.text.includes('knows nothing of that')),
    );
  });

  it('posts, edits and remembers where it stands', async () => {
    const ref = await rig.slack.post(place(), card);
    await rig.slack.update(ref, say('Town hall is live'));
    const message = rig.workspace.messages('events').find((one) => one.ts === ref.message);
    expect(message).toMatchObject({ text: 'Town hall is live', edited: true });
    expect(ref).toMatchObject({ tenant: rig.workspace.teamId, channel: place().channel });
  });

  it('shows a press on an ephemeral message the same way', async () => {
    await ada().runs('/webcast status', { in: 'closed' });
    const [asked] = rig.inbounds;
    if (!asked) throw new Error('nothing arrived');
    await rig.slack.whisper(whomOf(asked), card);
    const whispered = rig.workspace.ephemerals('closed', 'ada').at(-1);
    if (!whispered) throw new Error('nothing was whispered');
    await ada().clicks(whispered, 'Status');
    expect(rig.inbounds.at(-1)?.place).toEqual(asked.place);
  });
});
