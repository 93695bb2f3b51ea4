import { isObject, type JsonObject, parseJson } from '../json.js';
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
  const at = platform.clock.now();
  const delivery: Delivery = {
    kind: outgoing.kind,
    at,
    teamId: workspace.teamId,
    payload: outgoing.payload,
    body: outgoing.body,
    contentType: outgoing.contentType,
    status: undefined,
    headers: {},
    answer: '',
    json: undefined,
    elapsed: 0,
    errors: {},
    options: [],
  };
  platform.log.push(delivery);
  platform.changed();
  try {
    if (workspace.requestUrl === undefined) await sendOverSocket(platform, delivery, options);
    else await sendOverHttp(platform, workspace, workspace.requestUrl, delivery, options);
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

async function sendOverHttp(
  platform: Platform,
  workspace: Workspace,
  requestUrl: string,
  delivery: Delivery,
  options: DeliveryOptions,
): Promise<void> {
  const seconds = Math.floor(delivery.at / 1000) + (options.skew ?? 0);
  const secret = options.signingSecret ?? workspace.signingSecret;
  const response = await fetch(requestUrl, {
    method: 'POST',
    headers: {
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      accept: 'application/json,*/*',
      'content-type': delivery.contentType,
      ...(options.unsigned === true ? {} : signBody(secret, delivery.body, seconds)),
      ...options.headers,
    },
    body: delivery.body,
    redirect: 'manual',
    signal: AbortSignal.timeout(platform.patience),
  });
  delivery.status = response.status;
  delivery.headers = Object.fromEntries(response.headers);
  delivery.answer = await response.text();
  judgeTransport(platform, delivery);
}

async function sendOverSocket(platform: Platform, delivery: Delivery, options: DeliveryOptions): Promise<void> {
  const { sockets } = platform;
  if (sockets?.connected !== true) throw new Error('no request URL and no app connected by Socket Mode');
  const signal = AbortSignal.timeout(platform.patience);
  const expired = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const payload = await Promise.race([sockets.send(delivery.kind, delivery.payload, options.headers ?? {}), expired]);
  delivery.status = 200;
  delivery.json = payload;
  delivery.answer = payload === undefined || payload === '' ? '' : JSON.stringify(payload);
}

/** Forged and stale deliveries are sent to be refused. */
function expectsRefusal(options: DeliveryOptions): boolean {
  return options.signingSecret !== undefined || options.unsigned === true || Math.abs(options.skew ?? 0) > 300;
}

function judgeTransport(platform: Platform, delivery: Delivery): void {
  const contentType = delivery.headers['content-type'];
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
  } else if (isObject(parseJson(delivery.answer))) {
    platform.complain(`${delivery.kind}: JSON sent as ${contentType ?? 'nothing'} would be shown as text`);
  }
}
