import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock, Log, Store } from '../core/ports.js';
import type { Secret } from '../core/secret.js';
import { type EntryId, isEntryId } from '../core/webcast.js';
import { type FrontRequest, say } from './front.js';

/** What a notification has to carry; all that is known here is checked. */
export interface NotificationKeys {
  /** The account's admin secret, which Kaltura signs with. */
  readonly adminSecret: Secret | undefined;
  /** Words in the header X-Webcast-Token, for a bot that does not hold the admin secret. */
  readonly token: Secret | undefined;
}

export interface NotificationParts {
  readonly keys: NotificationKeys;
  /** Takes the entries that something happened to. */
  heard(entries: readonly EntryId[]): Promise<void>;
  readonly claim: Store['claimDelivery'];
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Answers Kaltura's event notifications: 204 when they were taken, which Kaltura counts as delivered like 200 alone. Of what
 * they say the ids of entries are taken and nothing else, since a body may be old, out of order, or long overtaken.
 */
export function createNotifications({ keys, heard, claim, clock, log }: NotificationParts) {
  const closed = !keys.adminSecret && !keys.token;
  let told = false;

  function refuseAll(response: ServerResponse): void {
    if (!told)
      log.warn(
        {},
        "Kaltura's notifications are not taken: set KALTURA_WEBHOOK_TOKEN, or KALTURA_ADMIN_SECRET to check signatures",
      );
    told = true;
    say(response, 404, 'There is nothing at this address.');
  }

  return async (request: FrontRequest, response: ServerResponse): Promise<void> => {
    if (closed) return refuseAll(response);
    const { requestId, rawBody } = request;
    const forgery = findForgery(keys, request.headers, rawBody);
    if (forgery) {
      log.warn({ requestId, reason: forgery }, "A notification is not Kaltura's");
      return say(response, 401, 'This is not signed as it should be.');
    }
    const notification = readNotification(rawBody);
    if (!notification) {
      log.warn({ requestId }, 'A notification could not be read');
      return say(response, 400, 'This is no notification.');
    }
    const { job, entries } = notification;
    // Nothing in the signature says when: a notification that is sent again is known by its job.
    const isNew = job === undefined || (await claim(`kaltura notification ${job}`, clock.now()));
    if (isNew && entries.length > 0) await heard(entries);
    log.debug({ requestId, job, entries, isNew }, 'A notification was taken');
    response.writeHead(204, { 'cache-control': 'no-store' }).end();
  };
}

const algorithms = ['sha1', 'sha256', 'sha512'];

/** Says why a request is not Kaltura's, or undefined when it is: hex hash of the admin secret followed by the raw body. */
function findForgery(
  { adminSecret, token }: NotificationKeys,
  headers: IncomingHttpHeaders,
  body: Buffer,
): string | undefined {
  if (token && !isToken(headers['x-webcast-token'], token)) return 'its token is wrong';
  if (!adminSecret) return undefined;
  const signature = headers['x-kaltura-signature'];
  const named = headers['x-kaltura-hash-algo'] ?? 'sha1';
  const algorithm = algorithms.find((one) => one === String(named).toLowerCase());
  if (!algorithm) return 'its algorithm is none that Kaltura signs with';
  if (typeof signature !== 'string' || !/^([\da-f]{2})+$/i.test(signature)) return 'it is not signed';
  const expected = createHash(algorithm).update(adminSecret.reveal()).update(body).digest();
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'its signature is wrong';
  return undefined;
}

/** Compared by digests, which are of one length. */
function isToken(given: string | string[] | undefined, token: Secret): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(token.reveal()));
}

interface Notification {
  /** Stays the same when Kaltura sends it again; flat forms have none. */
  readonly job: string | undefined;
  readonly entries: readonly EntryId[];
}

const jsonSchema = z.object({
  object: z.looseObject({}),
  eventNotificationJobId: z.union([z.number(), z.string()]).optional(),
});

/** Reads JSON, JSON in the field `data` of a form, or a form of entry_id; undefined when it is none of them. */
function readNotification(body: Buffer): Notification | undefined {
  const text = body.toString('utf8').trim();
  if (text.startsWith('{')) return readJson(text);
  const form = new URLSearchParams(text);
  const data = form.get('data');
  if (data !== null) return readJson(data);
  const id = form.get('entry_id');
  return id === null ? undefined : { job: undefined, entries: isEntryId(id) ? [id] : [] };
}

function readJson(text: string): Notification | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const read = jsonSchema.safeParse(body);
  if (!read.success) return undefined;
  const { object, eventNotificationJobId } = read.data;
  const entries = new Set([object.id, object.rootEntryId, object.entryId].filter(isId));
  return { job: eventNotificationJobId?.toString(), entries: [...entries] };
}

const isId = (value: unknown): value is EntryId => typeof value === 'string' && isEntryId(value);
