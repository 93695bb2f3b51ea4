import type { types } from '@slack/bolt';
import type { Field, Form } from '../../core/form.js';
import { drawOptions } from './buttons.js';
import { limits, plainText } from './limits.js';
import { escapeText, marked, mrkdwn } from './mrkdwn.js';

type Element = types.InputBlock['element'];

/** The callback_id of every modal; which command it belongs to stands in its private_metadata. */
const formCallback = 'wc:form';

/** The action ids of a form's inputs say what their list is to be searched in. */
const fieldAction = (kind: string): string => `wc:field:${kind}`;

/** Draws a form as a modal; an input's block id is its field's name. */
export function drawForm(form: Form, metadata: string): types.ModalView {
  const blocks: types.KnownBlock[] = [];
  if (form.note) blocks.push({ type: 'context', elements: [marked(mrkdwn(form.note, limits.context))] });
  for (const [place, group] of form.groups.entries()) {
    if (place > 0) blocks.push({ type: 'divider' });
    if (group.title !== '') blocks.push({ type: 'header', text: plainText(group.title, limits.header) });
    for (const field of group.fields) blocks.push(drawField(field));
  }
  return { ...frame(form.title, metadata), submit: plainText(form.submit, limits.modal.button), blocks };
}

/** The modal that stands for a form while its lists are being fetched. */
export function drawSkeleton(form: Form, metadata: string): types.ModalView {
  const loading: types.SectionBlock = { type: 'section', text: { type: 'plain_text', text: 'Loading…' } };
  return { ...frame(form.title, metadata), blocks: [loading] };
}

/** A modal that only says something, in place of a form that cannot go on. */
export function drawNotice(title: string, text: string): types.ModalView {
  return { ...frame(title, ''), blocks: [{ type: 'section', text: marked(escapeText(text)) }] };
}

function frame(title: string, metadata: string): Omit<types.ModalView, 'blocks'> {
  return {
    type: 'modal',
    callback_id: formCallback,
    private_metadata: metadata,
    title: plainText(title, limits.modal.title),
    close: plainText('Cancel', limits.modal.button),
  };
}

function drawField(field: Field): types.InputBlock {
  const element = drawElement(field);
  // A switch says its hint beside the box, and a picker needs none: a time's hint tells how to write one.
  const said = (field.control.kind === 'toggle' && fitsOption(field.hint)) || element.type === 'datetimepicker';
  const hint = said ? '' : field.hint;
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label, limits.label),
    // A checkbox that must not be left empty could never be switched off.
    optional: !field.required || field.control.kind === 'toggle',
    element,
    ...(hint !== '' && { hint: plainText(hint, limits.label) }),
  };
}

const fitsOption = (hint: string): boolean => hint !== '' && hint.length <= limits.option;

function drawElement(field: Field): Element {
  const { control } = field;
  const value = typeof field.value === 'string' && field.value !== '' ? field.value : undefined;
  switch (control.kind) {
    case 'line':
      return drawText(control.max, false, value);
    case 'paragraph':
      return drawText(control.max, true, value);
    case 'number':
      return drawNumber(control.min, control.max, value);
    case 'when':
      return drawWhen(value);
    case 'zone':
      return drawSearch('zone', 'Your own', value, 1);
    case 'webcast':
      return drawSearch('webcast', "This channel's webcast", value, 0);
    case 'toggle':
      return drawToggle(field);
    case 'choice':
    case 'listed':
      return drawList(field, value);
    default: {
      const never: never = control;
      return never;
    }
  }
}

function drawText(max: number, multiline: boolean, value: string | undefined): types.PlainTextInput {
  // Slack refuses a prefilled text above max_length; what a person typed is kept and judged on submission.
  const longest = Math.min(limits.input, Math.max(max, value?.length ?? 0));
  const initial = value?.slice(0, limits.input);
  return {
    type: 'plain_text_input',
    action_id: fieldAction('text'),
    multiline,
    max_length: longest,
    ...(initial !== undefined && { initial_value: initial }),
  };
}

function drawNumber(min: number, max: number, value: string | undefined): Element {
  const inRange = value === undefined || (/^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max);
  if (!inRange) return drawText(limits.input, false, value);
  return {
    type: 'number_input',
    action_id: fieldAction('number'),
    is_decimal_allowed: false,
    min_value: String(min),
    max_value: String(max),
    ...(value !== undefined && { initial_value: value }),
  };
}

/** A picker, or the person's own words where there are some: they cannot be understood before the zone is known. */
function drawWhen(value: string | undefined): Element {
  const exact = /^@(\d{10})$/.exec(value ?? '');
  if (value !== undefined && !exact) return drawText(100, false, value);
  return {
    type: 'datetimepicker',
    action_id: fieldAction('when'),
    ...(exact && { initial_date_time: Number(exact[1]) }),
  };
}

function drawSearch(kind: string, placeholder: string, value: string | undefined, least: number): Element {
  const chosen = value === undefined ? [] : drawOptions([{ value, label: value }]);
  if (value !== undefined && chosen.length === 0) return drawText(limits.input, false, value);
  return {
    type: 'external_select',
    action_id: fieldAction(kind),
    placeholder: plainText(placeholder, limits.placeholder),
    min_query_length: least,
    ...(chosen[0] && { initial_option: chosen[0] }),
  };
}

function drawToggle(field: Field): types.Checkboxes {
  const label = fitsOption(field.hint) ? field.hint : 'On';
  const option: types.PlainTextOption = { text: plainText(label, limits.option), value: 'on' };
  return {
    type: 'checkboxes',
    action_id: fieldAction('toggle'),
    options: [option],
    ...(isOn(field.value) && { initial_options: [option] }),
  };
}

const isOn = (value: Field['value']): boolean =>
  value === true || (typeof value === 'string' && /^(on|yes|true|1|y)$/i.test(value.trim()));

function drawList(field: Field, value: string | undefined): Element {
  const wanted = value?.trim().toLowerCase();
  const chosen = field.choices.find(
    (choice) => choice.value.toLowerCase() === wanted || choice.label.toLowerCase() === wanted,
  );
  // Slack takes 100 options and wants the chosen one to be among them, letter by letter.
  const others = field.choices.filter((choice) => choice !== chosen).slice(0, limits.options - 1);
  const shown = field.choices.filter((choice) => choice === chosen || others.includes(choice));
  const options = drawOptions(shown);
  const initial = chosen && options.find((option) => option.value === chosen.value);
  if (options.length === 0 || (value !== undefined && !initial)) return drawText(limits.input, false, value);
  return {
    type: 'static_select',
    action_id: fieldAction('list'),
    placeholder: plainText(field.required ? 'Choose one' : 'The default', limits.placeholder),
    options,
    ...(initial && { initial_option: initial }),
  };
}
