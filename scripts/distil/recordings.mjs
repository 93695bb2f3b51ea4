import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LONG_TEXT = 200;
const LONG_LIST = 60;
const KEPT_OF_LONG_LIST = 3;
const PER_FILE = 100;

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSession = (value) =>
  typeof value === 'string' && /^[A-Za-z0-9_-]{60,}={0,2}$/.test(value) && /^(djJ8|[A-Z][WTM][^=]*[xyz]N?)/.test(value);

/** Puts `{ $session: n }` in place of session strings, which would otherwise be most of the text. */
function replaceSessions(value, sessions) {
  if (Array.isArray(value)) return value.map((item) => replaceSessions(item, sessions));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceSessions(item, sessions)]));
  }
  if (!isSession(value)) return value;
  if (!sessions.includes(value)) sessions.push(value);
  return { $session: sessions.indexOf(value) };
}

/** Keeps of a long text that it is one, and of a long list how it begins; what the request itself said stays. */
function reduce(value, said) {
  if (Array.isArray(value)) {
    const kept = value.length > LONG_LIST ? value.slice(0, KEPT_OF_LONG_LIST) : value;
    const items = kept.map((item) => reduce(item, said));
    return kept === value ? items : [...items, { $more: value.length - kept.length }];
  }
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reduce(item, said)]));
  return typeof value === 'string' && value.length > LONG_TEXT && !said.has(value) ? { $text: value.length } : value;
}

function textsOf(value, texts = new Set()) {
  if (typeof value === 'string') texts.add(value);
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) textsOf(item, texts);
  return texts;
}

const dashed = (id) => id.replaceAll('_', '-');

/** Gives an object as it would read if it were another one: its id and stream password are in many of its texts. */
function rename(object, id, password) {
  let text = JSON.stringify(object).replaceAll(object.id, id).replaceAll(dashed(object.id), dashed(id));
  if (object.streamPassword && password) text = text.replaceAll(object.streamPassword, password);
  return JSON.parse(text);
}

/** Writes an object as its difference to one that was answered before: itself, or the last of its class. */
function differ(value, seen) {
  if (Array.isArray(value)) return value.map((item) => differ(item, seen));
  if (!isObject(value)) return value;
  if (typeof value.id !== 'string' || typeof value.objectType !== 'string' || Object.keys(value).length < 12) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, differ(item, seen)]));
  }
  const before = seen.get(value.id) ?? seen.get(seen.get(value.objectType));
  seen.set(value.id, value);
  seen.set(value.objectType, value.id);
  if (!before) return value;
  const base = rename(before, value.id, value.streamPassword);
  const changed = Object.entries(value).filter(([key, item]) => JSON.stringify(item) !== JSON.stringify(base[key]));
  const gone = Object.keys(base).filter((key) => !(key in value));
  const own = { id: value.id, ...(value.streamPassword ? { streamPassword: value.streamPassword } : {}) };
  return { $like: before.id, ...(gone.length > 0 ? { $gone: gone } : {}), ...own, ...Object.fromEntries(changed) };
}

function distilOne(name, recording, sessions, seen) {
  const { request, response } = recording;
  const number = Number(name.slice(0, 4));
  if (!response) return { number, case: recording.case, unanswered: true };
  const at = Number(/, (\d+)$/.exec(response.headers['X-Kaltura-Session'] ?? '')?.[1]);
  const contentType = request.headers['Content-Type'];
  const said = textsOf(request.body);
  return {
    number,
    case: recording.case,
    ...(Number.isNaN(at) ? {} : { at }),
    method: request.method,
    path: request.path,
    ...(contentType ? { contentType } : {}),
    ...(request.body === undefined ? {} : { body: replaceSessions(request.body, sessions) }),
    status: response.status,
    type: response.headers['Content-Type'] ?? response.headers['Content-type'],
    ...(response.body === undefined
      ? { text: response.bodyText ?? '' }
      : { answer: differ(reduce(replaceSessions(response.body, sessions), said), seen) }),
  };
}

/** Distils the recordings into files of one line each: requests, and what of the answers can be compared. */
export function distilRecordings(folder) {
  const sessions = [];
  const seen = new Map();
  const files = new Map();
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    const line = distilOne(name, JSON.parse(readFileSync(join(folder, name), 'utf8')), sessions, seen);
    const first = String(Math.floor(line.number / PER_FILE) * PER_FILE).padStart(4, '0');
    files.set(`recordings-${first}.json`, [...(files.get(`recordings-${first}.json`) ?? []), JSON.stringify(line)]);
  }
  const outputs = new Map([...files].map(([file, lines]) => [file, `[\n${lines.join(',\n')}\n]\n`]));
  outputs.set('sessions.json', `${JSON.stringify(sessions, null, 1)}\n`);
  return outputs;
}
