import type { ServerResponse } from 'node:http';
import type { Addresses } from '../core/ports.js';
import type { Secret } from '../core/secret.js';
import type { EntryId } from '../core/webcast.js';
import { digest, escapeHtml } from './page.js';

/** A page that plays a webcast in Kaltura's own player. */
export interface PlayerPage {
  readonly name: string;
  readonly webcast: EntryId;
  readonly player: number;
  /** Whether the player has the live plugin, which asks whether there is a picture. */
  readonly live: boolean;
  /** What it plays with; it stands in the page's body alone. */
  readonly ks: Secret;
  readonly at: Addresses;
}

const style = [
  'body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1.5rem;color:#1d1c1d;background:#fff}',
  '#player{width:100%;aspect-ratio:16/9;background:#000}',
  '@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}}',
].join('');

/** Reads what to play out of the page, so that this script is the same text for everybody. */
const script = [
  "const said=document.getElementById('said');",
  'try{',
  "const {entry,setup}=JSON.parse(document.getElementById('what').textContent);",
  'const player=KalturaPlayer.setup(setup);',
  'player.loadMedia({entryId:entry}).catch(()=>{said.textContent="Kaltura refuses to play it. Ask for a new link, and look at /webcast access.";});',
  '}catch{said.textContent="Kaltura\'s player could not be loaded. Look at your network, and ask for a new link.";}',
].join('');

/** JSON as it stands in an element of its own: nothing in it can end the element. */
const harmlessJson = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

/**
 * The player's own script comes from Kaltura's content host, and nothing else may run. Pictures, playlists and reports
 * come from networks whose names no one knows beforehand, the player writes its own styles, and its demuxer is a worker.
 */
function policyOf(at: Addresses): string {
  const [content, service] = [at.content, at.service].map((address) => new URL(address).origin);
  return [
    "default-src 'none'",
    `script-src ${content} ${digest(script)}`,
    `style-src ${content} 'unsafe-inline'`,
    `connect-src https: ${content} ${service}`,
    `media-src https: blob: ${content}`,
    `img-src https: data: ${content}`,
    `font-src ${content} data:`,
    'worker-src blob:',
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Answers with the page; nothing keeps it, and only its origin is told to Kaltura, whose access rules may ask for it. */
export function showPlayer(response: ServerResponse, { name, webcast, player, live, ks, at }: PlayerPage): void {
  const what = {
    entry: webcast,
    setup: {
      targetId: 'player',
      provider: { partnerId: at.partnerId, uiConfId: player, ks: ks.reveal() },
      playback: { autoplay: true, muted: true },
      ...(live ? { plugins: { 'kaltura-live': { checkLiveWithKs: true } } } : {}),
    },
  };
  const title = `Preview of ${escapeHtml(name)}`;
  const html = [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>`,
    `<body><main><h1>${title}</h1>`,
    '<p id="said" role="status">Viewers do not get this until somebody goes live. It starts without sound.</p>',
    '<div id="player" role="region" aria-label="Player"></div>',
    '<p>Keep this page open: the link was good once, and reloading needs a new one.</p></main>',
    `<script type="application/json" id="what">${harmlessJson(what)}</script>`,
    `<script src="${escapeHtml(`${at.content}/p/${at.partnerId}/embedPlaykitJs/uiconf_id/${player}`)}"></script>`,
    `<script>${script}</script></body></html>`,
  ].join('\n');
  response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin',
      'x-robots-tag': 'noindex',
      'content-security-policy': policyOf(at),
    })
    .end(html);
}
