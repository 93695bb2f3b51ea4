import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findLeaks } from '../ending.js';
import { type Rig, startRig } from './rig.js';

const crowd = Array.from({ length: 50 }, (_, index) => `Member ${index + 1}`);

describe("the bot's own token", () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig({
      people: crowd,
      // The login is down at the start, so that the bot is cold when the crowd comes.
      first: (double) => double.faults.add({ at: 'token', effect: { kind: 'status', status: 503 } }),
    });
  });

  afterAll(async () => rig.stop());

  /** They ask at the same moment, and each is answered in their own chat. */
  async function askAll(names: readonly string[], line: string, expected: string): Promise<void> {
    await Promise.all(names.map((name) => rig.tenant.user(name).says(line)));
    await rig.double.until(
      'an answer for each',
      () =>
        names.every((name) =>
          rig.tenant
            .user(name)
            .sees('personal')
            .some((seen) => said(name, seen, expected)),
        ),
      10_000,
    );
  }
  const said = (name: string, seen: Parameters<Rig['words']>[0], text: string) =>
    seen.author === 'bot' && rig.words(seen, name).includes(text);

  it('is missing at the start without keeping the bot from it', () => {
    expect(rig.bot.child.stderr).toContain("Microsoft's login did not give the bot a token at start");
  });

  it('is asked for once by fifty who come at the same moment', async () => {
    await askAll(crowd, 'help', 'create');
    expect(rig.double.tokenRequests).toBe(1);
  });

  it('is asked for once more when twenty find it withdrawn', async () => {
    rig.double.revokeAccessTokens();
    await askAll(crowd.slice(0, 20), 'stauts', 'Did you mean status?');
    expect(rig.double.tokenRequests).toBe(2);
    rig.double.takeComplaints(/^connector: called with a token of other make/);
  });

  it('is printed nowhere, nor the tokens of those who come in', () => {
    expect(findLeaks(rig.bot.child.stdout + rig.bot.child.stderr, [])).toEqual([]);
    expect(rig.bot.child.stderr).not.toContain('Bearer');
  });
});
