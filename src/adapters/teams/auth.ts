import { verify } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../core/ports.js';
import type { Keys } from './keys.js';

/** What a verified token says beside that it is Teams' own. */
type Checked =
  | { readonly kind: 'verified'; readonly serviceUrl: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Checks the authorization header of a request to the bot; rejects when the keys cannot be had. */
export type CheckToken = (authorization: string | undefined) => Promise<Checked>;

export interface AuthParts {
  readonly keys: Keys;
  readonly clock: Clock;
  readonly appId: string;
  readonly issuer: string;
}

/** How far clocks may differ, in milliseconds: the Bot Framework's own five minutes. */
const skew = 5 * 60_000;
const longest = 16_000;
const channel = 'msteams';

const header = z.object({ alg: z.literal('RS256'), kid: z.string().min(1) });
const payload = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  serviceurl: z.string(),
});

/**
 * Verifies tokens that Teams' connector signs (RS256, one issuer, our audience, a key endorsed for Teams). The SDK's own
 * check also takes emulator and skill tokens, keys without endorsements and any serviceUrl with them, and it keeps the
 * tenant of every token that was ever tried.
 */
export function createCheckToken({ keys, clock, appId, issuer }: AuthParts): CheckToken {
  return async (authorization) => {
    const token = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization ?? '');
    if (!token?.[1] || !token[2] || !token[3] || token[0].length > longest) return refuse('there is no bearer token');
    const [, first, second, third] = token;
    const head = header.safeParse(readPart(first));
    const said = payload.safeParse(readPart(second));
    if (!head.success) return refuse('the token is not signed by RS256');
    if (!said.success) return refuse('the token lacks claims');
    const { iss, aud, exp, nbf, serviceurl } = said.data;
    if (iss !== issuer) return refuse('the issuer is another');
    if (aud !== appId) return refuse('the audience is another');
    const now = clock.now();
    if (exp * 1000 + skew < now) return refuse('the token has expired');
    if (nbf !== undefined && nbf * 1000 - skew > now) return refuse('the token is not valid yet');
    const found = await keys.find(head.data.kid);
    if (!found) return refuse('the signing key is unknown');
    if (!found.endorsements.includes(channel)) return refuse('the signing key is not endorsed for Teams');
    const signed = Buffer.from(`${first}.${second}`);
    if (!verify('RSA-SHA256', signed, found.key, Buffer.from(third, 'base64url')))
      return refuse('the signature is wrong');
    return { kind: 'verified', serviceUrl: serviceurl };
  };
}

const refuse = (why: string): Checked => ({ kind: 'refused', why });

function readPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
