import { createHash } from 'node:crypto';
import type { Account } from '../account.js';
import type { Call } from '../call.js';
import { computeCommon } from '../entries/entry.js';
import { isLiveEntry } from '../entries/list.js';
import { describeLive } from '../entries/live.js';
import { encodeJson } from '../json.js';
import { describeResult } from '../output.js';
import type { Entry } from '../store.js';
import { type Fields, flag, int, isFields, items, part, text } from '../values.js';

/** A notification as it goes onto the wire. */
export interface Message {
  job: number;
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}

const METHODS: Record<number, string> = { 1: 'GET', 2: 'POST', 3: 'PUT', 4: 'DELETE' };
const ALGORITHMS: Record<number, string> = { 1: 'sha1', 2: 'sha256', 3: 'sha512' };
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** Payloads are made with the server's own rights: addresses and the stream password are in them. */
function describe(account: Account, entry: Entry): Fields {
  const content = { partnerId: account.partnerId, userId: '', type: 2, expiry: 0, privileges: [], version: 2 as const };
  const call: Call = {
    account,
    session: { ks: '', content, isAdmin: true, isWidget: false, isMediaServer: true, userId: '', role: undefined },
    now: account.now(),
    origin: { ip: '', uri: '' },
  };
  if (isLiveEntry(entry)) return describeLive(call, entry);
  return { ...computeCommon(account, entry), objectType: 'KalturaMediaEntry' };
}

/** What `{entry_id}` and its like stand for, and what a flat form holds. */
function parametersOf(template: Fields, entry: Entry): [name: string, value: string][] {
  const values: Record<string, string> = {
    entry_id: entry.id,
    entry_name: text(entry.fields, 'name') ?? '',
    entry_status: text(entry.fields, 'status') ?? '',
    entry_reference_id: text(entry.fields, 'referenceId') ?? '',
  };
  const given = items(template, 'userParameters').filter(isFields);
  return [
    ...given.map((one): [string, string] => [text(one, 'key') ?? '', text(part(one, 'value') ?? {}, 'value') ?? '']),
    ...items(template, 'contentParameters')
      .filter(isFields)
      .map((one): [string, string] => [text(one, 'key') ?? '', values[text(one, 'key') ?? ''] ?? '']),
  ];
}

interface Content {
  body: string;
  type: string;
}

function contentOf(account: Account, template: Fields, entry: Entry, job: number): Content {
  const data = part(template, 'data') ?? {};
  const parameters = parametersOf(template, entry);
  switch (data.objectType) {
    case 'KalturaHttpNotificationObjectData': {
      const notification = {
        object: describe(account, entry),
        eventObjectType: int(template, 'eventObjectType'),
        eventNotificationJobId: job,
        templateId: int(template, 'id'),
        templateName: text(template, 'name'),
        templateSystemName: text(template, 'systemName'),
        eventType: int(template, 'eventType'),
        objectType: 'KalturaHttpNotification',
      };
      const body = encodeJson({ ...notification, object: describeResult(notification.object) });
      if (flag(data, 'urlEncode') !== true) return { body, type: JSON_TYPE };
      return { body: String(new URLSearchParams({ data: body })), type: FORM };
    }
    case 'KalturaHttpNotificationDataText':
      return { body: fill(text(part(data, 'content') ?? {}, 'value') ?? '', parameters), type: FORM };
    default:
      return { body: String(new URLSearchParams(parameters)), type: FORM };
  }
}

const fill = (words: string, parameters: [name: string, value: string][]): string =>
  parameters.reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, value), words);

/** Writes what a template tells about an entry, signed: hex hash of the admin secret followed by the body. */
export function writeMessage(account: Account, template: Fields, entry: Entry, job: number): Message {
  const { body, type } = contentOf(account, template, entry, job);
  const algorithm = ALGORITHMS[int(template, 'secureHashingAlgo') ?? 1] ?? 'sha1';
  const headers: Record<string, string> = {
    'Content-Type': type,
    'X-KALTURA-SIGNATURE': createHash(algorithm)
      .update(account.options.adminSecret + body)
      .digest('hex'),
    'X-KALTURA-HASH-ALGO': algorithm,
  };
  const parameters = parametersOf(template, entry);
  for (const header of items(template, 'customHeaders').filter(isFields))
    headers[text(header, 'key') ?? ''] = fill(text(header, 'value') ?? '', parameters);
  return {
    job,
    url: text(template, 'url') ?? '',
    method: METHODS[int(template, 'method') ?? 2] ?? 'POST',
    headers,
    body,
  };
}
