import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readGrant } from '../../../src/core/policy.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

describe('encoder', () => {
  it('shows every address to one person as a secret, and never in words', async () => {
    const id = await rig.plan();
    const shown = await rig.say(`encoder ${id}`);
    expect(shown.map(({ how }) => how)).toEqual(['whisper']);
    const secrets = shown.flatMap(({ view }) => view.nodes).flatMap((node) => (node.kind === 'secret' ? [node] : []));
    expect(secrets.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Main, RTMPS', 'Main, RTMP', 'Main, SRT', 'Backup, RTMPS']),
    );
    expect(secrets[0]?.value.reveal()).toMatch(/^rtmps:\/\/.*t=[0-9a-f]{8}/);
    expect(JSON.stringify(shown)).not.toMatch(/rtmps?:\/\//);
    expect(await rig.roundTrips(() => rig.say(`encoder ${id}`))).toHaveLength(1);
  });

  it('is for producers', async () => {
    const strict = await openRig({ producers: [readGrant('boss@example.com')].filter((one) => one !== undefined) });
    try {
      expect(await strict.read('encoder')).toContain('You may not use encoder.\nThese can: boss@example.com.');
    } finally {
      await strict.stop();
    }
  });

  const secretsOf = async (line: string) =>
    (await rig.say(line))
      .flatMap(({ view }) => view.nodes)
      .flatMap((node) => (node.kind === 'secret' ? [[node.label, node.value.reveal()] as const] : []));

  it('has lines to paste for OBS, and for ffmpeg on both paths', async () => {
    const secrets = new Map(await secretsOf(`encoder ${await rig.plan()}`));
    const server = secrets.get('Main, RTMPS') ?? 'none';
    expect(secrets.get('OBS: Settings, Stream, Custom')).toBe(`Server: ${server}\nStream key: 1`);
    expect(secrets.get('ffmpeg, main')).toMatch(/^ffmpeg -re -i input\.mp4 .* -g 60 /);
    expect(secrets.get('ffmpeg, main')?.endsWith(` -f flv '${server}/1'`)).toBe(true);
    expect(secrets.get('ffmpeg, backup')).toContain(secrets.get('Backup, RTMPS') ?? 'none');
  });

  it('is written into the audit with the webcast whose addresses were handed out', async () => {
    const id = await rig.plan();
    await rig.say('encoder', { person: { id: 'U7', zone: undefined } });
    expect(rig.acts.at(-1)).toMatchObject({ command: 'encoder', person: 'U7', webcast: id, outcome: 'done' });
  });

  it.each(['encoder renew', 'encoder --renew', 'encoder renew "Q3 Town Hall"'])(
    'asks before it changes the password, and says what that breaks: %s',
    async (line) => {
      const id = await rig.plan();
      const before = await secretsOf(`encoder ${id}`);
      const words = await rig.read(line);
      expect(words).toContain('Change the stream password of Q3 Town Hall?');
      expect(words).toContain('Every address that was handed out stops working');
      expect(words).toContain(`[Change it] encoder ${id} --renew --yes`);
      expect(await secretsOf(`encoder ${id}`)).toEqual(before);
    },
  );

  it('changes the password and shows the new addresses, in one more round trip', async () => {
    const id = await rig.plan();
    const before = new Map(await secretsOf(`encoder ${id}`));
    const trips = await rig.roundTrips(async () => {
      const after = new Map(await secretsOf(`encoder ${id} --renew --yes`));
      expect([...after.keys()]).toEqual([...before.keys()]);
      expect(after.get('Main, RTMPS')).not.toBe(before.get('Main, RTMPS'));
    });
    expect(trips).toEqual([['livestream.list'], ['livestream.regeneratestreamtoken']]);
  });

  it('says that an encoder which sends now will not come back by itself', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    expect(await rig.read(`encoder renew ${id}`)).toContain('An encoder is sending now.');
  });
});
