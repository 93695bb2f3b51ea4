import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock, NewId } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';

/** How long a person may take to let the app in, in milliseconds; Slack's code lives as long. */
export const stateLifetime = 600_000;

/** What a state turned out to be when it came back; its nonce tells it from all others. */
export type Returned =
  | { readonly kind: 'ours'; readonly nonce: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'foreign' };

/** Makes and reads the state that goes through Slack and back, bound to the browser that holds the binding. */
export interface States {
  issue(binding: string): string;
  read(state: string, binding: string): Returned;
}

/** Signs states as "stamp.nonce.HMAC-SHA256", so that any replica can read what another one has issued. */
export function createStates(secret: Secret, clock: Clock, newId: NewId): States {
  const sign = (claim: string, binding: string) =>
    createHmac('sha256', secret.reveal()).update(`slack install ${claim} ${binding}`).digest('base64url');

  return {
    issue(binding) {
      const claim = `${clock.now().toString(36)}.${newId()}`;
      return `${claim}.${sign(claim, binding)}`;
    },
    read(state, binding) {
      const [, stamp = '', nonce = '', mac = ''] = /^([0-9a-z]{1,12})\.([\w-]{1,64})\.([\w-]{43})$/.exec(state) ?? [];
      const expected = Buffer.from(sign(`${stamp}.${nonce}`, binding));
      const given = Buffer.from(mac);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: 'foreign' };
      return clock.now() - Number.parseInt(stamp, 36) <= stateLifetime ? { kind: 'ours', nonce } : { kind: 'expired' };
    },
  };
}
