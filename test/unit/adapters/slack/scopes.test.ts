import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSlack } from '../../../../src/adapters/slack/index.js';
import { Secret } from '../../../../src/core/secret.js';
import { openProduct, type Product } from '../../../contract/platform/product.js';
import { createSlackDouble, type SlackDouble } from '../../../doubles/slack/index.js';
import { createHandClock } from '../../../e2e/slack/clock.js';

const clock = createHandClock(Date.UTC(2026, 10, 22, 12));
const needed = ['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read'];
const optional = ['users:read.email', 'usergroups:read', 'files:write'];

describe('the checkup of a Slack workspace', () => {
  let product: Product;
  let double: SlackDouble;
  let apiUrl: string;

  beforeEach(async () => {
    product = await openProduct(clock);
    double = createSlackDouble({ clock });
    ({ apiUrl } = await double.start());
  });
  afterEach(async () => {
    await double.stop();
    await product.stop();
  });

  async function check(scopes: readonly string[]) {
    const workspace = double.workspace({
      signingSecret: 'signing',
      botToken: 'xoxb-1',
      scopes: [...scopes],
      users: [],
      channels: [],
    });
    const { dispatch, log, newId } = product;
    const tenancy = { kind: 'one workspace', botToken: new Secret('xoxb-1') } as const;
    const config = { signingSecret: new Secret('signing'), tenancy, appToken: undefined, apiUrl };
    const slack = createSlack({ config, dispatch, log, clock, newId, drawChart: async () => new Uint8Array() });
    return (await slack.checkup?.(workspace.teamId)) ?? [];
  }

  it('is well with the scopes of the manifest', async () => {
    const checks = await check([...needed, ...optional]);
    expect(checks.map(({ state }) => state)).toEqual(['ok', 'ok']);
  });

  it('names each scope that is missing, with what goes with it', async () => {
    const checks = await check(needed);
    const missing = checks.filter(({ state }) => state === 'lacking');
    expect(missing.map(({ label }) => label)).toEqual(optional);
    expect(missing.map(({ text }) => text)).toContain(
      'missing, and with it charts as pictures and attendance lists. Add it to the app and install it again.',
    );
  });
});
