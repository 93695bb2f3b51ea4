import type { Log } from '../../src/core/ports.js';
import { Secret } from '../../src/core/secret.js';
import { entryIdSchema, instant } from '../../src/core/webcast.js';
import { createKaltura } from '../../src/kaltura/index.js';
import { createEncoder } from '../../src/playground/encoder.js';
import type { KalturaServer } from '../../src/playground/kaltura/index.js';
import { openStore } from '../../src/store/index.js';
import { following } from '../rig/subscription.js';
import type { Audience } from './audience.js';

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => instant(Date.now()), wait: () => Promise.resolve() };

/** What the webcast is called. */
export const title = 'Town Hall';

/** Where the bots find their Kaltura and what they remember. */
export interface Ground {
  readonly kaltura: KalturaServer;
  readonly kalturaUrl: string;
  /** A database, or without it the folder. */
  readonly databaseUrl: string | undefined;
  readonly folder: string;
}

/** Has every channel follow all webcasts, and puts a webcast on air that nobody was told of yet. */
export async function putOnAir(
  { kaltura, kalturaUrl, databaseUrl, folder }: Ground,
  audience: Audience,
): Promise<void> {
  const { partnerId, adminSecret, mediaSecret } = kaltura.account;
  const credentials = { kind: 'admin secret' as const, secret: new Secret(adminSecret) };
  const gateway = createKaltura({ serviceUrl: kalturaUrl, partnerId, credentials, clock, log: quiet });
  const store = await openStore({ databaseUrl, dataDir: folder, log: quiet });
  try {
    const added = await gateway.create(planned(), 'chaos', false);
    const id = entryIdSchema.parse(added.id);
    await createEncoder({ serviceUrl: kalturaUrl, partnerId, mediaSecret, clock }).start(id);
    await gateway.goLive(id);
    await audience.prepare(store);
    for (const channel of audience.channels) {
      const place = { tenant: audience.tenant, channel, direct: false };
      await store.subscribe(following({ platform: audience.platform, place, owner: 'U1' }), clock.now());
    }
    await store.nudge(id, clock.now());
  } finally {
    await store.close();
    await gateway.stop();
  }
}

const planned = () => ({
  name: title,
  description: '',
  tags: [],
  start: clock.now(),
  end: instant(clock.now() + 3_600_000),
  zone: 'Etc/UTC' as never,
  dvr: true,
  dvrWindow: 60,
  recording: 'per-session' as const,
  preview: true,
  profile: undefined,
  multicast: false,
  copyEntitlement: true,
  hideRecording: true,
  archive: false,
});
