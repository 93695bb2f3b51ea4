// The show's workspace in Slack: somebody types in two channels, and what stands there is kept.
import { createSlackDouble } from '../../test/doubles/slack/index.ts';

const channels = { crew: 'town-hall-crew', audience: 'all-hands' };
/** Longer than the bot waits between two looks at what is not on air. */
const patience = 75_000;
const says = (message, words) => JSON.stringify([message.text, message.blocks]).match(new RegExp(words)) !== null;

/** A strict Slack with both channels; what it keeps stands in told. */
export async function openSlack(clock, undo) {
  const double = createSlackDouble({ clock });
  const { apiUrl } = await double.start();
  undo.push(() => double.stop());
  const [signingSecret, botToken] = ['signing secret of the show', 'xoxb-show'];
  const workspace = double.workspace({
    signingSecret,
    botToken,
    scopes: ['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read', 'users:read.email'],
    users: [{ name: 'ada', tz: 'Europe/Berlin' }],
    channels: Object.values(channels).map((name) => ({ name })),
  });
  const told = { crew: [], audience: [], thread: [], news: [] };
  const inChannel = (side) => workspace.messages(channels[side]);
  const keptOf = (message, caption) => ({
    caption,
    at: clock.now(),
    posted: Number(message.ts) * 1000,
    blocks: structuredClone(message.blocks),
  });
  const find = (what, look) => double.until(`${what} in Slack`, look, patience);

  return {
    told,
    environment: { SLACK_SIGNING_SECRET: signingSecret, SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl },
    connect: (address) => workspace.connect(`${address}/slack/events`),
    type: (line, side = 'crew') => workspace.user('ada').runs(`/webcast ${line}`, { in: channels[side] }),
    reads: (side, words) => find(words, () => inChannel(side).find((one) => says(one, words))),
    async keep(caption, ...words) {
      for (const side of ['crew', 'audience']) {
        const card = await find(`the card with "${words.join(' and ')}"`, () => {
          const [first] = inChannel(side);
          return first && words.every((one) => says(first, one)) && first;
        });
        told[side].push(keptOf(card, caption));
      }
    },
    async replied(caption, words) {
      const reply = await find(words, () => inChannel('crew').find((one) => one.threadTs && says(one, words)));
      told.thread.push(keptOf(reply, caption));
    },
    async announced(caption, words) {
      for (const side of ['crew', 'audience']) {
        const message = await find(words, () => inChannel(side).findLast((one) => !one.threadTs && says(one, words)));
        if (side === 'audience') told.news.push(keptOf(message, caption));
      }
    },
  };
}
