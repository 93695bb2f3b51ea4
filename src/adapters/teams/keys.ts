import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.js';
import { exchange } from './exchange.js';

/** A key that signs requests to the bot, and the channels that it is endorsed for. */
interface SigningKey {
  readonly key: KeyObject;
  readonly endorsements: readonly string[];
}

/** The Bot Framework's published keys. */
export interface Keys {
  /** The key of this id; undefined when there is none. Rejects when no keys could be had at all. */
  find(id: string): Promise<SigningKey | undefined>;
}

export interface KeyParts {
  readonly metadataUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How long each of the two documents may take, in milliseconds. */
  readonly timeout: number;
}

/** Keys are good for a day; an unknown id asks again, at most twice a minute whoever sends it. All in milliseconds. */
const lifetime = 24 * 60 * 60_000;
const cooldown = 30_000;

const metadata = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const documents = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });
const rsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).optional().default([]),
});

/** Reads the keys from the OpenID documents when they are first needed, and keeps them. */
export function createKeys({ metadataUrl, clock, log, timeout }: KeyParts): Keys {
  let keys: ReadonlyMap<string, SigningKey> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    triedAt = clock.now();
    try {
      const { jwks_uri: address } = metadata.parse(await fetchJson(metadataUrl, timeout));
      // What is signed by keys that came in the clear is signed by anybody.
      if (metadataUrl.startsWith('https:') && !address.startsWith('https:'))
        throw new TypeError('jwks_uri is not https');
      const found = documents.parse(await fetchJson(address, timeout)).keys.flatMap((one) => readKey(one));
      keys = new Map(found);
      readAt = clock.now();
    } finally {
      reading = undefined;
    }
  }

  async function refresh(): Promise<void> {
    reading ??= read();
    try {
      await reading;
    } catch (error) {
      log.warn({ err: error }, "The Bot Framework's keys could not be read");
      if (!keys) throw error;
    }
  }

  return {
    async find(id) {
      const now = clock.now();
      const known = keys?.get(id);
      const stale = now - readAt > lifetime;
      const mayAsk = now - triedAt > cooldown;
      if (!keys || ((stale || !known) && mayAsk)) await refresh();
      return keys?.get(id);
    },
  };
}

function readKey(raw: unknown): [string, SigningKey][] {
  const found = rsaKey.safeParse(raw);
  if (!found.success) return [];
  const { kty, kid, n, e, endorsements } = found.data;
  return [[kid, { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), endorsements }]];
}

async function fetchJson(url: string, timeout: number): Promise<unknown> {
  const { status, text } = await exchange(url, { method: 'GET', headers: { accept: 'application/json' } }, timeout);
  if (status !== 200) throw new Error(`${new URL(url).host} answered ${status}`);
  return JSON.parse(text);
}
