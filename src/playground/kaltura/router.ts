import type { Account } from './account.js';
import type { Action, Call, Service } from './call.js';
import { ApiError, describeError, entryNotFound, internalError, invalidKs } from './errors.js';
import type { Faults } from './faults.js';
import { readArguments } from './input.js';
import { describeResult, readProfile } from './output.js';
import { mayCall } from './permissions.js';
import { attachRelatedObjects } from './related.js';
import { lacksPlugin } from './reports/lacks.js';
import { type ActionSchema, findService } from './schema.js';
import { SERVICES } from './services/index.js';
import { mayEdit, type Origin, openSession, type Session } from './session.js';
import { type Fields, int, isFields, text, type Value } from './values.js';

/** Actions that look whether the caller may edit the entry before they look at anything else. */
const EDITS_ENTRY = new Set([
  'livestream.update',
  'livestream.delete',
  'livestream.regeneratestreamtoken',
  'livestream.updateofflinethumbnailfromurl',
  'baseentry.update',
  'baseentry.delete',
  'baseentry.recycle',
  'media.update',
  'media.updatecontent',
  'media.approvereplace',
  'media.cancelreplace',
  'media.delete',
]);

interface Route {
  service: string;
  action: string;
  schema: ActionSchema;
  run: Action | undefined;
}

function lookUp(params: Fields): Route {
  const service = text(params, 'service') ?? '';
  const action = text(params, 'action') ?? '';
  if (service === '') throw new ApiError('SERVICE_NOT_SPECIFIED');
  const actions = findService(service);
  if (!actions) throw new ApiError('SERVICE_DOES_NOT_EXISTS', { SRV_NAME: service });
  const schema = actions.get(action.toLowerCase());
  if (!schema) throw new ApiError('ACTION_DOES_NOT_EXISTS', { ACTION_NAME: action, SERVICE_NAME: service });
  const table: Service | undefined = SERVICES[service.toLowerCase()];
  return { service, action, schema, run: table?.[schema.name] };
}

function checkOwner(account: Account, session: Session | undefined, entryId: string | undefined): void {
  if (session?.isAdmin || entryId === undefined) return;
  const entry = account.store.entries.get(entryId);
  if (!entry && session) throw entryNotFound(entryId);
  const owner = (entry && text(entry.fields, 'userId')) ?? '';
  const editors = (entry && text(entry.fields, 'entitledUsersEdit')) ?? '';
  if (!mayEdit(session, entryId, owner, editors)) throw invalidKs('', '-4', 'INVALID_TYPE');
}

async function run(account: Account, params: Fields, origin: Origin, faults: Faults): Promise<Value> {
  const route = lookUp(params);
  const forbidden = () => new ApiError('SERVICE_FORBIDDEN', { SERVICE: `${route.service}->${route.action}` });
  const ks = text(params, 'ks') ?? '';
  const session = ks === '' ? undefined : openSession(account, ks, origin);
  const service = route.service.toLowerCase();
  const action = route.schema.name.toLowerCase();
  faults.checkCall(service, action, session !== undefined);
  const partnerId = int(params, 'partnerId');
  if (session && !session.isMediaServer && partnerId !== undefined && service !== 'session') {
    if (partnerId !== session.content.partnerId) throw forbidden();
  }
  if (EDITS_ENTRY.has(`${service}.${action}`)) checkOwner(account, session, text(params, 'entryId'));
  if (lacksPlugin(account, service) || !mayCall(service, action, session) || !route.run) throw forbidden();
  const now = account.now();
  const call: Call = { account, session, now, origin };
  const result = await route.run(readArguments(route.schema, params, now), call);
  await attachRelatedObjects(result, params.responseProfile, call);
  return describeResult(result, readProfile(params.responseProfile));
}

/** Answers one call: the result, or the API error that it ended in. */
export async function dispatch(account: Account, params: Fields, origin: Origin, faults: Faults): Promise<Value> {
  try {
    return await run(account, params, origin, faults);
  } catch (error) {
    if (error instanceof ApiError) return describeError(error);
    faults.reportDefect(error);
    return describeError(internalError());
  }
}

const REFERENCE = /\{(\d+):result((?::[^{}:]+)*)\}/g;
/** Parameters of a multirequest that each of its requests inherits. */
const COMMON = ['ks', 'partnerId', 'clientTag', 'apiVersion', 'userId'];

function pick(value: Value | undefined, path: string[]): string {
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === 'object' || value === undefined ? '' : String(value);
  if (Array.isArray(value)) {
    return key === '_all' ? value.map((item) => `${pick(item, rest)},`).join('') : pick(value[Number(key)], rest);
  }
  return isFields(value) && value.objectType !== 'KalturaAPIException' ? pick(value[key], rest) : '';
}

/** Puts earlier results in place of `{n:result:path}`; references to later requests stay as they are. */
function resolveReferences(value: Value, results: Value[]): Value {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (whole, number: string, path: string) => {
      const index = Number(number) - 1;
      return index >= 0 && index < results.length ? pick(results[index], path.split(':').slice(1)) : whole;
    });
  }
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, results));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      item === undefined ? undefined : resolveReferences(item, results),
    ]),
  );
}

/** Answers a multirequest: an array in the order of the requests, which ends at the first gap. */
export async function dispatchAll(account: Account, params: Fields, origin: Origin, faults: Faults): Promise<Value[]> {
  const results: Value[] = [];
  for (const request of subRequests(params)) {
    const inherited = Object.fromEntries(
      COMMON.filter((name) => params[name] !== undefined).map((name) => [name, params[name]]),
    );
    const resolved = resolveReferences({ ...inherited, ...request }, results);
    if (isFields(resolved)) results.push(await dispatch(account, resolved, origin, faults));
  }
  return results;
}

/** Lists the requests inside a multirequest, whose keys start at 0 or 1. */
export function subRequests(params: Fields): Fields[] {
  const requests: Fields[] = [];
  for (let key = params['0'] === undefined ? 1 : 0; ; key += 1) {
    const request = params[String(key)];
    if (!isFields(request) || !text(request, 'service') || !text(request, 'action')) return requests;
    requests.push(request);
  }
}
