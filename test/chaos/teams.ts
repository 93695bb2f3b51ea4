import { instant } from '../../src/core/webcast.js';
import { isObject, objectAt, stringAt } from '../doubles/json.js';
import { createTeamsDouble, type TeamsDouble } from '../doubles/teams/index.js';
import type { Audience, Post } from './audience.js';

/** A tenant of the strict Teams with one team; the store knows the way into its channels from earlier. */
export async function openTeams(count: number): Promise<Audience> {
  const double = createTeamsDouble();
  await double.start();
  const names = Array.from({ length: count }, (_, n) => `Channel ${n}`);
  const tenant = double.tenant({ teams: [{ name: 'Event Ops', channels: names }] });
  const env = tenant.environment();
  const conversations = new Map(names.map((name) => tenant.conversation(name)).map((one) => [one.id, one]));
  return {
    platform: 'teams',
    tenant: tenant.id,
    channels: [...conversations.keys()],
    posts: () => readPosts(double),
    messages: (channel) =>
      (conversations.get(channel)?.messages ?? []).map(({ activity }) => stringAt(activity, 'summary') ?? ''),
    async prepare(store) {
      const known = { tenant: tenant.id, serviceUrl: tenant.serviceUrl, bot: `28:${env.MicrosoftAppId}` };
      const nobody = { person: undefined, zone: undefined };
      for (const conversation of conversations.keys()) {
        const reference = { ...known, ...nobody, conversation, kind: 'channel', state: 'open' } as const;
        await store.references('teams').save(reference, instant(Date.now()));
      }
    },
    connect: async () => env,
    until: double.until,
    complaints: double.complaints,
    stop: () => double.stop(),
  };
}

/** New threads that Teams made, by the bots one after the other: each asks for a token of its own before anything else. */
function readPosts({ log }: TeamsDouble): readonly Post[] {
  const posts: Post[] = [];
  let bot = -1;
  for (const entry of log) {
    if (entry.kind === 'token') bot += 1;
    if (entry.kind !== 'connector' || entry.operation !== 'create' || entry.status !== 201) continue;
    const data = isObject(entry.body) ? objectAt(entry.body, 'channelData') : undefined;
    posts.push({ bot, channel: stringAt((data && objectAt(data, 'channel')) ?? {}, 'id') ?? '' });
  }
  return posts;
}
