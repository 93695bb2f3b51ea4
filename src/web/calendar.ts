import { createHash } from 'node:crypto';
import type { CalendarFile } from '../core/calendar.js';
import type { Route } from './front.js';

/** Serves calendar files below a path that ends in a slash; an unknown token is as good as no address. */
export function createCalendarRoute(path: string, find: (token: string) => Promise<CalendarFile | undefined>): Route {
  return {
    method: 'GET',
    path,
    async handle(request, response) {
      const [address = ''] = (request.url ?? '').split('?');
      const token = /^([\w.-]{1,80})\.ics$/.exec(address.slice(path.length))?.[1];
      const file = token === undefined ? undefined : await find(token);
      if (!file) {
        response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
        response.end('There is nothing at this address.\n');
        return;
      }
      const etag = `"${createHash('sha256').update(file.text).digest('base64url').slice(0, 22)}"`;
      const headers = {
        etag,
        'cache-control': 'private, max-age=60',
        'last-modified': new Date(file.changedAt).toUTCString(),
        // Whoever has the address has the file: it goes to no other site as a referrer.
        'referrer-policy': 'no-referrer',
      };
      if (isKnown(request.headers['if-none-match'], etag)) {
        response.writeHead(304, headers).end();
        return;
      }
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
        'content-length': Buffer.byteLength(file.text),
        'content-disposition': `attachment; filename="${fileName(file.name)}.ics"`,
        'x-content-type-options': 'nosniff',
      });
      response.end(file.text);
    },
  };
}

const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);

/** A name that every disk takes: letters and digits of ASCII with dashes between. */
function fileName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '');
  const words = plain.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
  return words.replace(/^-+|-+$/g, '') || 'webcast';
}
