import { describe, expect, it } from '@jest/globals';
import { transform } from '@swc/core';
import fc from 'fast-check';
import { entryIdSchema } from '../../../src/core/webcast.js';
import { addressOf, iframeOf, oembedOf, reactOf, scriptOf } from '../../../src/show/embed/forms.js';
import { type Embedding, readSize, scriptValue } from '../../../src/show/embed/look.js';
import { protectedPageOf } from '../../../src/show/embed/session.js';

const plain: Embedding = {
  at: { service: 'https://www.kaltura.com', content: 'https://cdnapisec.kaltura.com', partnerId: 101 },
  player: 23448127,
  entry: entryIdSchema.parse('1_ab12cd34'),
  title: 'Q3 Town Hall',
  muted: false,
  plugins: [],
  size: undefined,
};
const hostile = `"><script>alert('1')</script>{evil}\u2028<!-- */ \${x} \`&amp;`;

/** Runs the last inline script of a page with a stand-in for the player, and gives what it was told. */
function run(page: string): unknown[] {
  const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)];
  const told: unknown[] = [];
  const KalturaPlayer = {
    setup(config: unknown) {
      told.push(config);
      return { loadMedia: (media: unknown) => told.push(media) };
    },
  };
  new Function('KalturaPlayer', scripts.at(-1)?.[1] ?? '')(KalturaPlayer);
  return told;
}

describe('the size of a player', () => {
  it.each([
    ['1280x720', { kind: 'pixels', width: 1280, height: 720 }],
    ['1280×720', { kind: 'pixels', width: 1280, height: 720 }],
    ['16:9', { kind: 'ratio', width: 16, height: 9 }],
    ['4:3 responsive', { kind: 'ratio', width: 4, height: 3 }],
    ['responsive', { kind: 'ratio', width: 16, height: 9 }],
  ])('is read from %s', (words, size) => expect(readSize(words)).toEqual(size));

  it.each(['', 'x', '0:9', '16:0', '1x1', '99999x2', '640', '640x360; background:url(x)', '-1x5'])(
    'is none in %j',
    (words) => expect(readSize(words)).toBeUndefined(),
  );
});

describe('the script embed', () => {
  it('sets the player up and loads the entry', () => {
    expect(run(scriptOf(plain))).toEqual([
      { targetId: 'kaltura_player_1_ab12cd34', provider: { partnerId: 101, uiConfId: 23448127 } },
      { entryId: '1_ab12cd34' },
    ]);
  });

  it('starts muted, and sets up the plugins with what Q&A stands on', () => {
    const [setup] = run(scriptOf({ ...plain, muted: true, plugins: ['live', 'qna'] }));
    expect(setup).toMatchObject({
      playback: { muted: true },
      plugins: {
        'kaltura-live': { checkLiveWithKs: false, isLiveInterval: 10 },
        uiManagers: {},
        kalturaCuepoints: {},
        qna: { expandMode: 'alongside', expandOnFirstPlay: true, userRole: 'anonymousRole' },
      },
    });
  });

  it('is as large as was said', () => {
    expect(scriptOf({ ...plain, size: { kind: 'pixels', width: 1280, height: 720 } })).toContain(
      'style="width: 1280px; height: 720px"',
    );
    expect(scriptOf(plain)).toContain('style="width: 100%; aspect-ratio: 16 / 9"');
  });
});

describe('the iframe', () => {
  it('tells the player by its address what it is told by a script', () => {
    const url = new URL(addressOf({ ...plain, muted: true, plugins: ['live'] }));
    expect(url.searchParams.get('entry_id')).toBe('1_ab12cd34');
    expect(JSON.parse(url.searchParams.get('config[playback]') ?? '')).toEqual({ muted: true });
    expect(JSON.parse(url.searchParams.get('config[plugins]') ?? '')).toHaveProperty(['kaltura-live']);
  });

  it('is named after the webcast, whatever that is called', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant(hostile)), (title) => {
        const code = iframeOf({ ...plain, title });
        expect(code.match(/[<>]/g)).toEqual(['<', '>', '<', '>']);
        expect(code.match(/"/g)).toHaveLength(8);
      }),
    );
  });
});

describe('the React component', () => {
  const compile = (code: string) =>
    transform(code, {
      jsc: {
        parser: { syntax: 'ecmascript', jsx: true },
        transform: { react: { runtime: 'classic', pragma: 'draw' } },
        target: 'es2022',
      },
      module: { type: 'commonjs' },
    });

  async function mount(embedding: Embedding) {
    const { code } = await compile(reactOf(embedding));
    const effects: (() => () => void)[] = [];
    const trace: string[] = [];
    const script = { src: '', onload: () => {}, remove: () => trace.push('script removed') };
    const document = { createElement: () => script, head: { append: () => trace.push('script added') } };
    const KalturaPlayer = {
      setup: () => ({ loadMedia: () => trace.push('loaded'), destroy: () => trace.push('destroyed') }),
    };
    const module = { exports: {} as { Webcast?: () => unknown } };
    const draw = (_name: string, properties: Record<string, unknown>) => properties;
    const require = () => ({ useEffect: (effect: () => () => void) => effects.push(effect) });
    new Function('module', 'exports', 'require', 'draw', 'document', 'window', code)(
      module,
      module.exports,
      require,
      draw,
      document,
      { KalturaPlayer },
    );
    const drawn = module.exports.Webcast?.();
    const leave = effects[0]?.();
    if (!leave) throw new Error('It has no effect.');
    return { drawn, trace, script, leave };
  }

  it('loads the player when it is shown, and destroys it when it is gone', async () => {
    const { trace, script, leave } = await mount(plain);
    expect(script.src).toBe('https://cdnapisec.kaltura.com/p/101/embedPlaykitJs/uiconf_id/23448127');
    script.onload();
    leave();
    expect(trace).toEqual(['script added', 'loaded', 'destroyed', 'script removed']);
  });

  it('makes no player when it is gone before the script has come', async () => {
    const { trace, script, leave } = await mount(plain);
    leave();
    script.onload();
    expect(trace).toEqual(['script added', 'script removed']);
  });

  it('is called what the webcast is called', async () => {
    expect((await mount({ ...plain, title: hostile })).drawn).toMatchObject({ 'aria-label': hostile });
  });
});

describe('the oEmbed answer', () => {
  it('is a video of oEmbed 1.0 whose html is the iframe', () => {
    const answer = JSON.parse(oembedOf({ ...plain, title: hostile, size: { kind: 'ratio', width: 4, height: 3 } }));
    expect(answer).toMatchObject({ version: '1.0', type: 'video', title: hostile, width: 640, height: 480 });
    expect(answer.html).toContain('width: 640px; height: 480px');
  });
});

describe('a value in a script', () => {
  it('is the same value, and can end neither the script nor a string', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant(hostile)), (value) => {
        const written = scriptValue(value);
        expect(written).not.toMatch(/[<>\u2028\u2029]/);
        expect(new Function(`return ${written}`)()).toBe(value);
      }),
    );
  });
});

it('no form holds a session or a secret', () => {
  for (const form of [scriptOf, iframeOf, reactOf, oembedOf, protectedPageOf]) {
    expect(form(plain)).not.toMatch(/djJ8|[?&]ks=|secret/i);
  }
});
