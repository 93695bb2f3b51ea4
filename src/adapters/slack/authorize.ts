import type { Authorize } from '@slack/bolt';
import type { Log } from '../../core/ports.js';
import type { Access } from './access.js';

/** Bolt answers a failed authorize with an empty 200, so a refusal travels on as context.refusal and is said in words. */
export function createAuthorize(access: Pick<Access, 'admit'>, log: Log): Authorize<boolean> {
  return async (source) => {
    const tenant = (source.isEnterpriseInstall ? source.enterpriseId : source.teamId) ?? '';
    try {
      const refusal = await access.admit(tenant);
      return refusal === undefined ? {} : { refusal };
    } catch (error) {
      log.error({ err: error, tenant }, 'A Slack installation could not be looked up');
      return { refusal: 'The bot cannot look up this workspace right now. Try again in a minute.' };
    }
  };
}
