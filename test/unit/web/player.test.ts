import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.js';
import { entryIdSchema } from '../../../src/core/webcast.js';
import { type PlayerPage, showPlayer } from '../../../src/web/player.js';

const page: PlayerPage = {
  name: '</script><script>alert(1)</script>"\'&',
  webcast: entryIdSchema.parse('1_ab12cd34'),
  player: 23448127,
  live: true,
  ks: new Secret('djJ8session</script><!--'),
  at: { service: 'https://www.kaltura.com', content: 'https://cdnapisec.kaltura.com', partnerId: 101 },
};

describe('the page of a preview', () => {
  let server: Server;
  let answer: Response;
  let html: string;

  beforeAll(async () => {
    server = createServer((_request, response) => showPlayer(response, page));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    answer = await fetch(`http://127.0.0.1:${address.port}`);
    html = await answer.text();
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it("lets Kaltura's own script and its own few lines run, and nothing else", () => {
    const policy = answer.headers.get('content-security-policy') ?? '';
    const sources = /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ');
    expect(sources).toEqual(['https://cdnapisec.kaltura.com', expect.stringMatching(/^'sha256-.{44}'$/)]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses).toEqual(['https://cdnapisec.kaltura.com/p/101/embedPlaykitJs/uiconf_id/23448127']);
  });

  it('holds the session once, in its body and in no address or header', () => {
    expect(html.split('djJ8session')).toHaveLength(2);
    expect(html).not.toMatch(/(?:src|href)="[^"]*djJ8/);
    expect(JSON.stringify([...answer.headers])).not.toContain('djJ8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('tells the player what to play, with the plugin that asks by the session whether there is a picture', () => {
    const what = /id="what">(.*)<\/script>/.exec(html)?.[1] ?? '';
    expect(JSON.parse(what)).toEqual({
      entry: '1_ab12cd34',
      setup: {
        targetId: 'player',
        provider: { partnerId: 101, uiConfId: 23448127, ks: 'djJ8session</script><!--' },
        playback: { autoplay: true, muted: true },
        plugins: { 'kaltura-live': { checkLiveWithKs: true } },
      },
    });
  });

  it('takes names as text', () => {
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html).toContain('<h1>Preview of &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;</h1>');
  });
});
