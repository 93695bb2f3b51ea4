import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** A page that says something and shows one way on; all of it is plain text. */
export interface Page {
  readonly title: string;
  readonly lines: readonly string[];
  readonly link: { readonly label: string; readonly address: string };
}

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem;color:#1d1c1d;background:#fff}' +
  'a{color:#0b5c8a}@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{color:#6cb8e6}}';

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; '),
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Answers with a page that nothing keeps, frames or adds to. */
export function showPage(response: ServerResponse, status: number, page: Page): void {
  const title = escapeHtml(page.title);
  const html = [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    `<meta name="viewport" content="width=device-width"><style>${style}</style></head>`,
    `<body><h1>${title}</h1>`,
    ...page.lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    `<p><a href="${escapeHtml(page.link.address)}">${escapeHtml(page.link.label)}</a></p></body></html>`,
  ].join('\n');
  response.writeHead(status, headers).end(html);
}
