import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Secret } from '../../core/secret.js';

/** How far a request's stamp may lie from now on either side, in milliseconds; Slack's own rule is five minutes. */
const window = 300_000;

/** Says why a request is not Slack's, or undefined when it is: HMAC-SHA256 of "v0:stamp:body" by the signing secret. */
export function findForgery(
  secret: Secret,
  headers: IncomingHttpHeaders,
  body: Buffer,
  now: number,
): string | undefined {
  const stamp = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof stamp !== 'string' || typeof signature !== 'string') return 'it is not signed';
  if (!/^\d{1,12}$/.test(stamp)) return 'its time stamp is no number';
  if (Math.abs(now - Number(stamp) * 1000) > window) return 'its time stamp is more than five minutes away';
  const expected = Buffer.from(
    `v0=${createHmac('sha256', secret.reveal()).update(`v0:${stamp}:`).update(body).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'its signature is wrong';
  return undefined;
}
