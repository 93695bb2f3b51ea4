import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commands } from '../../../src/commands/index.js';
import { flagOf } from '../../../src/core/params.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

async function showAndEnd(id: string, minutes = 30): Promise<void> {
  await rig.encoder.start(id);
  await rig.say(`golive ${id} --yes`);
  rig.clock.advance(minutes * 60_000);
  await rig.say(`end ${id} --yes`);
  await rig.encoder.stop(id);
}

describe('embed', () => {
  it('gives the v7 script, the iframe and the legacy player, none with a session', async () => {
    const id = await rig.plan();
    const words = await rig.read(`embed ${id}`);
    expect(words).toContain(`player.loadMedia({ entryId: '${id}' })`);
    expect(words).toContain(`?iframeembed=true&amp;entry_id=${id}`);
    expect(words).toContain(`kWidget.embed({`);
    expect(words).toContain("wid: '_101'");
    expect(words).not.toMatch(/[?&]ks=|ks:|djJ8/);
    expect(words).toContain('A protected webcast');
  });

  it("takes a player of the account's list by id or by words of its name, and says which there are", async () => {
    const id = await rig.plan();
    const { players } = await rig.gateway.withPlayers({ by: 'id', id });
    const legacy = players.find((one) => one.generation === 'v2');
    expect(await rig.read(`embed ${id} --player ${legacy?.id}`)).not.toContain('KalturaPlayer.setup');
    expect(await rig.read(`embed ${id} --player webcast`)).toContain('KalturaPlayer.setup');
    expect(await rig.read(`embed ${id} --player golden`)).toContain(
      'The account has no player "golden".\nIt has: Webcast player (',
    );
  });

  it('embeds the recording after the show', async () => {
    const id = await rig.plan();
    await showAndEnd(id);
    const [webcast] = await rig.gateway.find({ by: 'id', id });
    expect(await rig.read(`embed ${id}`)).toContain(`player.loadMedia({ entryId: '${webcast?.redirectEntryId}' })`);
  });

  it('needs one round trip', async () => {
    const id = await rig.plan();
    expect(await rig.roundTrips(() => rig.say(`embed ${id}`))).toHaveLength(1);
  });
});

describe('recording', () => {
  it('says that there is none yet before the show, and none at all when it is switched off', async () => {
    expect(await rig.read(`recording ${await rig.plan()}`)).toContain('There is none yet: it has not been on air.');
    const off = await rig.plan('--recording off');
    expect(await rig.read(`recording ${off}`)).toContain('recording is switched off for this webcast');
  });

  it('says that nothing was recorded when nobody took it live', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    expect(await rig.read(`recording ${id}`)).toContain('Recording of Q3 Town Hall: none');
    await rig.encoder.stop(id);
    rig.clock.advance(3_600_000);
    expect(await rig.read(`recording ${id}`)).toContain('There is none.');
  });

  it('says that it records while it is on air', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    expect(await rig.read(`recording ${id}`)).toContain('Recording of Q3 Town Hall: recording now');
  });

  it('says since when it is processed, and then gives length, size, watch link and download', async () => {
    const id = await rig.plan();
    await showAndEnd(id);
    rig.clock.advance(2000);
    expect(await rig.read(`recording ${id}`)).toContain('processing since 2 s');
    rig.clock.advance(60_000);
    const words = await rig.read(`recording ${id}`);
    expect(words).toMatch(/ready, 30 min.*, \d+(\.\d+)? [MG]B/);
    expect(words).toMatch(/Watch .*: http.*iframeembed=true/);
    expect(words).toContain(`[Download] recording ${id} --download=`);
  });

  it('gives the download address to one person, as a secret', async () => {
    const id = await rig.plan();
    await showAndEnd(id);
    rig.clock.advance(60_000);
    const [part] = await rig.gateway.recordings(id);
    const shown = await rig.say(`recording ${id} --download=${part?.id}`);
    expect(shown.map(({ how }) => how)).toEqual(['whisper']);
    expect(shown[0]?.view.nodes.map((node) => node.kind)).toContain('secret');
  });

  it('refuses to download what is no recording of it', async () => {
    const id = await rig.plan();
    expect(await rig.read(`recording ${id} --download=0_foreign1`)).toContain(
      '0_foreign1 is no recording of "Q3 Town Hall".',
    );
  });

  it('names the parts of several sessions', async () => {
    const id = await rig.plan();
    await showAndEnd(id);
    rig.clock.advance(3_600_000);
    await showAndEnd(id);
    rig.clock.advance(60_000);
    const words = await rig.read(`recording ${id}`);
    expect(words).toContain('ready in 2 parts');
    expect(words).toMatch(/Part 1 of 2: .*\n.*Part 2 of 2: /);
  });

  it('needs two round trips', async () => {
    const id = await rig.plan();
    await showAndEnd(id);
    expect(await rig.roundTrips(() => rig.say(`recording ${id}`))).toHaveLength(2);
  });
});

describe('status', () => {
  it('tells main and backup apart', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id, { backup: true });
    const words = await rig.read(`status ${id}`);
    expect(words).toContain('Encoder, main: nothing arrives');
    expect(words).toContain('Encoder, backup: picture arrives');
  });

  it('is private unless it is shared', async () => {
    const id = await rig.plan();
    expect((await rig.say(`status ${id}`)).map(({ how }) => how)).toEqual(['whisper']);
    expect((await rig.say(`status ${id} --share`)).map(({ how }) => how)).toEqual(['post']);
  });

  it('needs one round trip, by id and by name', async () => {
    const id = await rig.plan();
    expect(await rig.roundTrips(() => rig.say(`status ${id}`))).toHaveLength(1);
    expect(await rig.roundTrips(() => rig.say('status "Town Hall"'))).toHaveLength(1);
  });

  it("needs one round trip for the one on air among a channel's several", async () => {
    const first = await rig.plan();
    await rig.plan();
    await rig.encoder.start(first);
    const trips = await rig.roundTrips(async () => expect(await rig.read('status')).toContain(first));
    expect(trips).toHaveLength(1);
  });
});

describe('list', () => {
  it('tells on air, upcoming and ended apart', async () => {
    const ended = await rig.plan();
    await showAndEnd(ended);
    const live = await rig.plan();
    await rig.encoder.start(live);
    const upcoming = await rig.plan();
    const words = await rig.read('list');
    expect(words).toMatch(
      new RegExp(`On air\\n- .*${live}[\\s\\S]*Upcoming\\n- .*${upcoming}[\\s\\S]*Ended\\n- .*${ended}`),
    );
  });

  it('filters by words and turns pages', async () => {
    for (let count = 0; count < 11; count += 1) await rig.say(`create "Show ${count}" --start "in 10 minutes"`);
    await rig.say('create "All Hands" --start "in 10 minutes"');
    expect(await rig.read('list hands')).toContain('1 webcast with "hands"');
    expect(await rig.read('list')).toContain('[Next] list --page=2');
    expect(await rig.read('list --page 2')).toContain('[Previous] list --page=1');
    expect(await rig.read('list --page 9')).toContain('There is no page 9.');
    expect(await rig.read('list volcano')).toContain('No webcast has "volcano" in its name.');
  });

  it('says what to do when there is nothing', async () => {
    expect(await rig.read('list')).toContain('There is no webcast yet.\nType /webcast create to plan one.');
  });
});

describe('help', () => {
  it('names every command, before anything slow could happen', () => {
    const prepared = rig.prepare({ kind: 'line', line: '' });
    if (prepared.kind !== 'answer') throw new Error(prepared.kind);
    const text = JSON.stringify(prepared.view);
    for (const { name } of commands.filter((one) => one.name !== 'help')) expect(text).toContain(`/webcast ${name}`);
  });

  it.each(commands.filter((one) => one.name !== 'help').map((one) => [one.name, one] as const))(
    'explains every option of %s',
    async (name, command) => {
      const words = await rig.read(`help ${name}`);
      const [, ...shown] = Object.entries(command.params).filter(([, param]) => !param.hidden);
      for (const [option] of shown) expect(words).toContain(`--${flagOf(option)}`);
      for (const example of command.examples) expect(words).toContain(`/webcast ${example}`);
    },
  );

  it('asks what was meant', async () => {
    expect(await rig.read('help golvie')).toContain('Did you mean golive?');
    expect(await rig.read('golvie')).toContain('Did you mean golive?');
  });
});

describe('trouble', () => {
  it.each([
    ['http', 'liveStream.list'],
    ['html', 'liveStream.list'],
    ['truncated', 'liveStream.list'],
    ['blocked', 'liveStream.list'],
    ['rate-limited', 'liveStream.list'],
  ])('answers a Kaltura that is %s with a sentence and what to do', async (kind, on) => {
    const id = await rig.plan();
    await rig.control('faults', { kind, on, times: 20 });
    const words = await rig.read(`status ${id}`);
    expect(words).toMatch(/Kaltura/);
    expect(words).not.toMatch(/reference|undefined|at \w+ \(/);
    expect(words.split('\n').length).toBeGreaterThanOrEqual(3);
  });

  it('renews a session that ended in the middle, without a word', async () => {
    const id = await rig.plan();
    await rig.control('faults', { kind: 'expired-session', on: 'liveStream.list', times: 1 });
    expect(await rig.read(`status ${id}`)).toContain('Phase: Scheduled');
  });

  it('writes down who did what, and how it ended', async () => {
    const id = await rig.plan();
    await rig.say(`golive ${id} --yes`);
    expect(rig.acts.map(({ command, person, outcome }) => `${person} ${command} ${outcome}`)).toEqual([
      'U1 create done',
      'U1 golive refused',
    ]);
  });
});
