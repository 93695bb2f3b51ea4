import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const appId = '11111111-1111-4111-8111-111111111111';
const tenant = '22222222-2222-4222-8222-222222222222';
const issuer = 'https://api.botframework.com';
const kid = 'key-of-the-bench';
/** One token serves many activities, as Teams' own do. */
const tokens = 16;

/**
 * A Teams that takes every message well and at once, with the login and the signing keys that belong to it; it judges
 * nothing, so it costs next to nothing.
 */
export async function startTeams() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const listeners = new Set();
  const login = { requests: 0, open: true, delay: 0 };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => answer(request, Buffer.concat(chunks).toString(), response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  const serviceUrl = `${url}/emea/`;
  const { n, e } = publicKey.export({ format: 'jwk' });
  const documents = {
    '/openid': { issuer, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] },
    '/keys': { keys: [{ kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, endorsements: ['msteams'] }] },
  };

  async function answer({ method, url: path }, body, response) {
    if (documents[path]) return write(response, 200, documents[path]);
    if (path === '/login/oauth2/v2.0/token') {
      login.requests += 1;
      if (!login.open) return write(response, 503, {});
      await wait(login.delay);
      return write(response, 200, { token_type: 'Bearer', expires_in: 3600, access_token: 'token-of-the-bench' });
    }
    const conversation = /^\/emea\/v3\/conversations\/([^/]+)\/activities/.exec(path)?.[1];
    if (method !== 'POST' || !conversation) return write(response, 404, { error: { code: 'NotFound' } });
    write(response, 201, { id: randomUUID() });
    for (const listener of listeners) listener({ conversation: decodeURIComponent(conversation), body });
  }

  function mint() {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: appId, nbf: now - 300, exp: now + 3600, serviceurl: serviceUrl };
    const signed = `${encode({ typ: 'JWT', alg: 'RS256', kid, x5t: kid })}.${encode(claims)}`;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }

  return {
    login,
    env: {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'a-password-of-the-bench',
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: tenant,
      TEAMS_SERVICE_HOSTS: new URL(url).host,
      ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
      ToBotFromChannelTokenIssuer: issuer,
      ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
      OAuthUrl: `${url}/oauth`,
      ToChannelFromBotLoginUrl: `${url}/login`,
      ToChannelFromBotOAuthScope: issuer,
      CallerId: 'urn:botframework:azure',
      ValidateAuthority: 'true',
    },
    /** Tells of every message that comes in; gives what ends it. */
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** As many activities as asked for in so many personal chats, each with an id of its own, under tokens that hold. */
    deliver(shape, count, chats) {
      const minted = Array.from({ length: tokens }, mint);
      return Array.from({ length: count }, (_, index) => {
        const conversation = `a:bench-chat-${index % chats}`;
        const activity = { ...describe(serviceUrl, conversation, index % chats), ...shape };
        return address(conversation, activity, minted[index % tokens]);
      });
    },
    /** The same activity under a token whose signature is another's. */
    forge(shape) {
      const activity = { ...describe(serviceUrl, 'a:bench-chat-0', 0), ...shape };
      const [head, claims, signature] = mint().split('.');
      const turned = Buffer.from(signature, 'base64url').reverse().toString('base64url');
      return address('a:bench-chat-0', activity, `${head}.${claims}.${turned}`);
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');

function write(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** What every activity of a personal chat carries, as Teams sends it. */
function describe(serviceUrl, conversation, person) {
  const aadObjectId = `33333333-3333-4333-8333-${String(person).padStart(12, '0')}`;
  return {
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    localTimezone: 'Europe/Berlin',
    serviceUrl,
    channelId: 'msteams',
    from: { id: `29:bench-person-${person}`, name: 'Alex Wilber', aadObjectId },
    conversation: { conversationType: 'personal', tenantId: tenant, id: conversation },
    recipient: { id: `28:${appId}`, name: 'Webcast' },
    entities: [{ locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/Berlin', type: 'clientInfo' }],
    channelData: { tenant: { id: tenant } },
    locale: 'en-GB',
  };
}

function address(conversation, activity, token) {
  const body = JSON.stringify(activity);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${token}`,
  };
  return { path: '/api/messages', conversation, headers, body };
}
