import { z } from 'zod';
import { BotError } from '../core/errors.js';
import type { Clock } from '../core/ports.js';
import { type EntryId, entryIdSchema } from '../core/webcast.js';

/** Kaltura's own partner for its media servers; only its sessions may register a broadcast. */
const mediaServerPartner = -5;
/** A media server that a Kaltura server of the playground knows by name. */
const hostname = 'wowza1.kaltura.test';
const sessionSeconds = 86_400;
const timeoutMilliseconds = 10_000;

/** Which of an entry's two ways in an encoder uses. */
export type Path = 'main' | 'backup';

/** How far a broadcast has come, as a media server reports it: KalturaEntryServerNodeStatus 3, 2 and 1. */
type FeedStep = 'authenticated' | 'broadcasting' | 'playable';
const stepNumbers: Readonly<Record<FeedStep, number>> = { authenticated: 3, broadcasting: 2, playable: 1 };

const liveEntrySchema = z.object({
  id: entryIdSchema,
  name: z.string(),
  sourceType: z.coerce.string(),
  explicitLive: z.boolean().default(false),
  viewMode: z.number().default(1),
});

/** A live entry as far as an encoder's operator cares. */
export type LiveEntry = z.infer<typeof liveEntrySchema>;

const errorSchema = z.object({
  objectType: z.literal('KalturaAPIException'),
  code: z.string(),
  message: z.string(),
});

export interface MediaServerParts {
  readonly serviceUrl: string;
  readonly partnerId: number;
  /** The secret of partner -5. */
  readonly mediaSecret: string;
  readonly clock: Clock;
  readonly fetch?: typeof globalThis.fetch;
}

/** What a media server tells Kaltura about encoders; all raise BotError. */
export interface MediaServer {
  register(entry: EntryId, path: Path, step: FeedStep): Promise<LiveEntry>;
  unregister(entry: EntryId, path: Path): Promise<LiveEntry>;
  /** The account's live entries that take Kaltura's own ingest, newest first, at most 30. */
  newest(): Promise<readonly LiveEntry[]>;
}

/** Plays a media server over the API. */
export function createMediaServer(parts: MediaServerParts): MediaServer {
  const send = parts.fetch ?? globalThis.fetch;
  let session: { readonly ks: string; readonly until: number } | undefined;

  async function post(service: string, action: string, fields: object): Promise<unknown> {
    const address = `${parts.serviceUrl.replace(/\/+$/, '')}/api_v3/service/${service}/action/${action}`;
    try {
      const response = await send(address, {
        method: 'POST',
        // Kaltura reads a JSON body under exactly this type, without a charset.
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify({ format: 1, ...fields }),
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      const body: unknown = await response.json();
      return body;
    } catch (error) {
      throw new BotError('unavailable', 'Kaltura does not answer the encoder.', 'Try again in a moment.', error);
    }
  }

  async function openSession(): Promise<string> {
    const now = parts.clock.now();
    if (session && now < session.until) return session.ks;
    const fields = { secret: parts.mediaSecret, partnerId: mediaServerPartner, type: 2, expiry: sessionSeconds };
    const ks = read(z.string(), await post('session', 'start', fields));
    session = { ks, until: now + (sessionSeconds - 60) * 1000 };
    return ks;
  }

  async function call<T>(action: string, fields: object, answer: z.ZodType<T>): Promise<T> {
    const known = session;
    const ask = async () => {
      const ks = await openSession();
      return read(answer, await post('liveStream', action, { ks, partnerId: parts.partnerId, ...fields }));
    };
    try {
      return await ask();
    } catch (error) {
      // A Kaltura that was started anew no longer knows the session kept from before.
      if (!known || !(error instanceof BotError) || error.code !== 'forbidden') throw error;
      session = undefined;
      return ask();
    }
  }

  const about = (entry: EntryId, path: Path) => ({
    entryId: entry,
    hostname,
    mediaServerIndex: path === 'main' ? '0' : '1',
  });

  return {
    register: (entry, path, step) =>
      call(
        'registerMediaServer',
        { ...about(entry, path), applicationName: 'kLive', liveEntryStatus: stepNumbers[step] },
        liveEntrySchema,
      ),
    unregister: (entry, path) => call('unregisterMediaServer', about(entry, path), liveEntrySchema),
    async newest() {
      const filter = { objectType: 'KalturaLiveStreamEntryFilter', orderBy: '-createdAt', sourceTypeEqual: '32' };
      const fields = 'id,name,sourceType,explicitLive,viewMode';
      const responseProfile = { objectType: 'KalturaDetachedResponseProfile', type: 1, fields };
      const pager = { objectType: 'KalturaFilterPager', pageSize: 30 };
      const page = z.object({ objects: z.array(liveEntrySchema) });
      const { objects } = await call('list', { filter, pager, responseProfile }, page);
      return objects.filter((entry) => entry.sourceType === '32');
    },
  };
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const refusal = errorSchema.safeParse(body);
  if (refusal.success) throw translate(refusal.data);
  const answer = schema.safeParse(body);
  if (answer.success) return answer.data;
  throw new BotError('unavailable', 'Kaltura answers the encoder with something else.', 'Try again.', answer.error);
}

function translate({ code, message }: z.infer<typeof errorSchema>): BotError {
  switch (code) {
    case 'ENTRY_ID_NOT_FOUND':
    case 'INVALID_ENTRY_ID':
      return new BotError('not_found', 'Kaltura knows no such webcast.', 'Type list to see those there are.');
    case 'ENTRY_SERVER_NODE_NOT_FOUND':
      return new BotError('refused', 'No encoder sends to that webcast.', 'Type encoder start to send a picture.');
    case 'START_SESSION_ERROR':
      return new BotError(
        'misconfigured',
        'Kaltura does not accept the media server of this playground.',
        'The encoder only works against the Kaltura that the playground brings.',
      );
    case 'INVALID_KS':
    case 'SERVICE_FORBIDDEN':
      return new BotError('forbidden', 'Kaltura does not let the encoder in.', 'Start the playground again.');
    default:
      return new BotError('refused', `Kaltura refuses the encoder (${code}): ${message}`, 'Type status to see why.');
  }
}
