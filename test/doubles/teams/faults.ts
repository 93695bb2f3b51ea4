import type { ConnectorOperation } from './platform.js';

export type FaultEffect =
  | { kind: 'status'; status: number; code?: string; retryAfter?: number; body?: string; contentType?: string }
  /** The connection is cut before anything is done. */
  | { kind: 'reset' }
  /** Nothing is done and no answer comes until the double stops. */
  | { kind: 'hang' }
  /** The call is carried out; the answer is a 502, a cut connection, or never comes. */
  | { kind: 'delivered'; end: 'bad gateway' | 'reset' | 'hang' }
  /** Sends the caller elsewhere; the stranger's host unless told. */
  | { kind: 'redirect'; status: 301 | 302 | 307 | 308; to?: string }
  /** Half of the answer, then the connection is cut. */
  | { kind: 'truncated' }
  /** The call waits until the promise settles, then goes on. */
  | { kind: 'held'; until: Promise<unknown> };

type FaultPlace = ConnectorOperation | 'token' | 'openid' | 'upload' | 'any';

interface Fault {
  at: FaultPlace;
  effect: FaultEffect;
  /** Hits only calls to this conversation. */
  conversation?: string;
  /** How many calls it hits; 1 unless told. */
  times?: number;
  /** How many matching calls pass before it; 0 unless told. */
  after?: number;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Returns the effect for a call and counts it. */
  take(place: FaultPlace, conversation?: string): FaultEffect | undefined;
}

/** Holds the faults a test has ordered, hit in the order they were added. */
export function createFaults(): Faults {
  let pending: (Fault & { left: number; passing: number })[] = [];
  return {
    add: (fault) => void pending.push({ ...fault, left: fault.times ?? 1, passing: fault.after ?? 0 }),
    clear: () => {
      pending = [];
    },
    take(place, conversation) {
      const fault = pending.find(
        (one) =>
          (one.at === place || one.at === 'any') &&
          (one.conversation === undefined || one.conversation === conversation?.split(';')[0]),
      );
      if (fault === undefined) return undefined;
      if (fault.passing > 0) {
        fault.passing -= 1;
        return undefined;
      }
      fault.left -= 1;
      if (fault.left <= 0) pending = pending.filter((one) => one !== fault);
      return fault.effect;
    },
  };
}
