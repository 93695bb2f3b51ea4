import { isObject, type JsonObject, parseJson, stringAt } from '../../json.js';
import { type Forgery, forgeries, mintAuthorization } from '../authority/tokens.js';
import type { Delivery, Platform } from '../platform.js';

export interface DeliveryOptions {
  /** Sends with a token that is bad in this way. */
  forgery?: Forgery;
  /** Fields of the activity replaced by others; undefined takes one away. */
  activity?: JsonObject;
  /** Headers added or replaced. */
  headers?: Record<string, string>;
  /** The answer is meant to be a refusal: no complaint about its status. */
  refusal?: boolean;
}

/** Milliseconds by the clock that Teams waits for the answer to an invoke. */
const INVOKE_DEADLINE = 10_000;

/** Posts a body to the bot as it is, with these headers. */
export async function postToBot(platform: Platform, body: string, headers: Record<string, string>): Promise<Response> {
  if (platform.botUrl === undefined) throw new Error('connect the bot first');
  return fetch(platform.botUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
      ...headers,
    },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(platform.patience),
  });
}

/** Sends one activity with a token and records what came back; failures stand in `failure`. */
export async function deliver(
  platform: Platform,
  tenantId: string,
  original: JsonObject,
  options: DeliveryOptions = {},
): Promise<Delivery> {
  const activity: JsonObject = { ...original, ...options.activity };
  const delivery: Delivery = {
    kind: 'delivery',
    what: stringAt(activity, 'name') ?? stringAt(activity, 'type') ?? 'nothing',
    at: platform.clock.now(),
    activity,
    status: undefined,
    headers: {},
    answer: '',
    json: undefined,
    elapsed: 0,
    failure: undefined,
    dialog: undefined,
    notice: undefined,
    results: [],
  };
  platform.log.push(delivery);
  platform.changed();
  const authorization = mintAuthorization(platform, tenantId, stringAt(activity, 'serviceUrl') ?? '', options.forgery);
  try {
    const response = await postToBot(platform, JSON.stringify(activity), {
      ...(authorization === undefined ? {} : { authorization }),
      ...options.headers,
    });
    delivery.status = response.status;
    delivery.headers = Object.fromEntries(response.headers);
    delivery.answer = await response.text();
  } catch (error) {
    delivery.failure =
      error instanceof DOMException && error.name === 'TimeoutError' ? 'no answer in time' : 'no answer';
  }
  delivery.elapsed = platform.clock.now() - delivery.at;
  judgeTransport(platform, delivery, options);
  platform.changed();
  return delivery;
}

function judgeTransport(platform: Platform, delivery: Delivery, options: DeliveryOptions): void {
  const { status, headers, answer } = delivery;
  const isInvoke = delivery.activity.type === 'invoke';
  if (headers['content-type']?.startsWith('application/json') === true) delivery.json = parseJson(answer);
  if (delivery.failure === undefined && isInvoke && delivery.elapsed > INVOKE_DEADLINE) {
    delivery.failure = 'no answer in time';
  }
  const refusalMeant =
    options.refusal === true || (options.forgery !== undefined && forgeries[options.forgery] !== 200);
  if (status !== undefined && (status < 200 || status > 299)) delivery.failure ??= `status ${status}`;
  if (delivery.failure !== undefined) {
    if (!refusalMeant) platform.complain(`${delivery.what}: ${delivery.failure}`);
    if (/\n\s+at |node_modules/.test(answer)) platform.complain(`${delivery.what}: the answer shows a stack trace`);
    return;
  }
  if (status !== 200) platform.complain(`${delivery.what}: status ${status} instead of 200`);
  if (refusalMeant) platform.complain(`${delivery.what}: accepted (${status}) what had to be refused`);
  if (isInvoke) {
    if (answer !== '' && !isObject(delivery.json)) platform.complain(`${delivery.what}: the answer is no JSON object`);
  } else if (answer !== '') {
    platform.complain(`${delivery.what}: answered with a body: ${answer.slice(0, 80)}`);
  }
}
