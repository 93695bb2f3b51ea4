import { createHmac } from 'node:crypto';

/** Signs a raw body as Slack does: HMAC-SHA256 over `v0:seconds:body`, in the two request headers. */
export function signBody(secret: string, body: string, seconds: number): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${digest}` };
}
