import { createSlack } from '../../../src/adapters/slack/index.js';
import { Secret } from '../../../src/core/secret.js';
import { createFront } from '../../../src/web/front.js';
import { createSlackDouble, readText } from '../../doubles/slack/index.js';
import { createHandClock } from '../../e2e/slack/clock.js';
import { openProduct } from './product.js';
import { describePlatform, type Ground } from './suite.js';

/** What a reader gets: entities as the client shows them, and the words that stand in for pictures. */
function read(message: Parameters<typeof readText>[0]): string {
  const pictures = [...JSON.stringify(message).matchAll(/"alt_text":"([^"]*)"/g)].map((found) => found[1]);
  const shown = readText(message).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return [shown, ...pictures].join('\n');
}

async function openSlack(): Promise<Ground> {
  const clock = createHandClock(Date.UTC(2026, 10, 22, 12));
  const product = await openProduct(clock);
  const double = createSlackDouble({ clock });
  const { apiUrl } = await double.start();
  const workspace = double.workspace({
    signingSecret: 'signing',
    botToken: 'xoxb-1',
    scopes: ['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read', 'users:read.email'],
    users: [{ name: 'ada', tz: 'Europe/Berlin' }, { name: 'bob' }],
    channels: [{ name: 'events' }],
  });
  const { dispatch, log, newId } = product;
  const tenancy = { kind: 'one workspace', botToken: new Secret('xoxb-1') } as const;
  const config = { signingSecret: new Secret('signing'), tenancy, appToken: undefined, apiUrl };
  const slack = createSlack({
    config,
    dispatch,
    log,
    clock,
    newId,
    drawChart: async () => new Uint8Array([137, 80, 78, 71]),
  });
  const routes = [{ method: 'POST', path: '/slack/events', handle: slack.handle }] as const;
  const front = createFront({ port: 0, host: '127.0.0.1', routes, ready: slack.ready, clock, log, newId });
  await slack.start();
  workspace.connect(`http://127.0.0.1:${await front.start()}/slack/events`);
  const ada = workspace.user('ada');
  const place = { tenant: workspace.teamId, channel: workspace.channelId('events'), direct: false };
  const channel = () => double.messages('events').map(read);
  const mine = () => workspace.ephemerals('events', 'ada').map(read);
  const stands = (words: string) =>
    double.until(words, () => [...channel(), ...mine()].some((text) => text.includes(words)));
  return {
    product,
    platform: slack,
    place,
    whom: { place, person: { id: ada.id, zone: undefined }, wayBack: undefined },
    channel,
    private: mine,
    async says(line, until) {
      await ada.runs(`/webcast ${line}`, { in: 'events' });
      await stands(until);
    },
    async saysTwice(line, until) {
      const delivery = await ada.runs(`/webcast ${line}`, { in: 'events' });
      await workspace.resend(delivery);
      await stands(until);
      await dispatch.stop();
    },
    async fills(answers, until) {
      await ada.runs('/webcast ask', { in: 'events' });
      const form = await double.until('the form', () => ada.modal());
      const start = Date.parse(`${String(answers.Start).replace(' ', 'T')}+01:00`) / 1000;
      const sound = answers.Sound === true ? ['On'] : [];
      await ada.fills(form, { ...answers, Start: start, Sound: sound });
      await ada.submits(form);
      await stands(until);
    },
    async stop() {
      await front.stop();
      await slack.stop();
      await double.stop();
      await product.stop();
    },
  };
}

describePlatform('slack', openSlack);
