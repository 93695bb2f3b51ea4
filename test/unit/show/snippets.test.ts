import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryIdSchema } from '../../../src/core/webcast.js';
import { createKalturaServer, type KalturaServer } from '../../../src/playground/kaltura/index.js';
import { readKs } from '../../../src/playground/kaltura/ks.js';
import { nodeOf, phpOf, pythonOf, type ViewerSession } from '../../../src/show/embed/session.js';

const run = promisify(execFile);

const installed = (name: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

/** Each snippet as a program that prints the session of the person in its first argument. */
const programs = [
  {
    command: 'node',
    file: 'session.mjs',
    code: (session: ViewerSession) => `${nodeOf(session)}\nconsole.log(await viewerSession(process.argv[2]));`,
  },
  {
    command: 'python3',
    file: 'session.py',
    code: (session: ViewerSession) => `${pythonOf(session)}\n\nimport sys\nprint(viewer_session(sys.argv[1]))`,
  },
  {
    command: 'php',
    file: 'session.php',
    code: (session: ViewerSession) => `${phpOf(session)}\necho viewerSession($argv[1]);`,
  },
].filter(({ command }) => installed(command));

describe('the snippets for a protected webcast', () => {
  const entry = entryIdSchema.parse('0_ab12cd34');
  let kaltura: KalturaServer;
  let folder: string;
  let session: ViewerSession;

  beforeAll(async () => {
    kaltura = createKalturaServer({ partnerId: 101 });
    const { url } = await kaltura.start();
    session = { at: { service: url, content: url, partnerId: 101 }, entry, seconds: 10_800 };
    folder = await mkdtemp(join(tmpdir(), 'webcast-snippet-'));
  });

  afterAll(async () => {
    await kaltura.stop();
    await rm(folder, { recursive: true });
  });

  const call = async ({ command, file, code }: (typeof programs)[number], user: string, secret: string) => {
    const path = join(folder, file);
    await writeFile(path, code(session));
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, KALTURA_USER_SECRET: secret };
    return (await run(command, [path, user], { env })).stdout.trim();
  };

  it('are tried in Node at least', () => expect(programs.map(({ command }) => command)).toContain('node'));

  it.each(programs)('mint in $command the session that is said', async (program) => {
    const { userSecret, adminSecret } = kaltura.account;
    const before = Date.now() / 1000;
    const ks = await call(program, 'ann@example.test', userSecret);
    const content = readKs(ks, () => adminSecret);
    expect(content).toMatchObject({ partnerId: 101, type: 0, userId: 'ann@example.test' });
    expect(content?.privileges).toEqual([
      ['sview', entry],
      ['setrole', 'PLAYBACK_BASE_ROLE'],
    ]);
    expect((content?.expiry ?? 0) - before).toBeGreaterThan(10_790);
    expect((content?.expiry ?? 0) - before).toBeLessThan(10_830);
  });

  it.each(programs)('give a user no rights by what $command is told for a name', async (program) => {
    const name = 'ann,edit:*","privileges":"edit:*\'';
    const content = readKs(await call(program, name, kaltura.account.userSecret), () => kaltura.account.adminSecret);
    expect(content?.userId).toBe(name);
    expect(content?.privileges.map(([privilege]) => privilege)).toEqual(['sview', 'setrole']);
  });

  it.each(programs)('fail in $command when Kaltura refuses, and do not print the secret', async (program) => {
    const failed = await call(program, 'ann', 'wrong-secret').then(
      () => undefined,
      (error: unknown) => String(error),
    );
    expect(failed).toContain('START_SESSION_ERROR');
    expect(failed).not.toContain('wrong-secret');
  });
});
