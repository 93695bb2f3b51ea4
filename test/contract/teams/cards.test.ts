import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.js';
import { say, type View } from '../../../src/core/view.js';
import { jobFor, lineOf, type Rig, startRig, whomOf } from './rig.js';

const withButtons = (...buttons: Extract<View['nodes'][number], { kind: 'buttons' }>['buttons']): View => ({
  summary: 'Town hall',
  nodes: [
    { kind: 'title', text: 'Town hall' },
    { kind: 'buttons', buttons },
  ],
});
const goLive = {
  label: 'Go live',
  line: 'golive 1_ab12cd34 --yes',
  confirm: { title: 'Go live', text: 'Show it now?', yes: 'Yes, show it', no: 'Not yet' },
} as const;

describe('cards', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(async () => {
    await rig.stop();
    expect(rig.double.complaints).toEqual([]);
  });

  /** Has the bot post a view in the channel and gives the message. */
  async function post(view: View, place = 'Webcasts') {
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) => void (await platform.post(inbound.place, view));
    await rig.alex.says('@Webcast status', { in: place });
    return rig.shown(rig.alex, place);
  }

  it('type their line when a button is pressed', async () => {
    const card = await post(withButtons({ label: 'Status', line: 'status 1_ab12cd34' }));
    rig.script.run = async ({ inbound }, platform) => platform.whisper(whomOf(inbound), say('All is well'));
    const pressed = await rig.alex.presses(card, 'Status');
    expect(lineOf(rig.inbounds.at(-1) ?? fail())).toBe('status 1_ab12cd34');
    expect(pressed?.notice).toBe('All is well');
  });

  it('ask once before they act, and leave things when told to', async () => {
    const card = await post(withButtons(goLive));
    const before = rig.inbounds.length;
    await rig.alex.presses(card, 'Go live');
    expect(rig.alex.reads(card).join(' ')).toContain('Show it now?');
    expect((await rig.alex.presses(card, 'Not yet'))?.notice).toBe('Left as it is.');
    expect(rig.inbounds).toHaveLength(before);
    await rig.alex.presses(card, 'Yes, show it');
    expect(lineOf(rig.inbounds.at(-1) ?? fail())).toBe('golive 1_ab12cd34 --yes');
  });

  it('change in place for all when the press edits them', async () => {
    const card = await post(withButtons({ label: 'End', line: 'end 1_ab12cd34' }));
    rig.script.run = async ({ inbound }, platform) => {
      const { tenant, channel } = inbound.place;
      const message = `${card.id};messageid=${card.threadRoot}`;
      await platform.update({ tenant, channel, message }, say('It has ended'));
    };
    await rig.alex.presses(card, 'End');
    expect(rig.alex.reads(card)).toContain('It has ended');
    expect(rig.megan.reads(card)).toContain('It has ended');
  });

  it('that are one person\u2019s own give their place to the answer', async () => {
    rig.script.prepare = () => ({
      kind: 'answer',
      view: {
        summary: 'Which webcast?',
        nodes: [
          { kind: 'pick', label: 'Which?', line: 'status {}', choices: [{ value: '1_ab12cd34', label: 'Town hall' }] },
        ],
      },
    });
    await rig.alex.says('@Webcast status', { in: 'Rehearsal' });
    const card = await rig.shown(rig.alex, 'Rehearsal');
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) => platform.whisper(whomOf(inbound), say('All is well'));
    rig.alex.fills(card, { 'Which?': 'Town hall' });
    await rig.alex.presses(card, 'Choose');
    expect(lineOf(rig.inbounds.at(-1) ?? fail())).toBe('status "1_ab12cd34"');
    expect(rig.alex.reads(card)).toContain('All is well');
    const [put] = rig.double.calls('put');
    expect(put?.path).toContain('isTargetedActivity=true');
    expect(put?.body).not.toHaveProperty('recipient');
  });

  it('are searched as one types', async () => {
    const card = await post({
      summary: 'Which webcast?',
      nodes: [{ kind: 'pick', label: 'Which?', line: 'status {}', choices: [] }],
    });
    rig.script.suggest = async (_place, platform, control, typed) => [
      { value: '1_ab12cd34', label: `${platform} ${control} ${typed}` },
    ];
    const found = await rig.alex.types(card, 'Which?', 'town');
    expect(found).toEqual([{ title: 'teams webcast town', value: '1_ab12cd34' }]);
    rig.script.suggest = async () => Promise.reject(new Error('away'));
    expect(await rig.alex.types(card, 'Which?', 'x')).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['altered', { line: 'end 1_ab12cd34 --yes' }],
    ['unsigned', { sig: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['raised to the person\u2019s own', { own: true }],
    ['of another version', { v: 2 }],
    ['without a line', { line: undefined, entryId: '1_abc' }],
  ])('R21 whose data is %s do nothing', async (_how, values) => {
    const card = await post(withButtons({ label: 'Status', line: 'status 1_ab12cd34' }));
    const before = rig.inbounds.length;
    const pressed = await rig.alex.presses(card, 'Status', { values });
    expect(pressed?.notice).toMatch(/too old/);
    expect(rig.inbounds).toHaveLength(before);
  });

  it('R21 made for another tenant do nothing', async () => {
    const { createSigner } = await import('../../../src/adapters/teams/sign.js');
    const line = 'status 1_ab12cd34';
    const sig = createSigner('the-app-password').sign('77777777-7777-4777-8777-777777777777', `shared line ${line}`);
    const card = await post(withButtons({ label: 'Status', line }));
    const pressed = await rig.alex.presses(card, 'Status', { values: { line, sig } });
    expect(pressed?.notice).toMatch(/too old/);
    const own = createSigner('the-app-password').sign(rig.tenant.id, `shared line ${line}`);
    expect((await rig.alex.presses(card, 'Status', { values: { line, sig: own } }))?.notice).not.toMatch(/too old/);
  });

  it('R15 submit without any text, and are read or ignored', async () => {
    const card = await post(withButtons({ label: 'Status', line: 'status 1_ab12cd34' }));
    const conversation = card.conversation.id;
    const activity = { text: undefined, value: { verb: 'submitVerb', entryId: '1_abc' } };
    expect((await rig.alex.says('@Webcast x', { in: 'Webcasts', activity })).status).toBe(200);
    expect(conversation).toBe(rig.inbounds[0]?.place.channel);
    expect(rig.inbounds).toHaveLength(1);
  });

  it('with secrets go to the personal chat only', async () => {
    rig.double.keepPrivate('stream-key-1');
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) =>
      platform.whisper(whomOf(inbound), {
        summary: 'Encoder',
        nodes: [{ kind: 'secret', label: 'Key', value: new Secret('stream-key-1') }],
      });
    await rig.alex.says('@Webcast encoder', { in: 'Webcasts' });
    const card = await rig.shown(rig.alex, 'personal');
    expect(rig.alex.reads(card)).toContain('stream-key-1');
    const hint = await rig.shown(rig.alex, 'Webcasts');
    expect(JSON.stringify(hint.activity)).not.toContain('stream-key-1');
    expect(hint.targetedFor).toBe(rig.alex.id);
  });

  it('with secrets go nowhere when there is no personal chat', async () => {
    rig.tenant.chatOf('Alex').installed = false;
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) =>
      platform.whisper(whomOf(inbound), {
        summary: 'Encoder',
        nodes: [{ kind: 'secret', label: 'Key', value: new Secret('stream-key-1') }],
      });
    await rig.alex.says('@Webcast encoder', { in: 'Webcasts' });
    const hint = await rig.shown(rig.alex, 'Webcasts');
    expect(rig.alex.reads(hint).join(' ')).toContain('personal chat');
    expect(JSON.stringify(rig.double.calls())).not.toContain('stream-key-1');
  });

  it('R22 that are only looked at can do nothing', async () => {
    const card = await post(withButtons({ label: 'Status', line: 'status 1_ab12cd34' }));
    rig.script.run = async ({ inbound }, platform) => platform.whisper(whomOf(inbound), withButtons(goLive));
    const execute = (trigger: string) => {
      const [attachment] = card.cards;
      const data = JSON.parse(/\{"v":1,"line":"status[^}]*\}/.exec(JSON.stringify(attachment))?.[0] ?? '{}');
      return rig.megan.invokes('adaptiveCard/action', {
        action: { type: 'Action.Execute', verb: 'status', data },
        trigger,
      });
    };
    const looked = await execute('automatic');
    expect(JSON.stringify(looked.json)).toContain('Town hall');
    expect(JSON.stringify(looked.json)).not.toContain('Action.');
    rig.script.prepare = (inbound) => jobFor(inbound, 'producer');
    expect((await execute('automatic')).json).toMatchObject({ statusCode: 400 });
  });

  it('R23 show what looks like marking as it was written', async () => {
    const name = 'A <at>Everyone</at> [x](javascript:alert(1)) **b** {{DATE(2026-01-01T00:00:00Z)}} _i_';
    const card = await post({
      summary: name,
      nodes: [
        { kind: 'title', text: name },
        { kind: 'facts', facts: [{ label: 'Name', value: name }] },
        { kind: 'code', code: name },
      ],
    });
    const sent = JSON.stringify(card.cards);
    expect(sent).not.toContain('<at>');
    expect(JSON.stringify(rig.alex.card(card).body)).not.toMatch(/[^\\]\]\(javascript:.*TextRun/);
    expect(sent).not.toContain('{{DATE');
    expect(rig.alex.reads(card).join(' ').replaceAll('\u2060', '')).toContain('[x](javascript:alert(1)) **b**');
  });

  it('R19 that are too large come in a short form with their buttons', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => [`${index} ${'x'.repeat(480)}`, 'y'.repeat(480)]);
    const card = await post({
      summary: 'A long report',
      nodes: [
        { kind: 'table', columns: ['a', 'b'], rows },
        { kind: 'buttons', buttons: [{ label: 'Status', line: 'status' }] },
      ],
    });
    expect(rig.alex.reads(card).join(' ')).toContain('too large for Teams');
    expect(rig.alex.buttons(card)).toEqual(['Status']);
  });

  it('pressed by guests and strangers change nothing', async () => {
    rig.script.prepare = (inbound) => jobFor(inbound, 'producer');
    rig.script.run = async ({ inbound }, platform) => void (await platform.post(inbound.place, say('Ran')));
    await rig.adele.says('@Webcast golive', { in: 'Webcasts' });
    await rig.shown(rig.megan, 'Webcasts');
    expect(rig.jobs[0]?.inbound.person).toMatchObject({ id: rig.adele.aadObjectId, guest: true });
    await rig.alex.says('@Webcast golive', { in: 'Webcasts' });
    await rig.shown(rig.megan, 'Webcasts', 2);
    expect(rig.jobs[1]?.inbound.person.guest).toBeUndefined();
    const from = { id: '29:1synthetic-anonymous', name: 'Somebody' };
    await rig.megan.says('@Webcast golive', { in: 'Webcasts', activity: { from } });
    await rig.shown(rig.megan, 'Webcasts', 3);
    expect(rig.jobs[2]?.inbound.person.guest).toBe(true);
  });
});

function fail(): never {
  throw new Error('nothing was said');
}
