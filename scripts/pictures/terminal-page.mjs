// Draws a terminal's screen as a page.
import { escapeHtml } from './html.mjs';

const css = `
body { margin: 0; background: transparent; }
#picture { display: inline-block; width: 836px; border-radius: 10px; overflow: hidden; background: #16181d; }
.bar { display: flex; gap: 7px; align-items: center; padding: 10px 14px; background: #262a33; }
.bar i { width: 11px; height: 11px; border-radius: 50%; background: #4b5263; }
.bar span { flex: 1; text-align: center; margin-right: 50px; color: #a9b1c0;
  font: 12px 'Liberation Sans', 'Helvetica Neue', Arial, sans-serif; }
pre { margin: 0; padding: 14px 18px 18px; color: #d7dae0; white-space: pre; overflow: hidden;
  font: 13px/1.5 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace; }
.bold { font-weight: 700; color: #fff; } .dim { color: #7f8897; }
.green { color: #7ec37a; } .yellow { color: #e2b85d; } .red { color: #ef7a78; }
.typed { color: #7fc1ff; }
`;

/** A page whose #picture is a window with these rows; what a person typed after the prompt is set off. */
export function terminalPage(rows) {
  const last = rows.findLastIndex((runs) => runs.some(({ text }) => !/^>?\s*$/.test(text)));
  const lines = rows.slice(0, last + 1).map(drawRow);
  return `<!doctype html><meta charset="utf-8"><style>${css}</style>
<div id="picture"><div class="bar"><i></i><i></i><i></i><span>npm start</span></div><pre>${lines.join('\n')}</pre></div>`;
}

function drawRow(runs) {
  const html = runs
    .map(({ text, style }) => (style === '' ? escapeHtml(text) : `<span class="${style}">${escapeHtml(text)}</span>`))
    .join('');
  return html.replace(/^(&#62; |.*\[y\/N\] )(.+)$/, '<span class="dim">$1</span><span class="typed">$2</span>');
}
