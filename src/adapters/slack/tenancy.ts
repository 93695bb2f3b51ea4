import type { Logger } from '@slack/bolt';
import type { Clock, Installations, Log, NewId, Store } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import { type Access, createSingleAccess } from './access.js';
import { createClients } from './clients.js';
import { createInstaller, type Installer } from './install.js';
import { createOAuth } from './oauth.js';
import { createStates } from './state.js';
import { createWorkspaces, type Workspaces } from './workspaces.js';

/** A Slack app that many workspaces install. */
export interface SlackApp {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly stateSecret: Secret;
  /** Where browsers reach the front, without a final slash. */
  readonly publicUrl: string;
}

/** One workspace by its bot token, or every workspace that installs the app. */
export type Tenancy =
  | { readonly kind: 'one workspace'; readonly botToken: Secret }
  | ({
      readonly kind: 'many workspaces';
      readonly installations: Installations;
      readonly claim: Store['claimDelivery'];
    } & SlackApp);

/** Access to the workspaces, and how they come and go where there are many. */
export interface OpenTenancy {
  readonly access: Access;
  readonly many: { readonly workspaces: Workspaces; readonly installer: Installer } | undefined;
}

export interface TenancyParts {
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  readonly log: Log;
}

export function openTenancy(tenancy: Tenancy, parts: TenancyParts): OpenTenancy {
  const { apiUrl, clock, newId, logger, log } = parts;
  switch (tenancy.kind) {
    case 'one workspace':
      return { access: createSingleAccess(createClients(apiUrl, tenancy.botToken, logger)), many: undefined };
    case 'many workspaces': {
      const { clientId, clientSecret, installations, claim } = tenancy;
      const installUrl = `${tenancy.publicUrl}/slack/install`;
      const app = { clientId, clientSecret, redirectUri: `${tenancy.publicUrl}/slack/oauth_redirect` };
      const oauth = createOAuth({ app, apiUrl, clients: createClients(apiUrl, undefined, logger), clock });
      const workspaces = createWorkspaces({ installations, oauth, installUrl, apiUrl, clock, logger, log });
      const states = createStates(tenancy.stateSecret, clock, newId);
      const installer = createInstaller({ oauth, states, workspaces, claim, installUrl, clock, newId, log });
      return { access: workspaces, many: { workspaces, installer } };
    }
    default: {
      const never: never = tenancy;
      return never;
    }
  }
}
