import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** One way on from a page: a link, or a button that sends the page's own address back by POST. */
export type WayOn =
  | { readonly kind: 'link'; readonly label: string; readonly address: string }
  | { readonly kind: 'press'; readonly label: string };

/** A page of plain text that says something and shows the ways on. */
export interface Page {
  readonly title: string;
  readonly lines: readonly string[];
  readonly ways: readonly WayOn[];
  /** Where the browser goes at once, without telling where it came from. */
  readonly onward?: string;
}

const style = [
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem;color:#1d1c1d;background:#fff}',
  'a{display:inline-block;padding:.3rem 0;color:#0b5c8a}',
  'button,a.main{display:inline-block;font:inherit;padding:.6rem 1.2rem;border:1px solid #0b5c8a;border-radius:.4rem}',
  'button,a.main{color:#fff;background:#0b5c8a;text-decoration:none;cursor:pointer}',
  ':focus-visible{outline:3px solid #0b5c8a;outline-offset:2px}',
  '@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{color:#6cb8e6}:focus-visible{outline-color:#f2a900}}',
].join('');

/** The source expression that lets a text of a page be run, or be its style. */
export const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Headers of a page that nothing keeps, frames or adds to; its one form goes back to where it came from. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${digest(style)}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; '),
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML, in elements and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Answers with the page. */
export function showPage(response: ServerResponse, status: number, page: Page): void {
  const title = escapeHtml(page.title);
  const html = [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // A redirect that answers a form would have to be allowed in form-action, with all the addresses that follow it.
    ...(page.onward === undefined ? [] : [`<meta http-equiv="refresh" content="0; url=${escapeHtml(page.onward)}">`]),
    `<style>${style}</style></head>`,
    `<body><main><h1>${title}</h1>`,
    ...page.lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    ...page.ways.map((way, index) => drawWay(way, index === 0)),
    '</main></body></html>',
  ].join('\n');
  response.writeHead(status, headers).end(html);
}

/** The first way on is the one that people came for. */
function drawWay(way: WayOn, first: boolean): string {
  const label = escapeHtml(way.label);
  switch (way.kind) {
    case 'link':
      return `<p><a${first ? ' class="main"' : ''} href="${escapeHtml(way.address)}">${label}</a></p>`;
    case 'press':
      return `<form method="post"><p><button>${label}</button></p></form>`;
    default: {
      const never: never = way;
      return never;
    }
  }
}
