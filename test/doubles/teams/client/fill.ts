import { type JsonObject, objectsAt, stringAt } from '../../json.js';
import { type CardSurface, labelOf, type Screen, type ShownAction, type ShownInput } from './screen.js';

/** What a person enters: text, a number, a switch, or several choices; an empty text clears the field. */
export type Entry = string | number | boolean | string[];

function pickChoice(choices: JsonObject[], wanted: string, place: string): string {
  const found = choices.find(({ value, title }) => value === wanted || title === wanted);
  const value = found === undefined ? undefined : stringAt(found, 'value');
  if (value !== undefined) return value;
  throw new Error(`${place}: no choice ${wanted} among: ${choices.map(({ title }) => String(title)).join(', ')}`);
}

/** Turns an entry into the text a client sends for the input. */
export function wordEntry({ input, id }: ShownInput, entry: Entry, offered: JsonObject[]): string {
  switch (input.type) {
    case 'Input.Toggle': {
      if (typeof entry !== 'boolean') throw new Error(`${id} is switched on or off`);
      return String(entry ? (input.valueOn ?? 'true') : (input.valueOff ?? 'false'));
    }
    case 'Input.ChoiceSet': {
      const wanted = Array.isArray(entry) ? entry : entry === '' ? [] : [String(entry)];
      if (wanted.length > 1 && input.isMultiSelect !== true) throw new Error(`${id} takes one choice`);
      return wanted.map((one) => pickChoice([...objectsAt(input, 'choices'), ...offered], one, id)).join(',');
    }
    default:
      if (typeof entry === 'boolean' || Array.isArray(entry)) throw new Error(`${id} takes a text`);
      return String(entry);
  }
}

/** The text an input holds before anybody touched it. */
function initialText(input: JsonObject): string {
  if (input.type === 'Input.Toggle') return String(input.value ?? input.valueOff ?? 'false');
  return input.value === undefined ? '' : String(input.value);
}

/** The inputs a button sends: those of its card and of the cards around it. */
export function inputsOf({ inputs }: Screen, { action, cards }: ShownAction): ShownInput[] {
  if (action.associatedInputs === 'none') return [];
  return inputs.filter(({ card }) => cards.includes(card));
}

/** Collects what a button sends: texts by input id, empty ones left out. */
export function collectValues(surface: CardSurface, personId: string, inputs: ShownInput[]): Record<string, string> {
  const entered = surface.entered.get(personId);
  return Object.fromEntries(
    inputs
      .map(({ id, input }): [string, string] => [id, entered?.get(id) ?? initialText(input)])
      .filter(([, text]) => text !== ''),
  );
}

/** Lists what the client shows under the fields instead of sending, by input id. */
export function findFieldProblems(inputs: ShownInput[], values: Record<string, string>): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { id, input } of inputs) {
    const text = values[id] ?? '';
    const problem = text === '' ? (input.isRequired === true ? 'is required' : undefined) : judgeText(input, text);
    if (problem !== undefined) problems[id] = stringAt(input, 'errorMessage') ?? `${labelOf(input)} ${problem}`;
  }
  return problems;
}

function judgeText(input: JsonObject, text: string): string | undefined {
  switch (input.type) {
    case 'Input.Text': {
      if (text.length > Number(input.maxLength ?? Number.POSITIVE_INFINITY)) return `is longer than ${input.maxLength}`;
      const pattern = stringAt(input, 'regex');
      return pattern === undefined || new RegExp(pattern).test(text) ? undefined : `does not match ${pattern}`;
    }
    case 'Input.Number':
      if (!/^-?\d+(\.\d+)?$/.test(text)) return 'is no number';
      return judgeRange(Number(text), input.min, input.max);
    case 'Input.Date':
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return 'is no date';
      return judgeRange(text, input.min, input.max);
    case 'Input.Time':
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return 'is no time';
      return judgeRange(text, input.min, input.max);
    case 'Input.Toggle':
      return input.isRequired === true && text !== (input.valueOn ?? 'true') ? 'must be on' : undefined;
    default:
      return undefined;
  }
}

function judgeRange(value: number | string, min: unknown, max: unknown): string | undefined {
  const isBelow = (left: unknown, right: unknown): boolean =>
    typeof left === 'number' && typeof right === 'number' ? left < right : String(left) < String(right);
  if (min !== undefined && isBelow(value, min)) return `is less than ${String(min)}`;
  if (max !== undefined && isBelow(max, value)) return `is more than ${String(max)}`;
  return undefined;
}
