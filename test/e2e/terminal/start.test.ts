import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKalturaServer } from '../../../src/playground/kaltura/index.js';
import { createSlackDouble } from '../../doubles/slack/index.js';
import { startChild } from '../program/child.js';
import { play, run } from './play.js';

const account = { KALTURA_PARTNER_ID: '101', KALTURA_ADMIN_SECRET: 'a-secret' };
const slack = { SLACK_SIGNING_SECRET: 'a-secret', SLACK_BOT_TOKEN: 'xoxb-1' };

/** Starts the program and gives the one line that it says before it ends with code 1. */
async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout, stderr, code } = await play('help\n', env);
  // Beside the log, whose lines are JSON.
  const lines = stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('{'));
  expect({ code, stdout, lines: lines.length }).toEqual({ code: 1, stdout: '', lines: 1 });
  return lines[0] ?? '';
}

describe('a program that cannot start', () => {
  let taken: Server;
  let port: string;
  let folder: string;
  let serviceUrl: string;
  let apiUrl: string;
  const kaltura = createKalturaServer();
  const double = createSlackDouble();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'webcast-start-'));
    ({ url: serviceUrl } = await kaltura.start());
    ({ apiUrl } = await double.start());
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    port = String(address !== null && typeof address === 'object' ? address.port : 0);
  });

  afterAll(async () => {
    await new Promise((resolve) => taken.close(resolve));
    await double.stop();
    await kaltura.stop();
    await rm(folder, { recursive: true });
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ PORT: 'http' }, /^PORT must be a port number\. Correct it/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be trace, debug/],
    [{ KALTURA_ADMIN_SECRET: 'x' }, /^KALTURA_PARTNER_ID is missing: Kaltura is half configured\. Set it/],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /^SLACK_SIGNING_SECRET is missing: Slack is half configured/],
    [{ SLACK_SIGNING_SECRET: 'x' }, /^SLACK_BOT_TOKEN is missing: Slack is half configured/],
    [{ ...slack, ...account, SLACK_API_URL: 'https://slack.com/' }, /^SLACK_API_URL must end in \/api\//],
    [slack, /^KALTURA_PARTNER_ID is missing: Slack is configured/],
  ])('says which variable is wrong and what to do: %j', async (env, sentence) => {
    expect(await refusal(env)).toMatch(sentence);
  });

  it('says that its port is taken', async () => {
    expect(await refusal({ PORT: port })).toBe(
      `Port ${port} is taken by another program. Set PORT to a free one, or stop that program.`,
    );
  });

  it('says that its data folder is a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await refusal({ DATA_DIR: file })).toMatch(/file.*DATA_DIR/);
  });

  it('says that its data folder is in use, in demo mode too', async () => {
    const first = startChild('main.js', { PORT: '0', DATA_DIR: folder }, { input: 'pipe' });
    await first.prints(/help/);
    const { code, stderr } = await run('', { DATA_DIR: folder });
    first.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`is in use by process ${first.pid}\\. Stop it, or set DATA_DIR to another folder\\.\n$`),
    );
    expect((await first.ended).code).toBe(0);
  });

  it('says that Kaltura does not take its secret', async () => {
    const said = await refusal({ ...account, KALTURA_SERVICE_URL: serviceUrl });
    expect(said).toMatch(/KALTURA_ADMIN_SECRET/);
    expect(said).not.toContain('a-secret');
  });

  it('says that Slack does not take its token', async () => {
    const { adminSecret } = kaltura.account;
    const env = { ...account, ...slack, KALTURA_SERVICE_URL: serviceUrl, KALTURA_ADMIN_SECRET: adminSecret };
    const said = await refusal({ ...env, SLACK_API_URL: apiUrl });
    expect(said).toMatch(/Slack does not accept the bot's token \(invalid_auth\)\..*SLACK_BOT_TOKEN/);
    expect(said).not.toContain('xoxb-1');
  });
});
