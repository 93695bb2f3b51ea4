import type { JsonObject } from '../json.js';
import { type DeliveryOptions, deliver, sendBody } from './delivery.js';
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

export interface SendEventOptions extends DeliveryOptions {
  /** Repeats a failed event as Slack does; `wait` moves the clock by the milliseconds in between. */
  retries?: { wait(milliseconds: number): void | Promise<void> };
}

/** Slack repeats at once, after a minute and after five. */
const RETRY_WAITS = [0, 60_000, 300_000];

/** Wraps an event in the Events API envelope. */
function wrapEvent(platform: Platform, workspace: Workspace, event: JsonObject): JsonObject {
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

/** Sends an event, and repeats it when it failed and retries are asked for; returns the last delivery. */
export async function sendEvent(
  platform: Platform,
  workspace: Workspace,
  event: JsonObject,
  { retries, ...options }: SendEventOptions = {},
): Promise<Delivery> {
  let delivery = await deliver(platform, workspace, 'event', wrapEvent(platform, workspace, event), options);
  if (retries === undefined) return delivery;
  for (const [index, wait] of RETRY_WAITS.entries()) {
    if (delivery.failure === undefined || delivery.headers['x-slack-no-retry'] === '1') break;
    await retries.wait(wait);
    const reason = delivery.failure === 'operation_timeout' ? 'http_timeout' : reasonOf(delivery);
    delivery = await resend(platform, workspace, delivery, { number: index + 1, reason });
  }
  return delivery;
}

function reasonOf(delivery: Delivery): RetryReason {
  return delivery.status === undefined ? 'connection_failed' : 'http_error';
}

/** Sends an earlier delivery again to the byte: same event_id or trigger_id, signed anew, with retry headers for events. */
export async function resend(
  platform: Platform,
  workspace: Workspace,
  delivery: Delivery,
  retry?: { number: number; reason: RetryReason },
): Promise<Delivery> {
  const headers: Record<string, string> =
    retry === undefined ? {} : { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason };
  return sendBody(platform, workspace, delivery, { headers });
}

/** Tells the app that its events were held back: an envelope without an event. */
export async function sendRateLimited(platform: Platform, workspace: Workspace): Promise<Delivery> {
  return deliver(platform, workspace, 'event', {
    token: VERIFICATION_TOKEN,
    type: 'app_rate_limited',
    team_id: workspace.teamId,
    minute_rate_limited: Math.floor(platform.clock.now() / 60_000) * 60,
    api_app_id: workspace.appId,
  });
}
