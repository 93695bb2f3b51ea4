import type { Authorize } from '@slack/bolt';
import type { Log } from '../../core/ports.js';

/** Says in a sentence why the bot may not act for a workspace or organization, or undefined when it may. */
export type Admit = (tenant: string) => Promise<string | undefined>;

/** A single workspace's bot: Slack signs only what is meant for this app, so every signed request is its own. */
export const admitSigned: Admit = async () => undefined;

/** Bolt answers a failed authorize with an empty 200, so a refusal travels on as context.refusal and is said in words. */
export function createAuthorize(admit: Admit, log: Log): Authorize<boolean> {
  return async (source) => {
    const tenant = (source.isEnterpriseInstall ? source.enterpriseId : source.teamId) ?? '';
    try {
      const refusal = await admit(tenant);
      return refusal === undefined ? {} : { refusal };
    } catch (error) {
      log.error({ err: error, tenant }, 'A Slack installation could not be looked up');
      return { refusal: 'The bot cannot look up this workspace right now. Try again in a minute.' };
    }
  };
}
