import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Signs what cards carry, so that only what the bot itself wrote for a tenant is acted upon there. */
export interface Signer {
  sign(tenant: string, text: string): string;
  verify(tenant: string, text: string, signature: string): boolean;
}

/** Signs by HMAC-SHA256 under a key derived from a secret that all replicas have. */
export function createSigner(secret: string): Signer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'card lines, version 1', 32));
  const sign = (tenant: string, text: string): string =>
    createHmac('sha256', key).update(`${tenant}\n${text}`).digest().subarray(0, 16).toString('base64url');
  return {
    sign,
    verify(tenant, text, signature) {
      const expected = Buffer.from(sign(tenant, text));
      const given = Buffer.from(signature);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
