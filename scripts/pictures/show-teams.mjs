// The show's team in Microsoft Teams: somebody types in two channels, and what stands there is kept.
import { createTeamsDouble } from '../../test/doubles/teams/index.ts';

const channels = { crew: 'Town Hall Crew', audience: 'All Hands' };
/** Longer than the bot waits between two looks at what is not on air. */
const patience = 75_000;
const says = (message, words) => JSON.stringify(message.cards).match(new RegExp(words)) !== null;

/** A strict Teams with both channels; what it keeps stands in told. */
export async function openTeams(clock, undo) {
  const double = createTeamsDouble({ clock, tokenClock: clock });
  await double.start();
  undo.push(() => double.stop());
  const tenant = double.tenant({ teams: [{ name: 'Event Ops', channels: Object.values(channels) }] });
  const told = { crew: [], audience: [], thread: [], news: [] };
  const alex = tenant.user('Alex');
  const cards = new Map();
  /** What the bot has said to all in a channel, oldest first. */
  const inChannel = (side) =>
    tenant.conversation(channels[side]).messages.filter(({ author, targetedFor, deleted, cards: own }) => {
      return author === 'bot' && !targetedFor && !deleted && own.length > 0;
    });
  const keptOf = (message, caption) => ({
    caption,
    at: clock.now(),
    posted: message.postedAt,
    card: structuredClone(message.cards[0]),
  });
  const find = (what, look) => double.until(`${what} in Teams`, look, patience);
  const isReply = (message) => message !== cards.get('crew') && message.threadRoot === cards.get('crew')?.threadRoot;

  return {
    told,
    environment: tenant.environment(),
    connect: (address) => double.connect(`${address}/api/messages`),
    type: (line, side = 'crew') => alex.says(`@Webcast ${line}`, { in: channels[side] }),
    reads: (side, words) => find(words, () => inChannel(side).find((one) => says(one, words))),
    async keep(caption, ...words) {
      for (const side of ['crew', 'audience']) {
        const card = await find(`the card with "${words.join(' and ')}"`, () => {
          const first = cards.get(side) ?? inChannel(side).find((one) => says(one, 'Entry id'));
          if (first) cards.set(side, first);
          return first && words.every((one) => says(first, one)) && first;
        });
        told[side].push(keptOf(card, caption));
      }
    },
    async replied(caption, words) {
      const reply = await find(words, () => inChannel('crew').find((one) => isReply(one) && says(one, words)));
      told.thread.push(keptOf(reply, caption));
    },
    async announced(caption, words) {
      for (const side of ['crew', 'audience']) {
        const message = await find(words, () => inChannel(side).findLast((one) => says(one, words)));
        if (side === 'audience') told.news.push(keptOf(message, caption));
      }
    },
  };
}
