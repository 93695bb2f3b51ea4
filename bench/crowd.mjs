import { mkdirSync } from 'node:fs';
import '../test/setup/typescript.mjs';
import { Secret } from '../dist/core/secret.js';
import { openStore } from '../dist/store/index.js';
import { createSealer } from '../dist/store/seal.js';

const { createSlackDouble } = await import('../test/doubles/slack/index.ts');
const { following } = await import('../test/rig/subscription.ts');

const signingSecret = 'a-signing-secret-of-the-bench';
const encryptionKey = Buffer.alloc(32, 7).toString('base64');
const scopes = ['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read'];
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A Slack that refuses what Slack refuses, with as many workspaces and channels in each as asked for, all with the app. */
export async function startCrowd({ workspaces: count, channels, posts }) {
  const double = createSlackDouble({ ...(posts && { posts }) });
  const { url, apiUrl } = await double.start();
  const names = Array.from({ length: channels }, (_, index) => `channel-${index}`);
  const workspaces = Array.from({ length: count }, (_, index) =>
    double.workspace({
      signingSecret,
      botToken: `xoxb-bench-${index}`,
      scopes,
      users: [{ name: 'ada' }],
      channels: names.map((name) => ({ name })),
    }),
  );
  /** Each channel as the bot names it, with those of one workspace apart from each other. */
  const places = names.flatMap((name) =>
    workspaces.map((workspace) => ({
      tenant: workspace.teamId,
      channel: workspace.channelId(name),
      direct: false,
    })),
  );

  return {
    double,
    url,
    signingSecret,
    workspaces,
    places,
    env: {
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_CLIENT_ID: '1111.2222',
      SLACK_CLIENT_SECRET: 'client-secret',
      SLACK_STATE_SECRET: 'state-secret-of-the-bench',
      SLACK_API_URL: apiUrl,
      ENCRYPTION_KEY: encryptionKey,
      PUBLIC_URL: 'https://bot.example.com',
    },
    /** Has the app installed in all workspaces, as the installer would write it. */
    async install(store) {
      const installations = store.installations(createSealer(encryptionKey));
      const installedAt = Date.now();
      for (const [index, { teamId }] of workspaces.entries())
        await installations.save(
          'slack',
          teamId,
          new Secret(JSON.stringify({ token: `xoxb-bench-${index}`, installedAt })),
          installedAt,
        );
    },
    stop: () => double.stop(),
  };
}

/** Opens the program's own store in a folder, so that it finds there what it would have written itself. */
export async function openStoreIn(folder) {
  mkdirSync(folder, { recursive: true });
  return openStore({ dataDir: folder, log: quiet });
}

/** Has a channel follow all webcasts as the audience does, unless told otherwise; without reminders. */
export const follow = (store, place, rule = {}) =>
  store.subscribe(following({ platform: 'slack', place, ...rule }), Date.now());
