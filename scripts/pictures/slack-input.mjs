// Draws the input blocks of a form; the library draws one-line inputs and chosen options otherwise than Slack does.
import { zone } from './clock.mjs';
import { escapeHtml } from './html.mjs';

/** One input block with its label, hint and what stands in it: the state of the person's client, by action id. */
export function inputHtml(block, states) {
  const { element } = block;
  const state = states?.[element.action_id] ?? {};
  const optional = block.optional ? ' <span class="optional">(optional)</span>' : '';
  const hint = block.hint ? `<div class="hint">${escapeHtml(block.hint.text)}</div>` : '';
  return `<div class="input"><div class="label">${escapeHtml(block.label.text)}${optional}</div>
${elementHtml(element, state)}${hint}</div>`;
}

function elementHtml(element, state) {
  const placeholder = element.placeholder?.text;
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
      return box(state.value, placeholder, element.multiline ? 'box tall' : 'box');
    case 'static_select':
    case 'external_select':
      return box(state.selected_option?.text.text, placeholder ?? 'Select an option', 'box select');
    case 'datetimepicker':
      return dateTime(state.selected_date_time);
    case 'checkboxes':
      return element.options.map((option) => checkbox(option, state.selected_options ?? [])).join('');
    default:
      throw new Error(`The picture of a form knows no ${element.type}.`);
  }
}

const box = (value, placeholder, kind) =>
  value
    ? `<div class="${kind}">${escapeHtml(value)}</div>`
    : `<div class="${kind} empty">${escapeHtml(placeholder ?? '')}</div>`;

function dateTime(seconds) {
  const say = (options) => new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options }).format(seconds * 1000);
  const day = seconds && say({ year: 'numeric', month: 'long', day: 'numeric' });
  const time = seconds && say({ hour: '2-digit', minute: '2-digit' });
  return `<div class="pair">${box(day, 'Select date', 'box date')}${box(time, 'Select time', 'box time')}</div>`;
}

function checkbox(option, chosen) {
  const ticked = chosen.some(({ value }) => value === option.value);
  const about = option.description ? `<div class="hint">${escapeHtml(option.description.text)}</div>` : '';
  return `<div class="check"><i class="${ticked ? 'ticked' : ''}"></i><div>${escapeHtml(option.text.text)}${about}</div></div>`;
}
