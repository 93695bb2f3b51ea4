export type FaultEffect =
  | { kind: 'error'; error: string }
  | { kind: 'ratelimited'; retryAfter: number }
  | { kind: 'status'; status: number; body?: string; contentType?: string }
  | { kind: 'truncated' }
  | { kind: 'reset' }
  /** The call is carried out and the answer never arrives. */
  | { kind: 'lost' }
  /** The call waits until the promise settles, then goes on. */
  | { kind: 'held'; until: Promise<unknown> };

export interface Fault {
  /** A Web API method, or `*` for all. */
  method: string;
  effect: FaultEffect;
  /** How many calls it hits; 1 unless told. */
  times?: number;
  /** How many calls of the method pass before it; 0 unless told. */
  after?: number;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Returns the effect for a call of the method and counts it. */
  take(method: string): FaultEffect | undefined;
}

/** Holds the faults a test has ordered, hit in the order they were added. */
export function createFaults(): Faults {
  let pending: { method: string; effect: FaultEffect; times: number; after: number }[] = [];
  return {
    add: ({ method, effect, times = 1, after = 0 }) => void pending.push({ method, effect, times, after }),
    clear: () => {
      pending = [];
    },
    take(method) {
      const fault = pending.find((candidate) => candidate.method === method || candidate.method === '*');
      if (fault === undefined) return undefined;
      if (fault.after > 0) {
        fault.after -= 1;
        return undefined;
      }
      fault.times -= 1;
      if (fault.times <= 0) pending = pending.filter((candidate) => candidate !== fault);
      return fault.effect;
    },
  };
}
