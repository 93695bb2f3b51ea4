import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { judgeStream } from '../../../src/commands/create/stream.js';
import { openRig, type Rig } from '../../rig/index.js';

const address = 'https://live.example.com/event/master.m3u8';

describe("the address of a stream of one's own", () => {
  it.each([
    address,
    'https://203.0.114.7/a.mpd?x=1',
    'https://[2606:4700::1111]/live.m3u8',
    'https://live.example.com:8443/a',
  ])('may be public: %s', (url) => expect(judgeStream(url)).toBeUndefined());

  it.each([
    ['http://live.example.com/a.m3u8', 'must begin with https'],
    ['ftp://live.example.com/a.m3u8', 'must begin with https'],
    ['javascript:alert(1)', 'must begin with https'],
    ['live.example.com/a.m3u8', 'This is no address'],
    ['https://user:pass@live.example.com/a.m3u8', 'user name or password'],
    ['https://localhost/a.m3u8', 'private network'],
    ['https://streams.corp/a.m3u8', 'private network'],
    ['https://encoder/a.m3u8', 'private network'],
    ['https://encoder.local./a.m3u8', 'private network'],
    ['https://127.0.0.1/a.m3u8', 'private network'],
    ['https://2130706433/a.m3u8', 'private network'],
    ['https://0x7f.1/a.m3u8', 'private network'],
    ['https://10.1.2.3/a.m3u8', 'private network'],
    ['https://172.31.0.1/a.m3u8', 'private network'],
    ['https://192.168.0.1/a.m3u8', 'private network'],
    ['https://169.254.169.254/latest', 'private network'],
    ['https://100.64.0.1/a.m3u8', 'private network'],
    ['https://[::1]/a.m3u8', 'private network'],
    ['https://[fd00::1]/a.m3u8', 'private network'],
    ['https://[fe80::1]/a.m3u8', 'private network'],
    ['https://[::ffff:10.0.0.1]/a.m3u8', 'private network'],
    ['https://[2002:0a00:0001::]/a.m3u8', 'private network'],
  ])('is refused: %s', (url, why) => expect(judgeStream(url)).toContain(why));
});

describe("a webcast that plays a stream of one's own", () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.stop());

  const create = (options: string) => rig.read(`create "Town Hall" --start "in 10 minutes" ${options}`);

  it('is planned with its address, and its differences are said', async () => {
    const words = await create(`--source own --stream ${address}`);
    expect(words).toContain(`It plays ${address}`);
    expect(words).toContain('Kaltura makes no recording of it');
    expect(words).toContain('nobody can tell from here');
    expect(words).not.toContain('Kaltura made some of it differently');
    const { objects } = await rig.raw('liveStream', 'list', {});
    expect(objects).toMatchObject([{ sourceType: '30', hlsStreamUrl: address, recordStatus: 0 }]);
  });

  it('takes a DASH playlist', async () => {
    await create('--source own --stream https://live.example.com/a.mpd');
    const { objects } = await rig.raw('liveStream', 'list', {});
    expect(objects).toMatchObject([
      { liveStreamConfigurations: [{ protocol: 'mpegdash', url: 'https://live.example.com/a.mpd' }] },
    ]);
  });

  it('needs its address, and no other webcast takes one', async () => {
    const issuesOf = (options: string) =>
      rig.prepare({ kind: 'line', line: `create "Town Hall" --start "in 10 minutes" ${options}` });
    expect(JSON.stringify(issuesOf('--source own'))).toContain('Give the https address of your stream');
    expect(JSON.stringify(issuesOf(`--stream ${address}`))).toContain('only for a stream of your own');
  });

  it('has no password to renew and nobody goes live with it', async () => {
    await create(`--source own --stream ${address}`);
    expect(await rig.read('encoder renew')).toContain('Kaltura has no password for it');
    expect(await rig.read('golive --yes')).toContain('plays an address of your own');
  });
});

describe("the card of a stream of one's own", () => {
  let rig: Rig;
  let stream: Server;
  let on = false;
  beforeEach(async () => {
    rig = await openRig();
    on = false;
    stream = createServer((_request, response) => {
      response.statusCode = on ? 200 : 404;
      response.end(on ? '#EXTM3U\n#EXTINF:6,\nseg1.ts\n' : '');
    });
    await new Promise<void>((resolve) => stream.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await rig.stop();
    await new Promise((resolve) => stream.close(resolve));
  });

  it('turns live when something is there, and interrupted when it is gone', async () => {
    await rig.say(`create "Town Hall" --start "in 10 minutes" --source own --stream ${address}`);
    const { objects } = await rig.raw('liveStream', 'list', {});
    const { id } = objects[0] as { id: string };
    const bound = stream.address();
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
    const hlsStreamUrl = `http://127.0.0.1:${port}/a.m3u8`;
    await rig.ask('liveStream', 'update', { entryId: id, liveStreamEntry: { hlsStreamUrl } });
    const see = async (milliseconds: number) => {
      const from = rig.platform.shown.length;
      rig.clock.advance(milliseconds);
      await rig.live.settle();
      return rig.platform.shown.slice(from).map(({ view }) => view.summary);
    };
    await see(1000);
    on = true;
    expect(await see(20_000)).toContain('Town Hall: Live');
    on = false;
    await see(6000);
    expect(await see(6000)).toContain('Town Hall: Interrupted: no picture arrives');
  });
});
