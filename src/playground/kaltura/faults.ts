import { ApiError, invalidKs } from './errors.js';

export type FaultKind =
  | 'delay'
  | 'hang'
  | 'http'
  | 'html'
  | 'truncated'
  | 'lost'
  | 'blocked'
  | 'rate-limited'
  | 'expired-session';

export const FAULT_KINDS: readonly FaultKind[] = [
  'delay',
  'hang',
  'http',
  'html',
  'truncated',
  'lost',
  'blocked',
  'rate-limited',
  'expired-session',
];

/** One planned misbehaviour. */
export interface Fault {
  kind: FaultKind;
  /** `service.action` in any case; `*` stands for any text. */
  pattern: string;
  /** How many calls are still to be hit. */
  times: number;
  /** Milliseconds of a delay. */
  delay: number;
  /** HTTP status of kinds http and html. */
  status: number;
}

/** Faults that hit the request as a whole; the others answer a single call. */
const WHOLE: ReadonlySet<FaultKind> = new Set(['delay', 'hang', 'http', 'html', 'truncated', 'lost', 'rate-limited']);

function matches(pattern: string, name: string): boolean {
  const expression = pattern
    .toLowerCase()
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${expression.join('.*')}$`).test(name.toLowerCase());
}

/** The planned misbehaviours of a server, used up call by call. */
export class Faults {
  private planned: Fault[] = [];
  private readonly onDefect: (error: unknown) => void;

  constructor(onDefect: (error: unknown) => void) {
    this.onDefect = onDefect;
  }

  /** Plans a misbehaviour. */
  plan(fault: Fault): void {
    this.planned.push({ ...fault });
  }

  /** Lists what is still planned. */
  list(): Fault[] {
    return this.planned.map((fault) => ({ ...fault }));
  }

  /** Forgets all plans. */
  clear(): void {
    this.planned = [];
  }

  private take(wanted: (fault: Fault) => boolean): Fault | undefined {
    const index = this.planned.findIndex(wanted);
    const fault = this.planned[index];
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.planned.splice(index, 1);
    return fault;
  }

  /** Takes the fault that hits a request holding these calls, if there is one. */
  takeForRequest(names: string[]): Fault | undefined {
    return this.take((fault) => WHOLE.has(fault.kind) && names.some((name) => matches(fault.pattern, name)));
  }

  /** Throws the API error that hits a call, if one is planned. */
  checkCall(service: string, action: string, hasSession: boolean): void {
    const name = `${service}.${action}`;
    const fault = this.take(
      ({ kind, pattern }) =>
        (kind === 'blocked' || (kind === 'expired-session' && hasSession)) && matches(pattern, name),
    );
    if (fault?.kind === 'blocked') throw new ApiError('ACTION_BLOCKED', { ACTION_NAME: action, SERVICE_NAME: service });
    if (fault?.kind === 'expired-session') throw invalidKs('EXPIRED');
  }

  /** Hands an unexpected error of this server to whoever runs it. */
  reportDefect(error: unknown): void {
    this.onDefect(error);
  }
}
