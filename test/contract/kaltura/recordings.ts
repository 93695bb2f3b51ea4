import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Fields, isFields, type Value } from '../../../src/playground/kaltura/values.js';

/** A request that was made of a real server, and what it answered. */
export interface Recording {
  number: number;
  name: string;
  /** The server's time in unix seconds, where its answer told it. */
  at: number | undefined;
  method: string;
  path: string;
  contentType: string | undefined;
  body: string | undefined;
  status: number;
  type: string;
  /** The answer as JSON, or the text when it is none. */
  answer: { json: Value } | { text: string };
}

/** A recording of the other direction: the server called somebody. */
export interface Unanswered {
  number: number;
  name: string;
  unanswered: true;
}

const fixtures = fileURLToPath(new URL('../../fixtures/kaltura/', import.meta.url));
const originals =
  process.env.KALTURA_RECORDINGS ?? fileURLToPath(new URL('../../../../shared/kaltura/recordings/', import.meta.url));

function readFields(path: string): Fields[] {
  const rows: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return Array.isArray(rows) ? rows.filter(isFields) : [];
}

const dashed = (id: string) => id.replaceAll('_', '-');

/** Turns the differences of a distilled answer back into whole objects. */
class Expander {
  private readonly seen = new Map<string, Fields>();
  private readonly sessions: string[];

  constructor(sessions: string[]) {
    this.sessions = sessions;
  }

  /** Puts sessions back in their places. */
  fillIn(value: Value | undefined): Value {
    if (Array.isArray(value)) return value.map((item) => this.fillIn(item));
    if (!isFields(value)) return value ?? null;
    if (typeof value.$session === 'number') return this.sessions[value.$session] ?? '';
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.fillIn(item)]));
  }

  expand(value: Value | undefined): Value {
    if (value === undefined) return null;
    if (Array.isArray(value)) return value.map((item) => this.expand(item));
    if (!isFields(value)) return value;
    if (typeof value.$session === 'number') return this.sessions[value.$session] ?? '';
    return this.remember(
      typeof value.$like === 'string' ? this.undiffer(value, value.$like) : this.expandMembers(value),
    );
  }

  private expandMembers(value: Fields): Fields {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.expand(item)]));
  }

  private remember(value: Fields): Fields {
    if (typeof value.id === 'string' && typeof value.objectType === 'string' && Object.keys(value).length >= 12) {
      this.seen.set(value.id, value);
    }
    return value;
  }

  private undiffer(value: Fields, like: string): Fields {
    const { $like: _like, $gone: gone, ...changed } = value;
    const before = this.seen.get(like) ?? {};
    const id = String(value.id);
    let text = JSON.stringify(before).replaceAll(like, id).replaceAll(dashed(like), dashed(id));
    if (typeof before.streamPassword === 'string' && typeof value.streamPassword === 'string') {
      text = text.replaceAll(before.streamPassword, value.streamPassword);
    }
    const parsed: unknown = JSON.parse(text);
    const base = isFields(parsed) ? parsed : {};
    for (const name of Array.isArray(gone) ? gone : []) delete base[String(name)];
    return { ...base, ...this.expandMembers(changed) };
  }
}

const bodyText = (body: Value) => (typeof body === 'string' ? body : JSON.stringify(body));

function readLine(line: Fields, expander: Expander): Recording | Unanswered {
  const common = { number: Number(line.number), name: String(line.case) };
  if (line.unanswered) return { ...common, unanswered: true };
  return {
    ...common,
    at: typeof line.at === 'number' ? line.at : undefined,
    method: String(line.method),
    path: String(line.path),
    contentType: typeof line.contentType === 'string' ? line.contentType : undefined,
    body: line.body === undefined ? undefined : bodyText(expander.fillIn(line.body)),
    status: Number(line.status),
    type: String(line.type),
    answer: typeof line.text === 'string' ? { text: line.text } : { json: expander.expand(line.answer) },
  };
}

/** Reads the distilled recordings that belong to the project. */
export function readDistilled(): (Recording | Unanswered)[] {
  const sessions: unknown = JSON.parse(readFileSync(join(fixtures, 'sessions.json'), 'utf8'));
  const expander = new Expander(Array.isArray(sessions) ? sessions.map(String) : []);
  return readdirSync(fixtures)
    .filter((file) => file.startsWith('recordings-'))
    .sort()
    .flatMap((file) => readFields(join(fixtures, file)).map((line) => readLine(line, expander)));
}

function readOriginal(file: string): Recording | Unanswered {
  const recording: unknown = JSON.parse(readFileSync(join(originals, file), 'utf8'));
  if (!isFields(recording) || !isFields(recording.request)) throw new Error(`${file} is no recording`);
  const { request, response } = recording;
  const common = { number: Number(file.slice(0, 4)), name: String(recording.case) };
  if (!isFields(response) || !isFields(response.headers)) return { ...common, unanswered: true };
  const headers = isFields(request.headers) ? request.headers : {};
  const at = Number(/, (\d+)$/.exec(String(response.headers['X-Kaltura-Session'] ?? ''))?.[1]);
  return {
    ...common,
    at: Number.isNaN(at) ? undefined : at,
    method: String(request.method),
    path: String(request.path),
    contentType: typeof headers['Content-Type'] === 'string' ? headers['Content-Type'] : undefined,
    body: request.body === undefined ? undefined : bodyText(request.body),
    status: Number(response.status),
    type: String(response.headers['Content-Type'] ?? response.headers['Content-type']),
    answer: response.body === undefined ? { text: String(response.bodyText ?? '') } : { json: response.body },
  };
}

/** Reads the whole recordings where they lie next to the project; undefined where they do not. */
export function readOriginals(): (Recording | Unanswered)[] | undefined {
  if (!existsSync(originals)) return undefined;
  return readdirSync(originals)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map(readOriginal);
}
