import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type EntryId, entryIdSchema } from '../../../src/core/webcast.js';
import { createKalturaServer, type KalturaServer } from '../../../src/playground/kaltura/index.js';
import { readKs } from '../../../src/playground/kaltura/ks.js';
import { nodeOf, phpOf, pythonOf, type ViewerSession } from '../../../src/show/embed/session.js';

const run = promisify(execFile);

const installed = (name: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

/** Each snippet as a program that prints the session of each person in its arguments, one to a line. */
const languages = [
  {
    command: 'node',
    file: 'session.mjs',
    code: (session: ViewerSession) =>
      `${nodeOf(session)}\nfor (const user of process.argv.slice(2)) console.log(await viewerSession(user));`,
  },
  {
    command: 'python3',
    file: 'session.py',
    code: (session: ViewerSession) =>
      `${pythonOf(session)}\n\nimport sys\nfor user in sys.argv[1:]:\n    print(viewer_session(user))`,
  },
  {
    command: 'php',
    file: 'session.php',
    code: (session: ViewerSession) =>
      `${phpOf(session)}\nforeach (array_slice($argv, 1) as $user) echo viewerSession($user), "\\n";`,
  },
];
/** Those that this machine has; Node alone is demanded. */
const programs = languages.filter(({ command }) => installed(command));
const absent = languages.filter((one) => !programs.includes(one)).map(({ command }) => command);

/** What people may be called, who mean to be more than viewers or whose names are awkward to write. */
const hostileNames = [
  'ann,edit:*","privileges":"edit:*\'',
  'ann","type":2,"privileges":"*',
  "Dónal O'Brien <b>&amp;</b>",
  '$HOME {$user} %s %00 \\\' \\" \\n \\u0000',
  '艾达 😀 \u202e',
  'line\nbreak\ttab',
  '/*!disableentitlement*/',
];

const madeSchema = z.object({ id: z.union([z.string(), z.number()]) });
const playingSchema = z.object({ sources: z.array(z.unknown()), actions: z.array(z.unknown()) });

describe('the snippets for a protected webcast', () => {
  let kaltura: KalturaServer;
  let folder: string;
  let session: ViewerSession;
  let neighbour: EntryId;

  const ask = async (service: string, action: string, params: object): Promise<unknown> => {
    const answer = await fetch(`${session.at.service}/api_v3/service/${service}/action/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ format: 1, ...params }),
    });
    return answer.json();
  };

  /** Plans a webcast that opens to nobody without a session of their own. */
  async function planProtected(ks: unknown): Promise<EntryId> {
    const rule = {
      actions: [{ objectType: 'KalturaAccessControlBlockAction' }],
      conditions: [{ objectType: 'KalturaAuthenticatedCondition', not: true }],
    };
    const accessControlProfile = { name: 'Signed in only', rules: [rule] };
    const { id } = madeSchema.parse(await ask('accessControlProfile', 'add', { ks, accessControlProfile }));
    const liveStreamEntry = { name: 'Board', mediaType: 201, accessControlId: id };
    const params = { ks, liveStreamEntry, sourceType: 32 };
    return entryIdSchema.parse(madeSchema.parse(await ask('livestream', 'add', params)).id);
  }

  beforeAll(async () => {
    kaltura = createKalturaServer({ partnerId: 101 });
    const { url } = await kaltura.start();
    const at = { service: url, content: url, partnerId: 101 };
    session = { at, entry: entryIdSchema.parse('0_ab12cd34'), seconds: 10_800 };
    const ks = await ask('session', 'start', { partnerId: 101, secret: kaltura.account.adminSecret, type: 2 });
    neighbour = await planProtected(ks);
    session = { ...session, entry: await planProtected(ks) };
    folder = await mkdtemp(join(tmpdir(), 'webcast-snippet-'));
  });

  afterAll(async () => {
    await kaltura.stop();
    await rm(folder, { recursive: true });
  });

  /** The sessions that a program prints for these people. */
  const call = async (
    { command, file, code }: (typeof programs)[number],
    users: readonly string[],
    secret: string,
  ): Promise<string[]> => {
    const path = join(folder, file);
    await writeFile(path, code(session));
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, KALTURA_USER_SECRET: secret };
    const { stdout } = await run(command, [path, ...users], { env });
    return stdout.trim().split('\n');
  };

  const read = (ks: string | undefined) => readKs(ks ?? '', () => kaltura.account.adminSecret);

  /** Whether a player gets something to play, as it asks with this session. */
  async function opens(entryId: EntryId, ks: unknown): Promise<boolean> {
    const contextDataParams = { objectType: 'KalturaPlaybackContextOptions', flavorTags: 'all' };
    const said = await ask('baseEntry', 'getPlaybackContext', { ks, entryId, contextDataParams });
    const { sources, actions } = playingSchema.parse(said);
    return sources.length > 0 && actions.length === 0;
  }

  it(`are tried in Node at least${absent.length > 0 ? `; this machine has no ${absent.join(' and no ')}` : ''}`, () => {
    expect(programs.map(({ command }) => command)).toContain('node');
  });

  it.each(programs)('mint in $command the session that is said', async (program) => {
    const before = Date.now() / 1000;
    const [ks] = await call(program, ['ann@example.test'], kaltura.account.userSecret);
    const content = read(ks);
    expect(content).toMatchObject({ partnerId: 101, type: 0, userId: 'ann@example.test' });
    expect(content?.privileges).toEqual([
      ['sview', session.entry],
      ['setrole', 'PLAYBACK_BASE_ROLE'],
    ]);
    expect((content?.expiry ?? 0) - before).toBeGreaterThan(10_790);
    expect((content?.expiry ?? 0) - before).toBeLessThan(10_830);
  });

  it.each(programs)('open by $command the webcast to whoever it is asked for, and nothing else', async (program) => {
    const users = ['', 'ann@example.test', ...hostileNames];
    const sessions = await call(program, users, kaltura.account.userSecret);
    expect(sessions.map((ks) => read(ks)?.userId)).toEqual(users);
    for (const ks of sessions) {
      expect(read(ks)?.privileges.map(([privilege]) => privilege)).toEqual(['sview', 'setrole']);
      expect(await opens(session.entry, ks)).toBe(true);
      expect(await opens(neighbour, ks)).toBe(false);
      const changed = await ask('baseEntry', 'update', { ks, entryId: session.entry, baseEntry: { name: 'Mine' } });
      expect(changed).toMatchObject({ objectType: 'KalturaAPIException' });
    }
  });

  it('are needed: an anonymous player gets nothing to play', async () => {
    const widget = await ask('session', 'startWidgetSession', { widgetId: '_101' });
    expect(await opens(session.entry, z.object({ ks: z.string() }).parse(widget).ks)).toBe(false);
  });

  it.each(programs)('fail in $command when Kaltura refuses, and do not print the secret', async (program) => {
    const failed = await call(program, ['ann'], 'wrong-secret').then(
      () => undefined,
      (error: unknown) => String(error),
    );
    expect(failed).toContain('START_SESSION_ERROR');
    expect(failed).not.toContain('wrong-secret');
  });
});
