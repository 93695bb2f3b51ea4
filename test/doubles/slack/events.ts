import { type DeliveryOptions, deliver, sendBody } from './delivery.js';
import type { JsonObject } from './json.js';
import { actionTs, VERIFICATION_TOKEN } from './payloads.js';
import type { Delivery, Platform, Workspace } from './platform.js';

/** Reasons Slack names when it repeats an event. */
export type RetryReason =
  | 'http_timeout'
  | 'connection_failed'
  | 'http_error'
  | 'ssl_error'
  | 'too_many_redirects'
  | 'unknown_error';

/** Wraps an event in the Events API envelope. */
export function eventEnvelope(platform: Platform, workspace: Workspace, event: JsonObject): JsonObject {
  return {
    token: VERIFICATION_TOKEN,
    team_id: workspace.teamId,
    context_team_id: workspace.teamId,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event: { ...event, event_ts: actionTs(platform) },
    type: 'event_callback',
    event_id: platform.ids.next('Ev'),
    event_time: Math.floor(platform.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.teamId,
        user_id: workspace.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${platform.ids.secret('context', 20)}`,
  };
}

/** Sends an event once. */
export async function sendEvent(
  platform: Platform,
  workspace: Workspace,
  event: JsonObject,
  options: DeliveryOptions = {},
): Promise<Delivery> {
  return deliver(platform, workspace, 'event', eventEnvelope(platform, workspace, event), options);
}

/** Sends an earlier delivery again to the byte: same event_id or trigger_id, fresh signature, retry headers for events. */
export async function resend(
  platform: Platform,
  workspace: Workspace,
  delivery: Delivery,
  retry?: { number: number; reason: RetryReason },
): Promise<Delivery> {
  const headers =
    retry === undefined ? {} : { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason };
  return sendBody(platform, workspace, delivery, { headers });
}
