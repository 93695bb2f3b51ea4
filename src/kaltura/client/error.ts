/** What can go wrong on the wire, before Kaltura's own error codes come into it. */
export type WireFault =
  | 'UNREACHABLE'
  | 'TIMED_OUT'
  | 'CUT_OFF'
  | 'HTTP_ERROR'
  | 'NOT_JSON'
  | 'TOO_LARGE'
  | 'UNREADABLE'
  | 'RATE_LIMITED'
  | 'STOPPED';

export interface KalturaErrorFacts {
  /** Kaltura's error code, or a WireFault. */
  readonly code: string;
  readonly message: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly httpStatus?: number | undefined;
  /** The same call may do better a moment later. */
  readonly retryable?: boolean;
  /** A write may have happened although no good answer came. */
  readonly unclear?: boolean;
  /** The number of the answer in Kaltura's own logs (X-Kaltura-Session). */
  readonly trace?: string | undefined;
  readonly cause?: unknown;
}

/** An answer of Kaltura that is an error, or no answer at all; it never holds a session. */
export class KalturaError extends Error {
  readonly code: string;
  readonly args: Readonly<Record<string, string>>;
  readonly httpStatus: number | undefined;
  readonly retryable: boolean;
  readonly unclear: boolean;
  readonly trace: string | undefined;

  constructor(facts: KalturaErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'KalturaError';
    this.code = facts.code;
    this.args = facts.args ?? {};
    this.httpStatus = facts.httpStatus;
    this.retryable = facts.retryable ?? false;
    this.unclear = facts.unclear ?? false;
    this.trace = facts.trace;
  }
}

/** Builds the error of a wire fault. */
export const wireFault = (
  code: WireFault,
  message: string,
  facts: Omit<KalturaErrorFacts, 'code' | 'message'>,
): KalturaError => new KalturaError({ code, message, ...facts });

/** A session of version 2 in any text: base64url of "v2|". */
const sessionText = /djJ8[\w\-+/=]+/g;

/** Takes sessions and the given secrets out of a text. Kaltura repeats a refused session in message and arguments. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length > 0);
  return known.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text).replace(sessionText, '[secret]');
}

/** Why a session was refused, as far as renewing it is concerned. */
export type Refusal = 'expired' | 'not an editor' | 'refused';

const refusedForGood = new Set(['-2', '-3', '-9', '-11']);

/**
 * Says what an INVALID_KS means, or undefined for other errors. Kaltura has no code for expiry: the reason stands
 * in KSID (EXPIRED, LOGOUT ...); an empty KSID with -4 means that the user may not edit this entry.
 */
export function refusalOf(error: KalturaError): Refusal | undefined {
  if (error.code !== 'INVALID_KS') return undefined;
  const reason = error.args.KSID ?? '';
  const errorCode = error.args.ERR_CODE ?? '';
  if (errorCode === '-4') return 'not an editor';
  if (reason.startsWith('EXCEEDED_RESTRICTED') || refusedForGood.has(errorCode)) return 'refused';
  return 'expired';
}

const absences = new Set([
  'SERVICE_FORBIDDEN',
  'ACTION_FORBIDDEN',
  'FEATURE_FORBIDDEN',
  'SERVICE_DOES_NOT_EXISTS',
  'ACTION_DOES_NOT_EXISTS',
]);

/** Whether the account has no such thing at all, or lets this session not use it. */
export const isAbsent = (error: KalturaError): boolean => absences.has(error.code);
