// Draws messages and forms as Slack's client does, as far as an open library and a few lines of our own can.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message } from 'slack-blocks-to-jsx';
import { zone } from './clock.mjs';
import { drawEmoji } from './emoji.mjs';
import { escapeHtml, hideStage } from './html.mjs';
import { isLater, sheetCss, sheetHtml } from './sheet.mjs';
import { inputHtml } from './slack-input.mjs';

const require = createRequire(import.meta.url);
const libraryCss = readFileSync(require.resolve('slack-blocks-to-jsx/dist/style.css'), 'utf8');
const ownCss = readFileSync(new URL('slack.css', import.meta.url), 'utf8');

const icon = `<svg class="icon" viewBox="0 0 36 36"><rect width="36" height="36" rx="8" fill="#00706a"/>
<circle cx="18" cy="18" r="4" fill="#fff"/><g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round">
<path d="M11 11a10 10 0 0 0 0 14M25 11a10 10 0 0 1 0 14"/></g></svg>`;

const page = (body, more = '') =>
  `<!doctype html><meta charset="utf-8"><style>${libraryCss}${ownCss}${more}</style><div id="picture">${body}</div>`;

/** A page whose #picture is one message of the app, as its reader in the story's zone sees it. */
export const messagePage = (message) => page(messageHtml(message));

/** A page whose #picture is a sheet of messages, each under the hour and what had happened. */
export const slackSheet = (messages) => page(sheetHtml(messages, messageHtml), sheetCss);

function messageHtml(message) {
  const time = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: zone });
  const whose = message.private ? '<div class="only">Only visible to you</div>' : '';
  const at = message.posted ?? message.at;
  const edited = isLater(message) ? '<span class="at">(edited)</span>' : '';
  return `<div class="message">${icon}<div class="content">${whose}
<div class="from"><b>Webcast</b><span class="app">APP</span><span class="at">${time.format(at)}</span>${edited}</div>
${blocksHtml(withoutSecrets(message.blocks), message)}</div></div>`;
}

/** A page whose #picture is a modal with what the person has filled in. */
export function modalPage(view) {
  const parts = view.blocks.map((block) =>
    block.type === 'input' ? inputHtml(block, view.state?.[block.block_id]) : blocksHtml([block], { at: Date.now() }),
  );
  return page(`<div class="modal"><div class="title">${icon}<b>${escapeHtml(view.title.text)}</b><span>✕</span></div>
<div class="fields">${parts.join('\n')}</div>
<div class="foot"><span class="button">${escapeHtml(view.close.text)}</span>
<span class="button primary">${escapeHtml(view.submit.text)}</span></div></div>`);
}

/** at is the moment they are read; people are names by id, and files the pictures in base64 that the blocks show. */
function blocksHtml(blocks, { at, people = {}, files = {} }) {
  const date = ({ timestamp, format }) => sayDate(Number(timestamp) * 1000, format, at);
  const user = ({ id }) => createElement('span', { className: 'mention' }, `@${people[id] ?? id}`);
  // The library takes verbatim for "no mrkdwn"; in Slack it only stops links and mentions from being found.
  const marked = JSON.parse(JSON.stringify(blocks), (key, value) => (key === 'verbatim' ? undefined : value));
  const shown = marked.map((block) => {
    const file = files[block.slack_file?.id];
    return file ? { ...block, slack_file: undefined, image_url: `data:image/png;base64,${file}` } : block;
  });
  const props = {
    blocks: shown,
    withoutWrapper: true,
    theme: 'light',
    logo: '',
    name: '',
    hooks: { date, user, emoji: drawEmoji },
  };
  return renderToStaticMarkup(createElement(Message, props));
}

/** Slack's words for a moment: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
function sayDate(at, format, now) {
  const say = (options) => new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options }).format(at);
  const dayOf = (moment) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(moment);
  const near = { [dayOf(now)]: 'Today', [dayOf(now + 86_400_000)]: 'Tomorrow', [dayOf(now - 86_400_000)]: 'Yesterday' };
  const short = say({ month: 'short', day: 'numeric', year: 'numeric' });
  return format
    .replace('{date_short_pretty}', near[dayOf(at)] ?? short)
    .replace('{time}', say({ hour: 'numeric', minute: '2-digit' }));
}

/** The story's secrets mean nothing; still, what looks like one would make readers wonder. */
function withoutSecrets(blocks) {
  return JSON.parse(hideStage(JSON.stringify(blocks)));
}
