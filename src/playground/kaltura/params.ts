import { type Fields, isFields, type Value } from './values.js';

/** A request as it came in, body complete. */
export interface RawRequest {
  method: string;
  url: string;
  contentType: string | undefined;
  body: string;
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Collects the parameters of a request: path pairs and query win over the body. JSON is read only when the content
 * type is exactly application/json and the body is one object; anything else is left out without a word.
 */
export function collectParams(request: RawRequest): Fields {
  const url = new URL(request.url, 'http://localhost');
  const params: Fields = Object.create(null);
  Object.assign(params, readBody(request.contentType, request.body));
  readPairs(params, url.search.slice(1));
  const words = url.pathname.replace(/^\/api_v3\/?(index\.php\/?)?/, '').split('/');
  for (let index = 0; index + 1 < words.length; index += 2) {
    setPath(params, safeDecode(words[index] ?? ''), safeDecode(words[index + 1] ?? ''));
  }
  return params;
}

function readBody(contentType: string | undefined, body: string): Fields {
  const type = (contentType ?? '').toLowerCase();
  if (type === 'application/json') return readJson(body);
  if (type.split(';')[0]?.trim() === 'application/x-www-form-urlencoded') {
    const params: Fields = {};
    readPairs(params, body);
    return params;
  }
  return {};
}

function readJson(body: string): Fields {
  const trimmed = body.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return {};
  try {
    const value: unknown = JSON.parse(trimmed);
    return isFields(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return value;
    throw error;
  }
}

function readPairs(params: Fields, query: string): void {
  for (const [name, value] of new URLSearchParams(query)) setPath(params, name, value);
}

/** Sets `a:b:c` or `a[b][c]`; a name ending in `[]` appends. */
function setPath(params: Fields, name: string, value: Value): void {
  const keys = name.split(/[:[\]]+/).filter((key, index, all) => key !== '' || index < all.length - 1);
  let target = params;
  for (const [index, key] of keys.entries()) {
    if (FORBIDDEN.has(key)) return;
    if (index === keys.length - 1) {
      target[key] = value;
      return;
    }
    const next = target[key];
    const child: Fields = isFields(next) ? next : {};
    target[key] = child;
    target = child;
  }
}
