// Draws cards as Teams' client does: Microsoft's own renderer, with colours and measures close to those of Teams.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { zone } from './clock.mjs';
import { emojiImages } from './emoji.mjs';
import { isLater, sheetCss, sheetHtml } from './sheet.mjs';

const require = createRequire(import.meta.url);
const library = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');
const css = readFileSync(new URL('teams.css', import.meta.url), 'utf8');
const draw = readFileSync(new URL('teams-draw.js', import.meta.url), 'utf8');

const icon = `<svg class="icon" viewBox="0 0 36 36"><path fill="#00706a" d="M18 1.5 32.3 9.7v16.6L18 34.5 3.7 26.3V9.7z"/>
<circle cx="18" cy="18" r="3.6" fill="#fff"/><g fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round">
<path d="M11.6 11.6a9 9 0 0 0 0 12.8M24.4 11.6a9 9 0 0 1 0 12.8"/></g></svg>`;

/** A page whose #picture is a sheet of cards, each under the hour and what had happened; the page draws them when it loads. */
export function teamsSheet(messages) {
  const cards = JSON.stringify(messages.map(({ card }) => withLinks(card))).replaceAll('<', '\\u003c');
  return `<!doctype html><meta charset="utf-8"><style>${css}${sheetCss}</style>
<div id="picture">${sheetHtml(messages, messageHtml)}</div>
<script>${library}</script><script>${draw}</script><script>drawCards(${cards}, ${JSON.stringify(emojiImages)})</script>`;
}

function messageHtml(message) {
  const { at, posted = at } = message;
  const time = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: zone });
  return `<div class="message">${icon}<div class="content"><div class="from"><b>Webcast</b>
<span>${time.format(posted)}</span>${isLater(message) ? '<span>Edited</span>' : ''}</div><div class="card"></div></div></div>`;
}

/** Cards link to https alone. The show's Kaltura listens on loopback, where the address itself stands in place of a link. */
const withLinks = (card) =>
  JSON.parse(JSON.stringify(card), (key, value) =>
    key === 'text' && typeof value === 'string'
      ? value.replace(/^(Watch[^()]*) \(http:.*\)$/, '[$1](https://cdnapisec.kaltura.com/)')
      : value,
  );
