import type { JsonObject } from './json.js';
import { parseJson } from './json.js';
import type { Delivery, DeliveryKind, Platform, Workspace } from './platform.js';
import { signBody } from './signature.js';

export interface DeliveryOptions {
  /** Seconds added to the request timestamp. */
  skew?: number;
  /** Signs with another secret. */
  signingSecret?: string;
  /** Headers added or overridden, such as the retry headers. */
  headers?: Record<string, string>;
  /** Sends without a signature. */
  unsigned?: boolean;
}

/** The 3 seconds an app has to answer, by the clock. */
const DEADLINE = 3_000;
const FORM = 'application/x-www-form-urlencoded';

/** How a kind of delivery is put into a request body. */
function encode(kind: DeliveryKind, payload: JsonObject): { body: string; contentType: string } {
  switch (kind) {
    case 'command':
    case 'ssl_check': {
      const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
      return { body: new URLSearchParams(fields).toString(), contentType: FORM };
    }
    case 'event':
    case 'url_verification':
      return { body: JSON.stringify(payload), contentType: 'application/json' };
    case 'block_actions':
    case 'block_suggestion':
    case 'view_submission':
    case 'view_closed':
    case 'shortcut':
    case 'message_action':
      return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), contentType: FORM };
    default: {
      const never: never = kind;
      throw new Error(`unknown delivery ${String(never)}`);
    }
  }
}

/** Sends one signed delivery to the app and records what came back; failures stand in `failure`. */
export async function deliver(
  platform: Platform,
  workspace: Workspace,
  kind: DeliveryKind,
  payload: JsonObject,
  options: DeliveryOptions = {},
): Promise<Delivery> {
  return sendBody(platform, workspace, { kind, payload, ...encode(kind, payload) }, options);
}

export interface Outgoing {
  kind: DeliveryKind;
  payload: JsonObject;
  body: string;
  contentType: string;
}

/** Sends a body as it is, signed now: the way to repeat a delivery to the byte. */
export async function sendBody(
  platform: Platform,
  workspace: Workspace,
  outgoing: Outgoing,
  options: DeliveryOptions,
): Promise<Delivery> {
  const { requestUrl } = workspace;
  if (requestUrl === undefined) throw new Error('the double does not know the request URL of the app yet');
  const at = platform.clock.now();
  const seconds = Math.floor(at / 1000) + (options.skew ?? 0);
  const headers = {
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    accept: 'application/json,*/*',
    'content-type': outgoing.contentType,
    ...(options.unsigned === true
      ? {}
      : signBody(options.signingSecret ?? workspace.signingSecret, outgoing.body, seconds)),
    ...options.headers,
  };
  const delivery: Delivery = {
    kind: outgoing.kind,
    at,
    teamId: workspace.teamId,
    payload: outgoing.payload,
    body: outgoing.body,
    contentType: outgoing.contentType,
    status: undefined,
    answer: '',
    json: undefined,
    elapsed: 0,
    errors: {},
    options: [],
  };
  platform.log.push(delivery);
  platform.changed();
  try {
    const response = await fetch(requestUrl, {
      method: 'POST',
      headers,
      body: outgoing.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(platform.patience),
    });
    delivery.status = response.status;
    delivery.answer = await response.text();
    judgeTransport(delivery, response.headers.get('content-type'));
  } catch (error) {
    delivery.failure =
      error instanceof DOMException && error.name === 'TimeoutError' ? 'operation_timeout' : 'dispatch_failed';
  }
  delivery.elapsed = platform.clock.now() - at;
  if (delivery.failure === undefined && delivery.elapsed > DEADLINE) delivery.failure = 'operation_timeout';
  if (delivery.failure !== undefined && !expectsRefusal(options)) {
    platform.complain(
      `${delivery.kind}: failed with the error "${delivery.failure}" (status ${delivery.status ?? 'none'})`,
    );
  }
  platform.changed();
  return delivery;
}

/** Forged and stale deliveries are sent to be refused. */
function expectsRefusal(options: DeliveryOptions): boolean {
  return options.signingSecret !== undefined || options.unsigned === true || Math.abs(options.skew ?? 0) > 300;
}

function judgeTransport(delivery: Delivery, contentType: string | null): void {
  if (delivery.status === undefined || delivery.status < 200 || delivery.status > 299) {
    delivery.failure = 'dispatch_failed';
    return;
  }
  if (delivery.answer === '') return;
  if (contentType?.startsWith('application/json') === true) {
    delivery.json = parseJson(delivery.answer);
    if (delivery.json === undefined) delivery.failure = 'invalid_json';
  } else if (delivery.kind !== 'command' && delivery.kind !== 'url_verification') {
    delivery.failure = 'invalid_content_type';
  }
}
