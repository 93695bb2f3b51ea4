import { createInstaller } from '../../src/adapters/slack/install.js';
import { createStates } from '../../src/adapters/slack/state.js';
import { Secret } from '../../src/core/secret.js';
import { createFront, type Route } from '../../src/web/front.js';
import { createGoRoutes } from '../../src/web/go.js';
import { createOpen } from '../../src/web/open.js';
import { openRig, type Rig, silent } from '../rig/index.js';

/** The product, whose pages a browser reaches. */
export interface FrontRig extends Rig {
  /** The address of the front, without a slash. */
  readonly base: string;
  /** Says a line and gives the one-time link in the answer, as it is reached on this machine. */
  linkOf(line: string): Promise<string>;
}

/** Starts the product with its pages; of Slack's installation there is everything but Slack, which always says yes. */
export async function openFront(): Promise<FrontRig> {
  const rig = await openRig();
  const { clock } = rig;
  const open = createOpen({ kaltura: rig.gateway, store: rig.store, now: clock.now });
  const front = createFront({
    port: 0,
    host: '127.0.0.1',
    routes: [...createGoRoutes({ tickets: rig.tickets, open, log: silent }), ...installRoutes(rig)],
    ready: () => true,
    clock: { now: clock.now, wait: () => new Promise(() => {}) },
    log: silent,
    newId: () => 'abcdefgh',
  });
  const base = `http://127.0.0.1:${await front.start()}`;
  return {
    ...rig,
    base,
    async linkOf(line) {
      const [shown] = await rig.say(line);
      const door = shown?.view.nodes.find((node) => node.kind === 'door');
      if (door?.kind !== 'door') throw new Error(`There is no link in the answer to ${line}.`);
      return `${base}${new URL(door.address.reveal()).pathname}`;
    },
    async stop() {
      await front.stop();
      await rig.stop();
    },
  };
}

function installRoutes({ clock, store }: Rig): Route[] {
  let ids = 0;
  const newId = () => `id-${ids++}`;
  const back = '/slack/oauth_redirect';
  const { begin, finish } = createInstaller({
    oauth: {
      authorizeUrl: (state) => `${back}?code=yes&state=${encodeURIComponent(state)}`,
      async exchange() {
        const tokens = { token: 'xoxb-test' };
        return { tenant: 'T1', name: 'Acme <b>Events</b>', address: 'https://acme.slack.com/app', tokens };
      },
      async renew() {
        throw new Error('Nothing is renewed here.');
      },
    },
    states: createStates(new Secret('state'), clock, newId),
    workspaces: { async add() {} },
    claim: store.claimDelivery,
    installUrl: '/slack/install',
    clock,
    newId,
    log: silent,
  });
  return [
    { method: 'GET', path: '/slack/install', handle: begin },
    { method: 'GET', path: back, handle: finish },
  ];
}
