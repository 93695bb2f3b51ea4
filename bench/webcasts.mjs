import { createKalturaServer } from '../dist/playground/kaltura/index.js';

/** How many calls one request carries. */
const together = 100;
/** A media server that a Kaltura of the playground knows by name, and the steps of an encoder as it reports them. */
const hostname = 'wowza1.kaltura.test';
const steps = { authenticated: 3, broadcasting: 2, playable: 1 };
const mediaServerPartner = -5;

/** The behaving Kaltura with a producer and a media server that act by whole crowds of webcasts. */
export async function startKaltura() {
  const server = createKalturaServer({ recordingReadyAfter: 1 });
  const { url } = await server.start();
  const { partnerId, adminSecret, mediaSecret } = server.account;

  async function post(body) {
    const answer = await fetch(`${url}/api_v3/service/${body.service}${body.action ? `/action/${body.action}` : ''}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ format: 1, ...body }),
    });
    return answer.json();
  }

  const openSession = (secret, partner) =>
    post({ service: 'session', action: 'start', secret, partnerId: partner, type: 2, expiry: 86_400 });
  const admin = await openSession(adminSecret, partnerId);
  const media = await openSession(mediaSecret, mediaServerPartner);

  /** Sends many calls of liveStream, a hundred in a request; gives their answers. */
  async function send(ks, action, calls) {
    const answers = [];
    for (let from = 0; from < calls.length; from += together) {
      const some = calls.slice(from, from + together).map((call) => ({ service: 'liveStream', action, ...call }));
      const numbered = Object.fromEntries(some.map((call, index) => [String(index + 1), call]));
      const got = await post({ service: 'multirequest', ks, partnerId, ...numbered });
      const refused = got.find?.((one) => one?.objectType === 'KalturaAPIException');
      if (!Array.isArray(got) || refused)
        throw new Error(`Kaltura refused ${action}: ${JSON.stringify(refused ?? got)}`);
      answers.push(...got);
    }
    return answers;
  }

  return {
    server,
    env: {
      KALTURA_SERVICE_URL: url,
      KALTURA_PARTNER_ID: String(partnerId),
      KALTURA_ADMIN_SECRET: adminSecret,
    },
    account: { serviceUrl: url, partnerId, adminSecret },
    /** Makes webcasts as the bot's own create does; gives their ids. */
    async add(count) {
      const calls = Array.from({ length: count }, (_, index) => ({
        sourceType: '32',
        liveStreamEntry: {
          objectType: 'KalturaLiveStreamEntry',
          name: `Town Hall ${index}`,
          description: 'The quarter in figures, and questions.',
          tags: 'all-hands',
          adminTags: 'kms-webcast-event,vpaas-webcast',
          mediaType: 201,
          dvrStatus: 1,
          dvrWindow: 60,
          recordStatus: 2,
          explicitLive: 1,
        },
      }));
      return (await send(admin, 'add', calls)).map(({ id }) => id);
    },
    /** Has an encoder send a picture to each. */
    async sendPictures(ids) {
      for (const step of Object.values(steps))
        await send(
          media,
          'registerMediaServer',
          ids.map((entryId) => ({
            entryId,
            hostname,
            mediaServerIndex: '0',
            applicationName: 'kLive',
            liveEntryStatus: step,
          })),
        );
    },
    /** Switches the encoders off. */
    stopPictures: (ids) =>
      send(
        media,
        'unregisterMediaServer',
        ids.map((entryId) => ({ entryId, hostname, mediaServerIndex: '0' })),
      ),
    /** Lets viewers in. */
    open: (ids) =>
      send(
        admin,
        'update',
        ids.map((entryId) => ({
          entryId,
          liveStreamEntry: { objectType: 'KalturaLiveStreamEntry', viewMode: 1, recordingStatus: 2 },
        })),
      ),
    stop: () => server.stop(),
  };
}

/** What the bench itself asks of Kaltura while it plays producer and media server. */
const acted = new Set(['livestream.registermediaserver', 'livestream.unregistermediaserver', 'livestream.update']);

/** The requests that came from the bot since the log was cleared, counted by what they asked. */
export function countRequests({ server }) {
  const { requests, total } = server.requests.read();
  if (total > requests.length) throw new Error(`Only ${requests.length} of ${total} requests were kept`);
  const counts = new Map();
  for (const { calls } of requests) {
    const [first] = calls;
    if (!acted.has(first)) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return counts;
}
