import { isObject, objectsAt, stringAt } from '../../json.js';
import {
  anyAction,
  anyText,
  boolean,
  type Check,
  list,
  matching,
  number,
  oneOf,
  plainObject,
  shape,
  text,
} from './check.js';
import { common } from './fields.js';

const date = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date such as 2026-12-01');
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 10:30');

const input: Record<string, Check> = {
  ...common,
  label: text,
  isRequired: boolean,
  errorMessage: text,
  labelPosition: oneOf('inline', 'above'),
  valueChangedAction: plainObject,
};

const pattern: Check = (value, spot) => {
  text(value, spot);
  if (typeof value !== 'string') return;
  try {
    new RegExp(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    spot.report('is no regular expression');
  }
};

const choice = shape({ title: text, value: text }, { type: oneOf('Input.Choice') });

const dataQuery = shape(
  { type: oneOf('Data.Query'), dataset: text },
  { associatedInputs: oneOf('auto', 'none'), count: number, skip: number },
);

/** A choice set offers something, each value once, and starts with values it offers. */
const choiceSet = shape(
  { type: anyText, id: text },
  {
    ...input,
    choices: list(choice),
    'choices.data': dataQuery,
    isMultiSelect: boolean,
    style: oneOf('compact', 'expanded', 'filtered'),
    placeholder: anyText,
    value: anyText,
    wrap: boolean,
  },
  (value, spot) => {
    const values = objectsAt(value, 'choices').map((one) => stringAt(one, 'value'));
    const dynamic = isObject(value['choices.data']);
    if (values.length === 0 && !dynamic) spot.report('offers no choices');
    if (new Set(values).size < values.length) spot.report('offers a value twice');
    if (dynamic && value.style === 'expanded') spot.report('choices that are looked up cannot be expanded');
    const chosen = stringAt(value, 'value') ?? '';
    const parts = chosen === '' ? [] : value.isMultiSelect === true ? chosen.split(',') : [chosen];
    for (const one of parts) {
      if (!dynamic && !values.includes(one)) spot.report(`starts with ${one}, which it does not offer`);
    }
    if (value.isMultiSelect === true && values.some((one) => one?.includes(','))) {
      spot.report('several values are joined by commas: none may contain one');
    }
  },
);

export const inputs: Record<string, Check> = {
  'Input.Text': shape(
    { type: anyText, id: text },
    {
      ...input,
      isMultiline: boolean,
      maxLength: number,
      placeholder: anyText,
      regex: pattern,
      style: oneOf('text', 'tel', 'url', 'email', 'password'),
      inlineAction: anyAction,
      value: anyText,
    },
  ),
  'Input.Number': shape(
    { type: anyText, id: text },
    { ...input, min: number, max: number, placeholder: anyText, value: number },
  ),
  'Input.Date': shape(
    { type: anyText, id: text },
    { ...input, min: date, max: date, placeholder: anyText, value: date },
  ),
  'Input.Time': shape(
    { type: anyText, id: text },
    { ...input, min: time, max: time, placeholder: anyText, value: time },
  ),
  'Input.Toggle': shape(
    { type: anyText, id: text, title: text },
    { ...input, value: anyText, valueOn: text, valueOff: text, wrap: boolean },
    (value, spot) => {
      const allowed = [value.valueOn ?? 'true', value.valueOff ?? 'false', ''];
      if (typeof value.value === 'string' && !allowed.includes(value.value)) spot.report('starts neither on nor off');
    },
  ),
  'Input.ChoiceSet': choiceSet,
};
