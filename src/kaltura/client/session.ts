import { createHash } from 'node:crypto';
import { AppTokenStartSessionAction } from 'kaltura-typescript-client/types/AppTokenStartSessionAction.js';
import { KalturaSessionType } from 'kaltura-typescript-client/types/KalturaSessionType.js';
import { SessionStartAction } from 'kaltura-typescript-client/types/SessionStartAction.js';
import { SessionStartWidgetSessionAction } from 'kaltura-typescript-client/types/SessionStartWidgetSessionAction.js';
import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.js';
import { Secret } from '../../core/secret.js';
import { type Instant, instant } from '../../core/webcast.js';
import type { Caller, Question } from './caller.js';
import { KalturaError, wireFault } from './error.js';

/** How the bot proves to Kaltura who it is; app tokens are preferred, since deleting one ends all its sessions. */
export type Credentials =
  | { readonly kind: 'app token'; readonly id: string; readonly token: Secret }
  | { readonly kind: 'admin secret'; readonly secret: Secret };

/** The session that calls are made with, renewed before it ends by one renewal at a time. */
export interface Sessions {
  /** The session now; waits only when there is none that is still good. */
  current(): Promise<string>;
  /** A newer session than the one that was refused. */
  renew(refused: string): Promise<string>;
  /** Mints the first session and keeps a good one from then on. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Session {
  readonly ks: Secret;
  /** From here on it is renewed in the background. */
  readonly due: Instant;
  readonly ends: Instant;
}

/** Seconds asked for; a token or an account may grant less. */
const wanted = 86_400;
const widgetLife = 600;
/** Who the bot is to Kaltura without an app token: webcasts made by nobody have no owner, and nobody to see their preview. */
const botUser = 'webcast-bot';
/** Milliseconds: a session is renewed with five minutes or a tenth of its life left, whichever is less. */
const margin = 5 * 60_000;
/** Milliseconds that a session counts as good at least, so that a wrong clock cannot make a renewal of every call. */
const shortest = 60_000;
/** Milliseconds between looks at the clock, so that a computer that slept finds out soon. */
const nap = 5 * 60_000;
const pauseAfterFailure = 30_000;

/** The hash that an app token wants is told nowhere before a session exists; these are tried in turn. */
const hashes = ['sha256', 'sha1', 'sha512', 'md5'] as const;

const sessionString = z.string().min(1);
const widget = z.object({ ks: sessionString });
const granted = z.object({ ks: sessionString, expiry: z.number().optional(), sessionType: z.number().optional() });

/** Keeps the session of one account. Never session.end: it would log out every session of the same app token. */
export function createSessions(parts: {
  readonly caller: Caller;
  readonly partnerId: number;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly log: Log;
}): Sessions {
  const { caller, partnerId, credentials, clock, log } = parts;
  let session: Session | undefined;
  let renewal: Promise<Session> | undefined;
  let goodHash: (typeof hashes)[number] | undefined;
  const closing = new AbortController();
  let upkeep: Promise<void> = Promise.resolve();

  async function ask<T>(question: Question<T>, ks: string | undefined): Promise<T> {
    const [answer] = await caller.ask([question], ks, { repeatable: true });
    if (answer instanceof KalturaError) throw answer;
    return question.schema.parse(answer);
  }

  function sessionOf(ks: string, expiry: number | undefined): Session {
    const now = clock.now();
    const left = expiry === undefined ? wanted * 1000 : expiry * 1000 - now;
    const life = Math.min(Math.max(left, shortest), wanted * 1000);
    return {
      ks: new Secret(ks),
      due: instant(now + life - Math.min(margin, life / 10)),
      ends: instant(now + life),
    };
  }

  async function startWithSecret(secret: Secret): Promise<Session> {
    const request = new SessionStartAction({
      secret: secret.reveal(),
      type: KalturaSessionType.admin,
      partnerId,
      userId: botUser,
      expiry: wanted,
      // Without it an account with entitlement hides webcasts of private categories even from an admin.
      privileges: 'disableentitlement',
    });
    return sessionOf(await ask({ request, schema: sessionString }, undefined), undefined);
  }

  async function startWithToken(id: string, token: Secret): Promise<Session> {
    const open = new SessionStartWidgetSessionAction({ widgetId: `_${partnerId}`, expiry: widgetLife });
    const { ks } = await ask({ request: open, schema: widget }, undefined);
    const candidates = goodHash === undefined ? hashes : [goodHash];
    let refusal: KalturaError | undefined;
    for (const hash of candidates) {
      const tokenHash = createHash(hash).update(`${ks}${token.reveal()}`).digest('hex');
      const request = new AppTokenStartSessionAction({ id, tokenHash, type: KalturaSessionType.admin, expiry: wanted });
      try {
        const answer = await ask({ request, schema: granted }, ks);
        goodHash = hash;
        if (answer.sessionType === KalturaSessionType.user)
          log.warn({ token: id }, 'the app token makes user sessions; creating webcasts needs an admin session');
        return sessionOf(answer.ks, answer.expiry);
      } catch (error) {
        if (!(error instanceof KalturaError) || error.code !== 'INVALID_APP_TOKEN_HASH') throw error;
        refusal = error;
      }
    }
    goodHash = undefined;
    throw refusal ?? wireFault('UNREADABLE', 'no hash was tried', {});
  }

  function mint(): Promise<Session> {
    switch (credentials.kind) {
      case 'admin secret':
        return startWithSecret(credentials.secret);
      case 'app token':
        return startWithToken(credentials.id, credentials.token);
      default: {
        const never: never = credentials;
        return never;
      }
    }
  }

  function renewOnce(): Promise<Session> {
    renewal ??= mint()
      .then((minted) => {
        session = minted;
        log.info({ ends: new Date(minted.ends).toISOString() }, 'a Kaltura session begins');
        return minted;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  }

  async function current(): Promise<string> {
    const good = session !== undefined && clock.now() < session.ends ? session : await renewOnce();
    return good.ks.reveal();
  }

  async function renew(refused: string): Promise<string> {
    const newer = session !== undefined && session.ks.reveal() !== refused ? session : await renewOnce();
    return newer.ks.reveal();
  }

  async function keepGood(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const left = session === undefined ? 0 : session.due - clock.now();
      try {
        if (left > 0) await clock.wait(Math.min(left, nap), signal);
        else await renewOnce();
      } catch (error) {
        if (signal.aborted) return;
        const reason = error instanceof Error ? error.message : String(error);
        log.warn({ reason }, 'the Kaltura session could not be renewed yet');
        await clock.wait(pauseAfterFailure, signal).catch(() => undefined);
      }
    }
  }

  async function start(): Promise<void> {
    await renewOnce();
    upkeep = keepGood(closing.signal);
  }

  async function stop(): Promise<void> {
    closing.abort();
    await upkeep;
  }

  return { current, renew, start, stop };
}
