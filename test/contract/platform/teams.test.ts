import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTeams } from '../../../src/adapters/teams/index.js';
import { Secret } from '../../../src/core/secret.js';
import { openStore } from '../../../src/store/index.js';
import { createDerivedSealer } from '../../../src/store/seal.js';
import { createFront } from '../../../src/web/front.js';
import { createTeamsDouble, type StoredMessage, type TeamsUser } from '../../doubles/teams/index.js';
import { createHandClock } from '../../e2e/slack/clock.js';
import { configOf } from '../teams/rig.js';
import { openProduct } from './product.js';
import { describePlatform, type Ground } from './suite.js';

const where = 'Webcasts';

/** What a reader gets: the texts with Markdown's escapes as the client shows them, buttons, choices and picture words. */
function readerOf(user: TeamsUser) {
  return (message: StoredMessage): string => {
    const card = JSON.stringify(message.cards);
    const said = [...card.matchAll(/"(?:altText|codeSnippet|title)":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) =>
      JSON.parse(`"${text}"`),
    );
    const numbers = [...card.matchAll(/"y":(\d+)/g)].map(([, number]) => number);
    const shown = [...user.reads(message), ...user.buttons(message), ...said, ...numbers].join('\n');
    // The adapter parts what would be markup by an invisible joiner.
    return shown.replace(/\\([\\`*_{}[\]()#+\-.!|~<>&])/g, '$1').replaceAll('\u2060', '');
  };
}

async function openTeams(): Promise<Ground> {
  const clock = createHandClock(Date.now());
  const product = await openProduct(clock);
  const double = createTeamsDouble({ clock });
  await double.start();
  const tenant = double.tenant();
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-contract-teams-'));
  const { dispatch, log, newId } = product;
  const store = await openStore({ dataDir, log });
  const teams = createTeams({
    config: configOf(tenant.environment()),
    references: store.references('teams'),
    offers: store.fileOffers('teams', createDerivedSealer(new Secret('signing'))),
    ...{ dispatch, signingSecret: new Secret('signing'), log, clock, newId },
  });
  const routes = [{ method: 'POST', path: '/api/messages', handle: teams.handle }] as const;
  const front = createFront({ port: 0, host: '127.0.0.1', routes, ready: teams.ready, clock, log, newId });
  await teams.start();
  double.connect(`http://127.0.0.1:${await front.start()}/api/messages`);
  const alex = tenant.user('Alex');
  const megan = tenant.user('Megan');
  await alex.installs('personal');
  const hello = await alex.says('@Webcast help', { in: where });
  await double.until('help', () => alex.sees(where).length > 1 || alex.sees('personal').length > 0);
  const before = new Set(megan.sees(where).map((message) => message.id));
  const mine = (place: string) => alex.sees(place).filter(({ author }) => author === 'bot');
  const everybody = () => megan.sees(where).filter(({ author, id }) => author === 'bot' && !before.has(id));
  const channel = () => everybody().map(readerOf(megan));
  const privately = () => {
    const shared = new Set(megan.sees(where).map(({ id }) => id));
    return [...mine('personal'), ...mine(where).filter(({ id }) => !shared.has(id))].map(readerOf(alex));
  };
  const stands = (words: string) =>
    double.until(words, () => [...channel(), ...privately()].some((text) => text.includes(words)));
  const { conversation, from } = hello.activity as { conversation: { id: string }; from: { aadObjectId: string } };
  const place = { tenant: tenant.id, channel: conversation.id.replace(/;messageid=.*$/, ''), direct: false };
  return {
    product,
    platform: teams,
    place,
    whom: { place, person: { id: from.aadObjectId, zone: undefined }, wayBack: undefined },
    channel,
    private: privately,
    async says(line, until) {
      await alex.says(`@Webcast ${line}`, { in: where });
      await stands(until);
    },
    async saysTwice(line, until) {
      const delivery = await alex.says(`@Webcast ${line}`, { in: where });
      await double.redeliver(delivery);
      await stands(until);
      await dispatch.stop();
    },
    async fills(answers, until) {
      await alex.says('ask');
      const card = await double.until('the form', () => {
        const last = mine('personal').at(-1);
        return last && alex.buttons(last).includes('Open the form') ? last : undefined;
      });
      const opened = await alex.presses(card, 'Open the form');
      const dialog = opened?.dialog;
      if (!dialog) throw new Error('no dialog opened');
      const { Start, Sound, ...rest } = answers;
      const [date = '', time = ''] = String(Start).split(' ');
      alex.fills(dialog, { ...rest, 'start.date': date, 'start.time': time, Sound: Sound === true });
      await alex.submits(dialog);
      await stands(until);
    },
    async stop() {
      await front.stop();
      await teams.stop();
      await double.stop();
      await store.close();
      await product.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

describePlatform('teams', openTeams);
