import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Workspaces } from './workspaces.js';

const removal = z.object({
  event_time: z.number().optional(),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({ type: z.literal('tokens_revoked'), tokens: z.object({ bot: z.array(z.string()).nullish() }) }),
  ]),
});

/** Forgets a workspace as soon as it removes the app; Slack tells so by two events, in any order. */
export function listenForRemovals(app: App, workspaces: Pick<Workspaces, 'remove'>): void {
  app.event(/^(app_uninstalled|tokens_revoked)$/, async ({ body, context }) => {
    const { event, event_time: seconds } = removal.parse(body);
    // Tokens of persons only: the bot has none of these.
    if (event.type === 'tokens_revoked' && !event.tokens.bot?.length) return;
    const tenant = context.isEnterpriseInstall ? context.enterpriseId : context.teamId;
    if (tenant === undefined) return;
    // Slack repeats an event for minutes, and by then the app may be installed again.
    const late = context.retryNum !== undefined && seconds !== undefined;
    await workspaces.remove(tenant, late ? (seconds + 1) * 1000 : undefined);
  });
}
