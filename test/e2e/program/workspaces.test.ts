import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SlackWorkspace } from '../../doubles/slack/index.js';
import { comeBack, installIn, setOut } from '../slack/browser.js';
import { type Child, startChild } from './child.js';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const env = {
  SLACK_BOT_TOKEN: '',
  SLACK_CLIENT_ID: '1111.2222',
  SLACK_CLIENT_SECRET: 'client-secret',
  SLACK_STATE_SECRET: 'state-secret-of-the-stories',
  ENCRYPTION_KEY: key(1),
  PUBLIC_URL: 'https://bot.example.com',
};

/** One bot for two workspaces, through several lives of the program. */
describe('the bot of many workspaces', () => {
  let rig: Rig;
  let other: SlackWorkspace;
  const lives: Child[] = [];
  const seen = new Set<string>();
  const help = async (workspace: SlackWorkspace) =>
    (await workspace.user('ada').runs('/webcast help', { in: 'events' })).answer;
  const restart = async (changes: Readonly<Record<string, string>> = {}) => {
    expect(await rig.bot.stop()).toBe(0);
    await rig.restart(changes);
    lives.push(rig.bot.child);
    other.connect(`${rig.bot.url}/slack/events`);
  };

  beforeAll(async () => {
    rig = await startRig({ env });
    lives.push(rig.bot.child);
    other = rig.double.workspace({
      signingSecret: rig.workspace.state.signingSecret,
      botToken: 'xoxb-0000-never-given-0000',
      scopes: [],
      users: [{ name: 'ada' }],
      channels: [{ name: 'events' }],
      requestUrl: `${rig.bot.url}/slack/events`,
    });
  });

  afterAll(async () => {
    const printed = lives.map((life) => life.stdout + life.stderr).join('');
    const secrets = [...other.state.tokens.keys(), ...seen, 'client-secret', env.SLACK_STATE_SECRET, key(1), key(2)];
    await rig.stop();
    expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
  });

  it('tells a workspace that has not installed it where to do so', async () => {
    expect(await help(rig.workspace)).toContain('Install it here: https://bot.example.com/slack/install');
  });

  it('is let in by one workspace, and serves that one alone', async () => {
    const page = await installIn(rig.workspace, rig.bot.url);
    expect(page.status).toBe(200);
    expect(await help(rig.workspace)).toContain('create');
    expect(await help(other)).toContain('not installed');
  });

  it('posts with the token of the workspace that it posts in', async () => {
    expect((await installIn(other, rig.bot.url)).status).toBe(200);
    await rig.plan('events', 'Ours');
    await other.user('ada').runs('/webcast create Theirs --start "in 10 minutes"', { in: 'events' });
    await rig.double.until('their card', () => other.messages('events')[0]);
    const teams = rig.double.calls('chat.postMessage').map((call) => call.teamId);
    expect(teams).toEqual([rig.workspace.teamId, other.teamId]);
    expect(rig.workspace.messages('events')).toHaveLength(1);
  });

  it('refuses a way back that no browser of its own set out on', async () => {
    const { state, cookie } = await setOut(rig.bot.url);
    seen.add(state).add(cookie.split('=')[1] ?? '');
    expect((await comeBack(rig.bot.url, { code: 'x', state })).status).toBe(400);
    expect((await comeBack(rig.bot.url, { code: 'never-granted', state }, cookie)).status).toBe(400);
    expect(await (await comeBack(rig.bot.url, { code: 'x', state }, cookie)).text()).toContain('used before');
  });

  it('keeps installations through a restart, and an older state stays used', async () => {
    const { state, cookie } = await setOut(rig.bot.url);
    await comeBack(rig.bot.url, { error: 'access_denied', state }, cookie);
    await restart();
    expect(await help(rig.workspace)).toContain('create');
    expect(wordsOf(await rig.ask('/webcast status', 'events'))).toContain('Ours');
    expect(await (await comeBack(rig.bot.url, { code: 'x', state }, cookie)).text()).toContain('used before');
  });

  it('writes no token to the disk in plain', () => {
    const folder = rig.env.DATA_DIR ?? '';
    const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    const tokens = [...rig.workspace.state.tokens.keys(), ...other.state.tokens.keys()];
    expect(tokens.filter((token) => written.some((text) => text.includes(token)))).toEqual([]);
  });

  it('takes a new key in front of the old one, and then alone for what was read in between', async () => {
    await restart({ ENCRYPTION_KEY: `${key(2)},${key(1)}` });
    expect(await help(rig.workspace)).toContain('create');
    await restart({ ENCRYPTION_KEY: key(2) });
    expect(await help(rig.workspace)).toContain('create');
    expect(await help(other)).toContain('cannot look up this workspace');
    await restart({ ENCRYPTION_KEY: `${key(2)},${key(1)}` });
    expect(await help(other)).toContain('create');
  });

  it('forgets a workspace that removes it, and no other', async () => {
    await other.uninstall();
    expect(await help(other)).toContain('not installed');
    expect(await help(rig.workspace)).toContain('create');
    expect((await installIn(other, rig.bot.url)).status).toBe(200);
    expect(await help(other)).toContain('create');
  });

  it.each([
    [{ SLACK_STATE_SECRET: '', ENCRYPTION_KEY: '' }, 'SLACK_STATE_SECRET, ENCRYPTION_KEY are missing'],
    [{ ENCRYPTION_KEY: 'c2hvcnQ=' }, 'ENCRYPTION_KEY must be 32 bytes in base64'],
  ])('does not start with %j, and says why', async (changes, sentence) => {
    const folder = join(rig.env.DATA_DIR ?? '', 'another');
    const child = startChild('main.js', { HOST: '127.0.0.1', PORT: '0', ...rig.env, ...changes, DATA_DIR: folder });
    expect(await child.ended).toEqual({ code: 1, signal: null });
    expect(child.stderr).toContain(sentence);
    expect(child.stderr.trim().split('\n')).toHaveLength(1);
  });
});
