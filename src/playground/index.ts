import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlaygroundWord } from '../adapters/terminal/index.js';
import type { Clock, NewId } from '../core/ports.js';
import { Secret } from '../core/secret.js';
import { createEncoder } from './encoder.js';
import { createKalturaServer } from './kaltura/index.js';

/** Everything that lets a person try the bot without an account. */
export interface Playground {
  readonly kaltura: {
    readonly serviceUrl: string;
    readonly partnerId: number;
    readonly credentials: { readonly kind: 'admin secret'; readonly secret: Secret };
    readonly notifications: { readonly adminSecret: Secret; readonly token: undefined };
  };
  readonly words: readonly PlaygroundWord[];
  readonly banner: readonly string[];
  stop(): Promise<void>;
}

const partnerId = 101;
/** Seconds that this Kaltura takes to finish a recording; a real one takes minutes. */
const recordingReadyAfter = 3;

const banner = [
  'The Kaltura webcast bot, in demo mode: a Kaltura of its own, and this terminal as the chat.',
  '  create "Q3 Town Hall" --start "in 10 minutes"    plan a webcast (create alone asks the whole form)',
  '  encoder start                                    send a picture; only the crew sees it (drop, stop)',
  '  golive, then end                                 show it to viewers, take it away again',
  '  embed, recording, status, list                   the rest of the show',
  '  help                                             all commands; help create explains one; quit leaves',
];

/** Starts a Kaltura that behaves, on loopback, and an encoder to play with; its state stays in dataDir. */
export async function openPlayground(parts: {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly newId: NewId;
}): Promise<Playground> {
  const { clock, newId } = parts;
  await mkdir(parts.dataDir, { recursive: true, mode: 0o700 });
  const secrets = { adminSecret: newId(), userSecret: newId(), mediaSecret: newId() };
  const server = createKalturaServer({
    partnerId,
    ...secrets,
    host: '127.0.0.1',
    port: 0,
    clock,
    recordingReadyAfter,
    stateFile: join(parts.dataDir, 'kaltura.json'),
  });
  const { url } = await server.start();
  const serviceUrl = url.replace(/\/+$/, '');
  const encoder = createEncoder({ serviceUrl, partnerId, mediaSecret: secrets.mediaSecret, clock });
  const adminSecret = new Secret(secrets.adminSecret);
  return {
    kaltura: {
      serviceUrl,
      partnerId,
      credentials: { kind: 'admin secret', secret: adminSecret },
      notifications: { adminSecret, token: undefined },
    },
    words: [...encoder.words(), createPause(clock)],
    banner,
    stop: () => server.stop(),
  };
}

/** Lets a story that is replayed wait for what takes its time. */
function createPause(clock: Clock): PlaygroundWord {
  return {
    name: 'wait',
    takes: (next) => /^\d{1,3}$/.test(next),
    help: 'wait 5                                           let five seconds pass (in a story that is replayed)',
    async run([seconds]) {
      await clock.wait(Number(seconds) * 1000);
      return `${seconds} seconds have passed.`;
    },
  };
}
