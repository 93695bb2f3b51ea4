// A sheet of messages side by side, as one picture tells a whole show.
import { zone } from './clock.mjs';
import { escapeHtml } from './html.mjs';

export const sheetCss = `
.sheet { display: grid; grid-template-columns: auto auto; gap: 18px 22px; padding: 18px; background: #f3f3f5; }
.sheet figure { margin: 0; display: flex; flex-direction: column; }
.sheet figcaption { font: 600 15px/1.3 'Liberation Sans', Arial, sans-serif; color: #3b3b46; padding: 0 4px 6px; }
.sheet figcaption b { color: #00706a; margin-right: 8px; }
.sheet .sheet-item { flex: 1; background: #fff; border: 1px solid #dedee4; border-radius: 8px; overflow: hidden; }
`;

/** Whether a message was edited since it was posted, minutes before it was kept. */
export const isLater = ({ at, posted = at }) => at - posted > 60_000;

/** The messages { caption, at } in two columns; draw gives the HTML of one. */
export function sheetHtml(messages, draw) {
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
  const items = messages.map(
    (message) => `<figure><figcaption><b>${hour.format(message.at)}</b>${escapeHtml(message.caption)}</figcaption>
<div class="sheet-item">${draw(message)}</div></figure>`,
  );
  return `<div class="sheet">${items.join('\n')}</div>`;
}
