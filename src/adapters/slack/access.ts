import type { BotError } from '../../core/errors.js';
import type { Clients } from './clients.js';

/** Which workspaces the bot may act for, and whose token a call to Slack carries. */
export interface Access {
  /** Says in a sentence why the bot may not act for a workspace or organization, or undefined when it may. */
  admit(tenant: string): Promise<string | undefined>;
  /** The clients that carry the token of a tenant; raises BotError when there is none. */
  clientsOf(tenant: string): Clients | Promise<Clients>;
  /** Hears what a call with these clients has thrown; gives the error to raise when it is about the tenant's token. */
  explainRefusal(tenant: string, clients: Clients, error: unknown): Promise<BotError | undefined>;
}

/** A single workspace's bot: Slack signs only what is meant for this app, so every signed request is its own. */
export function createSingleAccess(clients: Clients): Access {
  return {
    admit: async () => undefined,
    clientsOf: () => clients,
    explainRefusal: async () => undefined,
  };
}
