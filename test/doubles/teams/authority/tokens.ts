import type { JsonObject } from '../../json.js';
import type { Platform } from '../platform.js';

/** The ways a token can be bad, and two in which it is still good, with what the door must answer. */
export const forgeries = {
  'no token': 401,
  'lower-case scheme': 401,
  garbage: 401,
  'wrong audience': 401,
  'wrong issuer': 401,
  expired: 401,
  'expired within the skew': 200,
  'not valid yet': 401,
  'unknown key': 401,
  'bad signature': 401,
  'algorithm none': 401,
  'HS256 with the public key': 401,
  'no serviceurl claim': 401,
  'other serviceurl claim': 401,
  'serviceurl claim without the last slash': 401,
  "another channel's key": 401,
  'key without endorsements': 401,
  'own outgoing token': 401,
  'outgoing token of a foreign tenant': 401,
  'directory token for the app': 401,
} as const;

export type Forgery = keyof typeof forgeries;

const HOUR = 3_600;

function channelClaims(platform: Platform, serviceUrl: string): JsonObject {
  const now = Math.floor(platform.tokenClock.now() / 1000);
  return { iss: platform.issuer, aud: platform.app.id, nbf: now - 300, exp: now + HOUR, serviceurl: serviceUrl };
}

/** Makes the token the bot gets for its own calls; `tenantId` may be a foreign one. */
export function mintAccessToken(platform: Platform, tenantId: string, lifetime: number, audience?: string): string {
  const now = Math.floor(platform.tokenClock.now() / 1000);
  const claims = {
    aud: audience ?? 'https://api.botframework.com',
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: now,
    nbf: now,
    exp: now + lifetime,
    appid: platform.app.id,
    appidacr: '1',
    idp: `https://sts.windows.net/${tenantId}/`,
    tid: tenantId,
    uti: platform.ids.guid('token'),
    ver: '1.0',
  };
  return platform.keys.sign(claims, platform.keys.current('directory').kid);
}

/** Makes the authorization header of one delivery, good or forged as told; undefined sends none. */
export function mintAuthorization(
  platform: Platform,
  tenantId: string,
  serviceUrl: string,
  forgery?: Forgery,
): string | undefined {
  const { keys } = platform;
  const claims = channelClaims(platform, serviceUrl);
  const { kid } = keys.current('channel');
  const now = Math.floor(platform.tokenClock.now() / 1000);
  const foreign = '99999999-9999-4999-8999-999999999999';
  const bearer = (token: string) => `Bearer ${token}`;
  switch (forgery) {
    case undefined:
      return bearer(keys.sign(claims, kid));
    case 'no token':
      return undefined;
    case 'lower-case scheme':
      return `bearer ${keys.sign(claims, kid)}`;
    case 'garbage':
      return bearer('not.a.token');
    case 'wrong audience':
      return bearer(keys.sign({ ...claims, aud: foreign }, kid));
    case 'wrong issuer':
      return bearer(keys.sign({ ...claims, iss: 'https://issuer.invalid' }, kid));
    case 'expired':
      return bearer(keys.sign({ ...claims, nbf: now - 2 * HOUR, exp: now - 600 }, kid));
    case 'expired within the skew':
      return bearer(keys.sign({ ...claims, nbf: now - 2 * HOUR, exp: now - 240 }, kid));
    case 'not valid yet':
      return bearer(keys.sign({ ...claims, nbf: now + 900, exp: now + 2 * HOUR }, kid));
    case 'unknown key':
      return bearer(keys.sign(claims, 'nobody-knows'));
    case 'bad signature':
      return bearer(keys.sign(claims, kid, { stranger: true }));
    case 'algorithm none':
      return bearer(keys.sign(claims, kid, { algorithm: 'none' }));
    case 'HS256 with the public key':
      return bearer(keys.sign(claims, kid, { algorithm: 'HS256' }));
    case 'no serviceurl claim':
      return bearer(keys.sign({ ...claims, serviceurl: undefined }, kid));
    case 'other serviceurl claim':
      return bearer(keys.sign({ ...claims, serviceurl: `${platform.strangerUrl}/` }, kid));
    case 'serviceurl claim without the last slash':
      return bearer(keys.sign({ ...claims, serviceurl: serviceUrl.replace(/\/$/, '') }, kid));
    case "another channel's key":
      return bearer(keys.sign(claims, 'other-channel'));
    case 'key without endorsements':
      return bearer(keys.sign(claims, 'no-endorsements'));
    case 'own outgoing token':
      return bearer(mintAccessToken(platform, tenantId, HOUR));
    case 'outgoing token of a foreign tenant':
      return bearer(mintAccessToken(platform, foreign, HOUR));
    case 'directory token for the app':
      return bearer(mintAccessToken(platform, tenantId, HOUR, platform.app.id));
    default: {
      const never: never = forgery;
      throw new Error(`unknown forgery ${String(never)}`);
    }
  }
}
