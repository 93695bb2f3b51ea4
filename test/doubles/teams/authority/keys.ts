import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { JsonObject } from '../../json.js';

/** Which published list a key stands in: the channel's, or the directory's. */
type Door = 'channel' | 'directory';

export interface SigningKey {
  kid: string;
  door: Door;
  /** The channels a key is good for; undefined leaves the field out. */
  endorsements: string[] | undefined;
  published: boolean;
}

type Algorithm = 'RS256' | 'HS256' | 'none';

export interface KeyRing {
  readonly keys: SigningKey[];
  /** The key set document of one door. */
  document(door: Door): { keys: JsonObject[] };
  /** Withdraws the channel's first key and publishes a new one, which signs from now on. */
  rotate(): SigningKey;
  /** Signs claims; with another `algorithm` or a stranger's key it makes tokens that must be refused. */
  sign(claims: JsonObject, kid: string, options?: { algorithm?: Algorithm; stranger?: boolean }): string;
  /** The key that signs the channel's tokens now. */
  current(door: Door): SigningKey;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Made once, since making a pair is slow: one for every published kid, and one that nobody published. */
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Makes the keys of one double. */
export function createKeys(): KeyRing {
  const { n, e } = pair.publicKey.export({ format: 'jwk' });
  let generation = 1;
  const keys: SigningKey[] = [
    { kid: 'channel-1', door: 'channel', endorsements: ['msteams', 'webchat'], published: true },
    { kid: 'other-channel', door: 'channel', endorsements: ['slack'], published: true },
    { kid: 'no-endorsements', door: 'channel', endorsements: undefined, published: true },
    { kid: 'directory-1', door: 'directory', endorsements: undefined, published: true },
  ];

  function signatureOf(input: string, algorithm: Algorithm, foreign: boolean): string {
    switch (algorithm) {
      case 'RS256':
        return sign('sha256', Buffer.from(input), (foreign ? stranger : pair).privateKey).toString('base64url');
      case 'HS256': {
        const publicText = pair.publicKey.export({ type: 'spki', format: 'pem' });
        return createHmac('sha256', publicText).update(input).digest('base64url');
      }
      case 'none':
        return '';
      default: {
        const never: never = algorithm;
        throw new Error(`unknown algorithm ${String(never)}`);
      }
    }
  }

  return {
    keys,
    document: (door) => ({
      keys: keys
        .filter((key) => key.published && key.door === door)
        .map(({ kid, endorsements }) => ({
          kty: 'RSA',
          use: 'sig',
          kid,
          x5t: kid,
          n,
          e,
          ...(endorsements === undefined ? {} : { endorsements }),
        })),
    }),
    rotate() {
      for (const key of keys) if (key.kid === `channel-${generation}`) key.published = false;
      generation += 1;
      const key: SigningKey = {
        kid: `channel-${generation}`,
        door: 'channel',
        endorsements: ['msteams', 'webchat'],
        published: true,
      };
      keys.push(key);
      return key;
    },
    sign(claims, kid, { algorithm = 'RS256', stranger: foreign = false } = {}) {
      const header = { typ: 'JWT', alg: algorithm, kid, x5t: kid };
      const input = `${encode(header)}.${encode(claims)}`;
      return `${input}.${signatureOf(input, algorithm, foreign)}`;
    },
    current(door) {
      const kid = door === 'channel' ? `channel-${generation}` : 'directory-1';
      const key = keys.find((one) => one.kid === kid);
      if (key === undefined) throw new Error(`no key ${kid}`);
      return key;
    },
  };
}
