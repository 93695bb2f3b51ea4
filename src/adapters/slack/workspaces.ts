import type { Logger } from '@slack/bolt';
import { BotError } from '../../core/errors.js';
import type { Clock, Installations, Log } from '../../core/ports.js';
import { Secret } from '../../core/secret.js';
import type { Access } from './access.js';
import { createClients } from './clients.js';
import { slackCode } from './errors.js';
import { memoize } from './memoize.js';
import { createMemory } from './memory.js';
import { type Granted, type Installation, installationSchema, type OAuth } from './oauth.js';

/** The workspaces and organizations that have installed the app. */
export interface Workspaces extends Access {
  add(granted: Granted): Promise<void>;
  /** Forgets an installation, or one that was made before a moment only; what is not there is forgotten already. */
  remove(tenant: string, madeBefore?: number): Promise<void>;
}

export interface WorkspacesParts {
  readonly installations: Installations;
  readonly oauth: OAuth;
  /** The address of /slack/install. */
  readonly installUrl: string;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly log: Log;
}

const platform = 'slack';
/** For how long, in milliseconds, and of how many tenants an installation is kept in memory. */
const minute = 60_000;
const most = 500;
/** Tokens that rotate live for twelve hours, and are renewed when less than this is left, in milliseconds. */
const margin = 2 * 60 * minute;

/** Slack's ways to say that a token will never be taken again. */
const isDead = (code: string | undefined): boolean =>
  code === 'token_revoked' || code === 'account_inactive' || code === 'invalid_auth';

/** Keeps the installations of many workspaces and gives each its own clients; their tokens are renewed in time. */
export function createWorkspaces(parts: WorkspacesParts): Workspaces {
  const { installations, oauth, clock, log } = parts;
  const memory = createMemory<Installation | undefined>(clock, minute, most);
  const renewing = new Map<string, Promise<Installation>>();
  const clientsFor = memoize((one: Installation) => createClients(parts.apiUrl, new Secret(one.token), parts.logger));
  const absence = `Webcast is not installed in this workspace, or no longer. Install it here: ${parts.installUrl}`;
  // Its channels cannot be posted to: what they follow is paused, and an installation alone does not revive it.
  const absent = (cause?: unknown) => new BotError('cannot_post', absence, 'Subscribe again after that.', cause);

  async function read(tenant: string): Promise<Installation | undefined> {
    const payload = await installations.get(platform, tenant);
    return payload && installationSchema.parse(JSON.parse(payload.reveal()));
  }

  async function save(tenant: string, installation: Installation): Promise<void> {
    await installations.save(platform, tenant, new Secret(JSON.stringify(installation)), clock.now());
    memory.forget(tenant);
  }

  async function forget(tenant: string): Promise<void> {
    await installations.delete(platform, tenant);
    memory.forget(tenant);
  }

  /** A tenant without an installation is looked up each time, since it may be installed at another replica. */
  async function find(tenant: string): Promise<Installation | undefined> {
    const found = await memory.get(tenant, () => read(tenant));
    if (found === undefined) memory.forget(tenant);
    return found;
  }

  const isDue = ({ rotation }: Installation): boolean =>
    rotation !== undefined && rotation.expiresAt - clock.now() < margin;

  /** A refresh token works once, so that all who wait for a tenant's new token wait for one call. */
  function renewOnce(tenant: string): Promise<Installation> {
    const running = renewing.get(tenant) ?? renew(tenant).finally(() => renewing.delete(tenant));
    renewing.set(tenant, running);
    return running;
  }

  async function renew(tenant: string): Promise<Installation> {
    memory.forget(tenant);
    const known = await read(tenant);
    if (!known) throw absent();
    // Another replica was first.
    if (!known.rotation || !isDue(known)) return known;
    try {
      const renewed = { ...known, ...(await oauth.renew(known.rotation.refreshToken)) };
      await save(tenant, renewed);
      return renewed;
    } catch (error) {
      const since = await read(tenant);
      if (since && !isDue(since)) return since;
      log.warn({ err: error, tenant }, "A workspace's token could not be renewed");
      if (known.rotation.expiresAt > clock.now()) return known;
      if (slackCode(error) !== 'invalid_refresh_token') throw error;
      await forget(tenant);
      throw absent(error);
    }
  }

  return {
    admit: async (tenant) => ((await find(tenant)) ? undefined : absence),

    async clientsOf(tenant) {
      const found = await find(tenant);
      if (!found) throw absent();
      return clientsFor(isDue(found) ? await renewOnce(tenant) : found);
    },

    async explainRefusal(tenant, clients, error) {
      const code = slackCode(error);
      if (!isDead(code)) return undefined;
      const known = await read(tenant);
      memory.forget(tenant);
      if (known && known.token !== clients.prompt.token) {
        return new BotError('unavailable', 'Webcast was just installed anew.', 'Try again.', error);
      }
      await forget(tenant);
      log.info({ tenant, code }, 'Slack takes the token of a workspace no longer; its installation was deleted');
      return absent(error);
    },

    async add({ tenant, tokens }) {
      await save(tenant, { ...tokens, installedAt: clock.now() });
      log.info({ tenant }, 'A workspace has installed the app');
    },

    async remove(tenant, madeBefore) {
      if (madeBefore !== undefined) {
        const known = await read(tenant);
        if (known && known.installedAt >= madeBefore) return;
      }
      await forget(tenant);
      log.info({ tenant }, 'A workspace has removed the app; its installation was deleted');
    },
  };
}
