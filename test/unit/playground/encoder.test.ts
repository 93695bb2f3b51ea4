import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import { createEncoder } from '../../../src/playground/encoder.js';

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly explicitLive: boolean;
  readonly viewMode: number;
}

const hall: Entry = { id: '0_hallhall', name: 'Q3 Town Hall', explicitLive: true, viewMode: 0 };
const news: Entry = { id: '0_newsnews', name: 'Morning news', explicitLive: false, viewMode: 1 };

const refusal = (code: string) => ({ objectType: 'KalturaAPIException', code, message: code, args: [] });

/** A Kaltura that holds these entries, newest first, and notes what it is asked. */
function startKaltura(entries: Entry[]) {
  const asked: { action: string; body: Record<string, unknown> }[] = [];
  const state = { now: 0, sessions: 0, forgetful: false, mediaSecret: 'media' };
  const answer = (action: string, body: Record<string, unknown>): unknown => {
    if (action === 'session.start') {
      if (body.secret !== state.mediaSecret) return refusal('START_SESSION_ERROR');
      state.sessions += 1;
      return `ks-${state.sessions}`;
    }
    if (state.forgetful && body.ks === 'ks-1') return refusal('INVALID_KS');
    if (action === 'liveStream.list') {
      return { objects: entries.map((entry) => ({ ...entry, sourceType: '32' })), totalCount: entries.length };
    }
    const entry = entries.find((one) => one.id === body.entryId);
    return entry ? { ...entry, sourceType: '32' } : refusal('ENTRY_ID_NOT_FOUND');
  };
  const fetch = async (address: string | URL | Request, init?: RequestInit) => {
    const [, service, name] = /\/api_v3\/service\/(\w+)\/action\/(\w+)$/.exec(String(address)) ?? [];
    const action = `${service}.${name}`;
    const body: Record<string, unknown> = JSON.parse(String(init?.body));
    asked.push({ action, body });
    return Response.json(answer(action, body));
  };
  const clock = { now: () => instant(state.now), wait: async () => {} };
  const encoder = createEncoder({
    serviceUrl: 'http://kaltura.test/',
    partnerId: 101,
    mediaSecret: 'media',
    clock,
    fetch,
  });
  /** The broadcast calls so far: entry, path, and status where one is given. */
  const calls = () =>
    asked
      .filter(({ action }) => /registerMediaServer/i.test(action))
      .map(({ action, body }) => [
        action === 'liveStream.registerMediaServer' ? `up ${body.liveEntryStatus}` : 'down',
        body.entryId,
        body.mediaServerIndex,
      ]);
  return { encoder, asked, calls, state, entries };
}

describe('the encoder', () => {
  it('brings a picture by the three steps of a media server, with a session of partner -5', async () => {
    const { encoder, calls, asked } = startKaltura([hall]);
    await encoder.start(hall.id);
    expect(calls()).toEqual([
      ['up 3', hall.id, '0'],
      ['up 2', hall.id, '0'],
      ['up 1', hall.id, '0'],
    ]);
    expect(asked[0]).toMatchObject({ action: 'session.start', body: { partnerId: -5, type: 2, secret: 'media' } });
    expect(asked[1]?.body).toMatchObject({ ks: 'ks-1', partnerId: 101, hostname: 'wowza1.kaltura.test', format: 1 });
  });

  it('says who sees the picture and what to type next', async () => {
    const live = { ...hall, id: '0_livelive', viewMode: 1 };
    const { encoder } = startKaltura([hall, news, live]);
    expect(await encoder.start(hall.id)).toBe(
      'A picture arrives at Q3 Town Hall (0_hallhall). Nobody but the crew sees it: type golive.',
    );
    expect(await encoder.start(live.id)).toContain('Viewers see it: it is live.');
    expect(await encoder.start(news.id)).toContain('Viewers see it at once, because this webcast has no preview.');
  });

  it('sends to the newest webcast when none is named, and says so when there is none', async () => {
    const { encoder, calls, entries } = startKaltura([news, hall]);
    await encoder.start();
    expect(calls()[0]).toEqual(['up 3', news.id, '0']);
    entries.length = 0;
    await expect(encoder.start()).rejects.toMatchObject({ code: 'not_found', hint: expect.stringContaining('create') });
  });

  it('goes back to the webcast that lost its picture, until there is a newer one', async () => {
    const { encoder, calls, entries } = startKaltura([news, hall]);
    await encoder.start(hall.id);
    await encoder.drop();
    await encoder.start();
    expect(calls().at(-1)).toEqual(['up 1', hall.id, '0']);
    await encoder.drop();
    await encoder.start(news.id);
    await encoder.start();
    expect(calls().at(-1)).toEqual(['up 1', news.id, '0']);
    await encoder.drop();
    entries.unshift({ ...news, id: '0_freshnew' });
    await encoder.start();
    expect(calls().at(-1)).toEqual(['up 1', '0_freshnew', '0']);
  });

  it('finds a webcast by words of its name, and asks for the id when several match', async () => {
    const { encoder, calls } = startKaltura([hall, news, { ...hall, id: '0_hallmore' }]);
    await encoder.start('morning');
    expect(calls()[0]).toEqual(['up 3', news.id, '0']);
    await expect(encoder.start('town hall')).rejects.toMatchObject({ code: 'invalid' });
    await expect(encoder.start('evening')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('drops the main picture and says that the backup still arrives', async () => {
    const { encoder, calls } = startKaltura([hall]);
    await encoder.start();
    await encoder.start(hall.id, { backup: true });
    expect(calls().at(-1)).toEqual(['up 1', hall.id, '1']);
    expect(await encoder.drop()).toBe(
      'The main picture of Q3 Town Hall (0_hallhall) is gone; the backup one still arrives.',
    );
    expect(calls().at(-1)).toEqual(['down', hall.id, '0']);
    expect(await encoder.drop()).toContain('Type encoder start to bring it back');
    expect(calls().at(-1)).toEqual(['down', hall.id, '1']);
  });

  it('stops both paths', async () => {
    const { encoder, calls } = startKaltura([hall]);
    await encoder.start();
    await encoder.start(hall.id, { backup: true });
    expect(await encoder.stop()).toBe(
      'The encoder of Q3 Town Hall (0_hallhall) is off. Type recording to see what was recorded.',
    );
    expect(calls().slice(-2)).toEqual([
      ['down', hall.id, '0'],
      ['down', hall.id, '1'],
    ]);
  });

  it('refuses to drop or stop when nothing is sent, and takes a webcast by id all the same', async () => {
    const { encoder, calls } = startKaltura([hall]);
    await expect(encoder.drop()).rejects.toMatchObject({ code: 'refused' });
    await expect(encoder.stop()).rejects.toMatchObject({ code: 'refused' });
    await encoder.stop(hall.id);
    expect(calls()).toEqual([['down', hall.id, '0']]);
    await encoder.start(hall.id);
    await expect(encoder.drop(hall.id, { backup: true })).rejects.toMatchObject({ code: 'refused' });
  });

  it('keeps one session until a minute before it ends', async () => {
    const { encoder, state } = startKaltura([hall]);
    await encoder.start();
    await encoder.drop();
    expect(state.sessions).toBe(1);
    state.now = 86_340_000;
    await encoder.start();
    expect(state.sessions).toBe(2);
  });

  it('opens a new session once when Kaltura has forgotten the old one', async () => {
    const { encoder, state } = startKaltura([hall]);
    await encoder.start();
    state.forgetful = true;
    await encoder.drop();
    expect(state.sessions).toBe(2);
  });

  it('tells an unknown webcast, a wrong secret and a silent Kaltura apart', async () => {
    const { encoder, state } = startKaltura([hall]);
    await expect(encoder.start('0_unknown1')).rejects.toMatchObject({ code: 'not_found' });
    state.mediaSecret = 'another';
    state.now = 86_400_000;
    await expect(encoder.start(hall.id)).rejects.toMatchObject({ code: 'misconfigured' });
    const clock = { now: () => instant(0), wait: async () => {} };
    const fetch = () => Promise.reject(new TypeError('fetch failed'));
    const parts = { serviceUrl: 'http://kaltura.test', partnerId: 101, mediaSecret: 'media', clock, fetch };
    await expect(createEncoder(parts).start(hall.id)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the word encoder', () => {
  const speak = async (encoder: ReturnType<typeof startKaltura>['encoder'], ...args: string[]) => {
    const [word] = encoder.words();
    return word?.run(args);
  };

  it('starts, drops and stops, with a webcast and a path where given', async () => {
    const { encoder, calls } = startKaltura([news, hall]);
    await speak(encoder, 'start', hall.id, '--backup');
    await speak(encoder, 'start', 'Town', 'Hall');
    await speak(encoder, 'drop', '--backup');
    await speak(encoder, 'STOP');
    expect(calls().map(([act, , path]) => `${act} ${path}`)).toEqual([
      ...['up 3 1', 'up 2 1', 'up 1 1'],
      ...['up 3 0', 'up 2 0', 'up 1 0'],
      ...['down 1', 'down 0'],
    ]);
  });

  it('knows its own subcommands and no others', async () => {
    const { encoder } = startKaltura([hall]);
    const [word] = encoder.words();
    expect(['start', 'drop', 'stop', '0_hall1234', ''].map((next) => word?.takes(next))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    await expect(speak(encoder, 'explode')).rejects.toMatchObject({ code: 'invalid' });
  });
});
