// Draws cards as Teams' client does: Microsoft's own renderer, with colours and measures close to those of Teams.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { drawPicture } from '../../dist/draw/picture.js';
import { zone } from './clock.mjs';
import { emojiImages } from './emoji.mjs';
import { escapeHtml, hideStage } from './html.mjs';
import { isLater, sheetCss, sheetHtml } from './sheet.mjs';

const require = createRequire(import.meta.url);
const library = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');
const css = readFileSync(new URL('teams.css', import.meta.url), 'utf8');
const draw = readFileSync(new URL('teams-draw.js', import.meta.url), 'utf8');

const icon = `<svg class="icon" viewBox="0 0 36 36"><path fill="#00706a" d="M18 1.5 32.3 9.7v16.6L18 34.5 3.7 26.3V9.7z"/>
<circle cx="18" cy="18" r="3.6" fill="#fff"/><g fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round">
<path d="M11.6 11.6a9 9 0 0 0 0 12.8M24.4 11.6a9 9 0 0 1 0 12.8"/></g></svg>`;

/** A page whose #picture is a sheet of cards, each under the hour and what had happened; the page draws them when it loads. */
export const teamsSheet = (messages) =>
  page(
    sheetHtml(messages, messageHtml),
    messages.map(({ card }) => withLinks(card)),
    sheetCss,
  );

/** A page whose #picture is one message { card, where, at } of the app, as the one person who sees it does. */
export async function cardPage(message) {
  return page(messageHtml(message), [await withCharts(withLinks(message.card))]);
}

/** A page whose #picture is a dialog { title, card, held } with what the person has filled in, by the fields' ids. */
export function dialogPage({ title, card, held }) {
  const filled = JSON.parse(JSON.stringify(card), (_, value) => {
    const entered = value?.type?.startsWith?.('Input.') && held[value.id];
    if (!entered) return value;
    return { ...value, value: value.type === 'Input.Number' ? Number(entered) : entered };
  });
  const bar = `<div class="bar">${icon}<b>${escapeHtml(title)}</b><span>✕</span></div>`;
  return page(`<div class="dialog">${bar}<div class="card"></div></div>`, [filled]);
}

const page = (body, cards, more = '') =>
  `<!doctype html><meta charset="utf-8"><style>${css}${more}</style><div id="picture">${body}</div>
<script>${library}</script><script>${draw}</script>
<script>drawCards(${asScript(cards)}, ${asScript(emojiImages)})</script>`;

const asScript = (data) => JSON.stringify(data).replaceAll('<', '\\u003c');

function messageHtml(message) {
  const { at, posted = at, where } = message;
  const time = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: zone });
  const whose = where ? `<span class="only">${escapeHtml(where)}</span>` : '';
  return `<div class="message">${icon}<div class="content"><div class="from"><b>Webcast</b>
<span>${time.format(posted)}</span>${isLater(message) ? '<span>Edited</span>' : ''}${whose}</div><div class="card"></div></div></div>`;
}

/** Cards link to https alone. The show's Kaltura listens on loopback, where the address itself stands in place of a link. */
function withLinks(card) {
  const linked = JSON.parse(JSON.stringify(card), (key, value) =>
    key === 'text' && typeof value === 'string'
      ? value.replace(/^(\W*(?:\d[\d:\u2060.]* )*)([^\n]+?) \((http:[^)\s]*)\)/gm, '$1[$2]($3)')
      : value,
  );
  return JSON.parse(hideStage(JSON.stringify(linked)));
}

/** Microsoft's renderer knows no charts, which Teams draws itself: the bot's own drawing stands in for it. */
async function withCharts(card) {
  const body = [];
  for (const element of card.body) body.push(element.type === 'Chart.Line' ? await drawChart(element) : element);
  return { ...card, body };
}

async function drawChart({ title, data: [{ legend, values }] }) {
  const points = values.map(({ x, y }) => ({ at: Date.parse(x), value: y }));
  const picture = await drawPicture({ kind: 'chart', title, unit: legend, points });
  return { type: 'Image', url: `data:image/png;base64,${Buffer.from(picture).toString('base64')}`, size: 'Stretch' };
}
