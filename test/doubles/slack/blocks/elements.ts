import { type JsonObject, stringAt } from '../../json.js';
import { boolean, type Check, integer, list, matching, oneOf, pick, type Rule, shape, string, url } from './check.js';
import {
  anyOption,
  confirm,
  conversationFilter,
  dispatchConfig,
  distinctOptionValues,
  exactlyOne,
  initialAmongOptions,
  optionGroup,
  overflowOption,
  pictureFields,
  plainOption,
  plainText,
} from './objects.js';
import { richText } from './richtext.js';

const actionable = { action_id: string(255) };
const confirmable = { confirm };
const focusable = { focus_on_load: boolean };
const placeholder = { placeholder: plainText(150) };
const dispatchable = { dispatch_action_config: dispatchConfig };
const choice = { ...actionable, ...confirmable, ...focusable };
const menu = { ...choice, ...placeholder };
const multi = { ...menu, max_selected_items: integer(1, 100) };
const typed = { ...actionable, ...focusable, ...placeholder, ...dispatchable };
const style = oneOf('primary', 'danger');
const ids = (prefix: string) => list(matching(new RegExp(`^[${prefix}][A-Z0-9]+$`), 'an id'), 100, 0);
const id = (prefix: string) => matching(new RegExp(`^[${prefix}][A-Z0-9]+$`), 'an id');

const staticOptions = { options: list(plainOption, 100), option_groups: list(optionGroup, 100) };

/** Dates, times and zones in the formats Slack names; the calendar itself is checked, not the digits alone. */
const date: Check = (value, spot) => {
  matching(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD')(value, spot);
  if (typeof value === 'string' && Number.isNaN(Date.parse(`${value}T00:00:00Z`))) spot.report('must be a real date');
};
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:mm');
const zone: Check = (value, spot) => {
  if (typeof value !== 'string' || !isTimeZone(value)) spot.report('must be an IANA time zone');
};

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const minNotAboveMax =
  (min: string, max: string): Rule =>
  (value, spot) => {
    if (Number(value[min]) > Number(value[max])) spot.at(min).report(`must not be greater than ${max}`);
  };

const numberBounds: Rule = (value, spot) => {
  const pattern = value.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  for (const key of ['initial_value', 'min_value', 'max_value']) {
    const text = stringAt(value, key);
    if (text !== undefined && !pattern.test(text)) spot.at(key).report('must be a number as text');
  }
  const initial = numberAt(value, 'initial_value');
  if (initial < numberAt(value, 'min_value') || initial > numberAt(value, 'max_value')) {
    spot.at('initial_value').report('must be within min_value and max_value');
  }
};

function numberAt(value: JsonObject, key: string): number {
  return value[key] === undefined ? Number.NaN : Number(value[key]);
}

const initialTextFits: Rule = (value, spot) => {
  const initial = stringAt(value, 'initial_value');
  if (initial === undefined) return;
  if ([...initial].length > Number(value.max_length)) spot.at('initial_value').report('must not exceed max_length');
  if ([...initial].length < Number(value.min_length)) spot.at('initial_value').report('must reach min_length');
};

const type = (name: string) => ({ type: oneOf(name) });
const feedback = shape({ text: plainText(75), value: string(2000) }, { accessibility_label: string(75) });

/** Every interactive element and the image, by type. */
export const elements: Record<string, Check> = {
  button: shape(
    { ...type('button'), text: plainText(75) },
    { ...actionable, ...confirmable, value: string(2000), url, style, accessibility_label: string(75) },
  ),
  workflow_button: shape(
    { ...type('workflow_button'), text: plainText(75), workflow: shape({ trigger: shape({ url }) }) },
    { ...actionable, style, accessibility_label: string(75) },
  ),
  icon_button: shape(
    { ...type('icon_button'), icon: oneOf('trash'), text: plainText(75) },
    {
      ...actionable,
      ...confirmable,
      value: string(2000),
      accessibility_label: string(75),
      visible_to_user_ids: ids('UW'),
    },
  ),
  feedback_buttons: shape(
    { ...type('feedback_buttons'), positive_button: feedback, negative_button: feedback },
    actionable,
  ),
  image: shape({ ...type('image'), alt_text: string(2000) }, pictureFields, exactlyOne('image_url', 'slack_file')),
  overflow: shape(
    { ...type('overflow'), options: list(overflowOption, 5) },
    { ...actionable, ...confirmable },
    distinctOptionValues,
  ),
  checkboxes: shape(
    { ...type('checkboxes'), options: list(anyOption, 10) },
    { ...choice, initial_options: list(anyOption, 10) },
    initialAmongOptions('initial_options'),
    distinctOptionValues,
  ),
  radio_buttons: shape(
    { ...type('radio_buttons'), options: list(anyOption, 10) },
    { ...choice, initial_option: anyOption },
    initialAmongOptions('initial_option'),
    distinctOptionValues,
  ),
  datepicker: shape(type('datepicker'), { ...menu, initial_date: date }),
  timepicker: shape(type('timepicker'), { ...menu, initial_time: time, timezone: zone }),
  datetimepicker: shape(type('datetimepicker'), {
    ...choice,
    initial_date_time: integer(1_000_000_000, 9_999_999_999),
  }),
  plain_text_input: shape(
    type('plain_text_input'),
    {
      ...typed,
      initial_value: string(3000, 0),
      multiline: boolean,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
    minNotAboveMax('min_length', 'max_length'),
    initialTextFits,
  ),
  email_text_input: shape(type('email_text_input'), { ...typed, initial_value: string(3000) }),
  url_text_input: shape(type('url_text_input'), { ...typed, initial_value: url }),
  number_input: shape(
    { ...type('number_input'), is_decimal_allowed: boolean },
    { ...typed, initial_value: string(64), min_value: string(64), max_value: string(64) },
    minNotAboveMax('min_value', 'max_value'),
    numberBounds,
  ),
  rich_text_input: shape(type('rich_text_input'), {
    ...typed,
    initial_value: richText,
    min_lines: integer(1, 100),
    max_lines: integer(1, 100),
  }),
  file_input: shape(type('file_input'), {
    ...actionable,
    filetypes: list(string(20), 100),
    max_files: integer(1, 10),
  }),
  static_select: shape(
    type('static_select'),
    { ...menu, ...staticOptions, initial_option: plainOption },
    exactlyOne('options', 'option_groups'),
    initialAmongOptions('initial_option'),
    distinctOptionValues,
  ),
  multi_static_select: shape(
    type('multi_static_select'),
    { ...multi, ...staticOptions, initial_options: list(plainOption, 100) },
    exactlyOne('options', 'option_groups'),
    initialAmongOptions('initial_options'),
    distinctOptionValues,
  ),
  external_select: shape(type('external_select'), {
    ...menu,
    initial_option: plainOption,
    min_query_length: integer(0, 3000),
  }),
  multi_external_select: shape(type('multi_external_select'), {
    ...multi,
    initial_options: list(plainOption, 100),
    min_query_length: integer(0, 3000),
  }),
  users_select: shape(type('users_select'), { ...menu, initial_user: id('UW') }),
  multi_users_select: shape(type('multi_users_select'), { ...multi, initial_users: ids('UW') }),
  channels_select: shape(type('channels_select'), { ...menu, initial_channel: id('C'), response_url_enabled: boolean }),
  multi_channels_select: shape(type('multi_channels_select'), { ...multi, initial_channels: ids('C') }),
  conversations_select: shape(type('conversations_select'), {
    ...menu,
    initial_conversation: id('CDGUW'),
    default_to_current_conversation: boolean,
    filter: conversationFilter,
    response_url_enabled: boolean,
  }),
  multi_conversations_select: shape(type('multi_conversations_select'), {
    ...multi,
    initial_conversations: ids('CDGUW'),
    default_to_current_conversation: boolean,
    filter: conversationFilter,
  }),
};

const menus = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select'];
const multiMenus = menus.map((name) => `multi_${name}`);
const choices = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker', ...menus, ...multiMenus];

export const accessories = pick(elements, 'button', 'workflow_button', 'overflow', 'image', ...choices);
export const actionElements = pick(
  elements,
  ...['button', 'workflow_button', 'overflow', 'datetimepicker', 'rich_text_input'],
  ...choices,
);
export const inputElements = pick(
  elements,
  ...['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input', 'file_input'],
  ...['datetimepicker', ...choices],
);
