import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, objectsAt } from '../../json.js';
import { boolean, byType, type Check, list, oneOf, type Rule, shape, string, url } from './check.js';

/** Checks a plain_text object of 1 to `max` characters. */
export function plainText(max: number): Check {
  return shape({ type: oneOf('plain_text'), text: string(max) }, { emoji: boolean });
}

/** Checks a mrkdwn object of 1 to `max` characters. */
export function mrkdwn(max: number): Check {
  return shape({ type: oneOf('mrkdwn'), text: string(max) }, { verbatim: boolean });
}

/** Checks a text object of either kind. */
export function anyText(max: number): Check {
  const kinds = byType({ plain_text: plainText(max), mrkdwn: mrkdwn(max) });
  return (value, spot) => kinds(value, spot);
}

export const plainOption = shape(
  { text: plainText(75), value: string(150) },
  { description: plainText(75), url: refuse('url is only available in overflow menus') },
);

/** Options of checkboxes and radio buttons may use mrkdwn. */
export const anyOption = shape({ text: anyText(75), value: string(150) }, { description: anyText(75) });

export const overflowOption = shape({ text: plainText(75), value: string(150) }, { description: plainText(75), url });

export const optionGroup = shape({ label: plainText(75), options: list(plainOption, 100) });

export const confirm = shape(
  {},
  {
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
  requireField('text'),
);

export const conversationFilter = shape(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  (value, spot) => {
    if (Object.keys(value).length === 0) spot.report('must provide at least one filter');
  },
);

export const dispatchConfig = shape({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2),
});

const slackFile = shape({}, { id: string(255), url }, exactlyOne('id', 'url'));

/** The fields an image may take its picture from; exactly one of them must be there. */
export const pictureFields = { image_url: url, slack_file: slackFile };

/** Refuses a field that exists elsewhere on the platform but not here. */
function refuse(message: string): Check {
  return (_value, spot) => spot.report(message);
}

/** Demands a field that `shape` holds as optional, so that the other fields are checked first. */
function requireField(key: string): Rule {
  return (value, spot) => {
    if (value[key] === undefined) spot.at(key).report(`missing required field: ${key}`);
  };
}

/** Demands exactly one of several fields. */
export function exactlyOne(...keys: string[]): Rule {
  return (value, spot) => {
    const present = keys.filter((key) => value[key] !== undefined);
    if (present.length !== 1) spot.report(`must provide exactly one of: ${keys.join(', ')}`);
  };
}

/** Returns every option of a static element, those inside groups included. */
export function optionsOf(element: JsonObject): JsonObject[] {
  return [
    ...objectsAt(element, 'options'),
    ...objectsAt(element, 'option_groups').flatMap((group) => objectsAt(group, 'options')),
  ];
}

/** Initial options must repeat one of the options exactly, text and value. */
export function initialAmongOptions(key: 'initial_option' | 'initial_options'): Rule {
  return (value, spot) => {
    if (value[key] === undefined) return;
    const initial = key === 'initial_option' ? [value[key]] : Array.isArray(value[key]) ? value[key] : [];
    const options = optionsOf(value);
    for (const [index, candidate] of initial.entries()) {
      if (options.some((option) => isDeepStrictEqual(option, candidate))) continue;
      const place = key === 'initial_option' ? spot.at(key) : spot.at(key).at(index);
      place.report('initial option must match one of the options exactly');
    }
  };
}

/** Option values must differ, since a submission carries only the value. */
export const distinctOptionValues: Rule = (value, spot) => {
  const seen = new Set<unknown>();
  for (const option of optionsOf(value)) {
    if (seen.has(option.value)) spot.at('options').report(`duplicate option value: ${String(option.value)}`);
    seen.add(option.value);
  }
};
