import { startServer } from './child.mjs';
import { load, post } from './load.mjs';
import { comparePairs } from './pairs.mjs';

/** More activities than the program remembers, so that none is taken for one that Teams sends again. */
const activities = 4000;
const chats = 64;
const sends = 50;
const reaction = { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: '1700000000000' };
const help = { type: 'message', textFormat: 'plain', text: 'help' };
const baseline = 'CloudAdapter, bare';

/** What is measured; a reaction to a message is the cheapest turn there is, an answer of one post the cheapest answer. */
const cases = [
  { name: 'Teams, reaction', shape: reaction, concurrency: 16, least: 0.85 },
  { name: 'Teams, help to its post', shape: help, concurrency: 16, posts: true },
];

/** Measures turns of Teams against the Bot Framework's own adapter, both checking every token. */
export async function measureTurns({ teams, program, rounds, duration, say }) {
  const ours = await startServer(program.file, program.env, program.nodeArgs);
  const theirs = await startServer(new URL('./baselines/cloud.mjs', import.meta.url), teams.env);
  const posts = watchPosts(teams);
  const rows = [];
  try {
    for (const { port } of [ours, theirs]) await expectRefusal(port, teams.forge(reaction));
    for (const one of cases) {
      const measure = (side, milliseconds) =>
        load({
          server: side === 'ours' ? ours : theirs,
          requests: teams.deliver(one.shape, activities, chats),
          concurrency: one.concurrency,
          duration: milliseconds,
          expect: '',
          after: one.posts ? ({ conversation }) => posts.next(conversation) : undefined,
        });
      rows.push(...(await comparePairs({ ...one, baseline, rounds, duration, say, measure })));
    }
    rows.push({
      figure: 'Teams, resident after the load',
      ours: `${ours.rss().toFixed(0)} MB`,
      baseline,
      theirs: `${theirs.rss().toFixed(0)} MB`,
    });
  } finally {
    posts.stop();
    await Promise.all([ours, theirs].map((server) => server.stop()));
  }
  return [...rows, await countTokens({ teams, program, say })];
}

/** Counts what the login is asked while many chats are answered at once by a program that has no token yet. */
async function countTokens({ teams, program, say }) {
  const { login } = teams;
  login.open = false;
  const server = await startServer(program.file, program.env);
  const posts = watchPosts(teams);
  const before = login.requests;
  try {
    // Slow enough that all of them wait for it.
    Object.assign(login, { open: true, delay: 300 });
    const requests = teams.deliver(help, sends, sends);
    const posted = requests.map(({ conversation }) => posts.next(conversation));
    await Promise.all(requests.map((request) => post(server.port, request)));
    await Promise.all(posted);
  } finally {
    Object.assign(login, { open: true, delay: 0 });
    posts.stop();
    await server.stop();
  }
  const asked = login.requests - before;
  say(`${sends} cold sends: ${asked} token requests`);
  return {
    figure: `Teams, token requests of ${sends} cold sends`,
    ours: String(asked),
    baseline: '',
    theirs: '',
    bound: '1',
    holds: asked === 1,
  };
}

/** A side that lets a forged token in is not measured: it would be cheap. */
async function expectRefusal(port, request) {
  const { status } = await post(port, request);
  if (status === 200) throw new Error('A forged token was let in.');
}

/** Lets a load wait until the next message of a conversation has been posted. */
function watchPosts(teams) {
  const waiting = new Map();
  const stop = teams.watch(({ conversation }) => waiting.get(conversation)?.shift()?.());
  return {
    stop,
    next: (conversation) =>
      new Promise((resolve) => {
        const queue = waiting.get(conversation) ?? [];
        queue.push(resolve);
        waiting.set(conversation, queue);
      }),
  };
}
