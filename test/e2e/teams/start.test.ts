import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTeamsDouble } from '../../doubles/teams/index.js';
import { type StoryKaltura, startKaltura } from '../kaltura.js';
import { startChild } from '../program/child.js';

describe('a program that cannot start for Teams', () => {
  const double = createTeamsDouble();
  let kaltura: StoryKaltura;
  let folder: string;
  let good: Record<string, string>;

  beforeAll(async () => {
    await double.start();
    kaltura = await startKaltura();
    folder = await mkdtemp(join(tmpdir(), 'webcast-start-'));
    good = { ...double.tenant().environment(), ...kaltura.env, DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1' };
  });

  afterAll(async () => {
    await double.stop();
    await kaltura.stop();
    await rm(folder, { recursive: true });
  });

  /** Starts the program and gives the one line beside the log that it says before it ends with code 1. */
  async function refusal(changes: Readonly<Record<string, string>>): Promise<string> {
    const child = startChild('main.js', { ...good, ...changes });
    const { code } = await child.ended;
    const printed = child.stdout + child.stderr;
    const lines = printed
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('{'));
    expect({ code, lines: lines.length }).toEqual({ code: 1, lines: 1 });
    expect(printed).not.toContain(good.MicrosoftAppPassword);
    return lines[0] ?? '';
  }

  it.each<[string, Record<string, string>, RegExp]>([
    ['an empty app id with a password', { MicrosoftAppId: '' }, /^MicrosoftAppId is missing: Teams is half configured/],
    ['an unknown type', { MicrosoftAppType: 'Singletenant' }, /^MicrosoftAppType must be SingleTenant, MultiTenant/],
    [
      'half of the addresses',
      { ToChannelFromBotLoginUrl: '', OAuthUrl: '' },
      /^OAuthUrl is missing: ToBotFromChannelOpenIdMetadataUrl is set, and .* set together or not at all/,
    ],
    [
      'a login in the clear beyond loopback',
      { ToChannelFromBotLoginUrl: 'http://login.example.com/tenant' },
      /^ToChannelFromBotLoginUrl must be an https address \(http only on loopback\)/,
    ],
    ['a wrong password', { MicrosoftAppPassword: 'a-wrong-password' }, /\(invalid_client\).*MicrosoftAppPassword/],
  ])('names the variable: %s', async (_what, changes, sentence) => {
    expect(await refusal(changes)).toMatch(sentence);
  });

  it('asked for no token but with the password that Microsoft refused', () => {
    expect(double.tokenRequests).toBe(1);
    expect(double.complaints).toEqual([]);
  });
});
