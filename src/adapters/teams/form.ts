import { clip } from '../../core/clip.js';
import type { Field, Form } from '../../core/form.js';
import type { Choice } from '../../core/view.js';
import type { Zone } from '../../core/webcast.js';
import { drawChoices } from './buttons.js';
import { attach, type Card, card, type Element, textBlock } from './card.js';
import { drawn } from './limits.js';
import { escapeText } from './markdown.js';

/** What a dialog is drawn with beside its form. */
export interface DialogFacts {
  /** Travels with the form and comes back with its values. */
  readonly state: object;
  /** What stood in the inputs when the form was sent; Teams keeps nothing between two dialogs. */
  readonly kept: Readonly<Record<string, string>> | undefined;
  /** Webcasts to choose from where a client does not search. */
  readonly webcasts: readonly Choice[];
  readonly zone: Zone | undefined;
}

/** A form's dialog as an invoke is answered with it. */
export function drawDialog(form: Form, facts: DialogFacts): object {
  const value = { title: clip(form.title, 64), height: 'large', width: 'medium', card: attach(drawForm(form, facts)) };
  return { task: { type: 'continue', value } };
}

/** A dialog that only says something. */
export const drawNotice = (text: string): object => ({ task: { type: 'message', value: text } });

/** The parts of a moment that a dialog asks for one by one. */
export const momentParts = { date: '.date', time: '.time' } as const;

function drawForm(form: Form, facts: DialogFacts): Card {
  const body: Element[] = [];
  const labels = new Map(form.groups.flatMap(({ fields }) => fields.map(({ name, label }) => [name, label])));
  for (const { field, message } of form.issues) {
    const label = labels.get(field);
    body.push(textBlock(escapeText(label ? `${label}: ${message}` : message), wrong));
  }
  if (form.note) body.push(textBlock(escapeText(form.note), hinted));
  for (const group of form.groups) {
    if (group.title !== '') {
      body.push(
        textBlock(escapeText(group.title), { style: 'heading', weight: 'Bolder', size: 'Medium', separator: true }),
      );
    }
    for (const field of group.fields) {
      body.push(...drawField(field, facts));
      for (const issue of form.issues) {
        if (issue.field === field.name) body.push(textBlock(escapeText(issue.message), { ...wrong, spacing: 'None' }));
      }
    }
  }
  return card(body, {
    actions: [{ type: 'Action.Submit', title: clip(form.submit, 100), style: 'positive', data: facts.state }],
  });
}

const wrong = { color: 'Attention' };
const hinted = { isSubtle: true, size: 'Small', spacing: 'None' };

function drawField(field: Field, facts: DialogFacts): Element[] {
  // A switch says its hint beside the box.
  const hint = field.control.kind === 'toggle' ? '' : field.hint;
  const inputs = drawInput(field, facts);
  return hint === '' ? inputs : [...inputs, textBlock(escapeText(hint), hinted)];
}

function drawInput(field: Field, facts: DialogFacts): Element[] {
  const { control, name } = field;
  const standing = facts.kept ? facts.kept[name] : field.value;
  const value = typeof standing === 'string' && standing !== '' ? standing : undefined;
  switch (control.kind) {
    case 'line':
      return [drawText(field, value, control.max, false)];
    case 'paragraph':
      return [drawText(field, value, control.max, true)];
    case 'number': {
      const fits = value === undefined || (/^\d{1,9}$/.test(value) && +value >= control.min && +value <= control.max);
      if (!fits) return [drawText(field, value, 100, false)];
      const bounds = { min: control.min, max: control.max, ...(value !== undefined && { value: Number(value) }) };
      const errorMessage = `From ${control.min} to ${control.max} ${control.unit}.`;
      return [{ type: 'Input.Number', ...named(field), errorMessage, ...bounds }];
    }
    case 'when':
      return drawWhen(field, value, facts);
    case 'zone':
      return [drawSearch(field, value, 'zone', zonesNear(facts.zone))];
    case 'webcast':
      return [drawSearch(field, value, 'webcast', facts.webcasts)];
    case 'toggle': {
      const { isRequired: _, errorMessage: __, ...rest } = named(field);
      const on = facts.kept ? standing === 'true' : isOn(field.value);
      return [{ type: 'Input.Toggle', ...rest, title: field.hint || 'On', value: String(on), wrap: true }];
    }
    case 'choice':
    case 'listed':
      return [drawList(field, value)];
    default: {
      const never: never = control;
      return never;
    }
  }
}

const isOn = (value: Field['value']): boolean =>
  value === true || (typeof value === 'string' && /^(on|yes|true|1|y)$/i.test(value.trim()));

interface Named {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: true;
  readonly errorMessage?: string;
}

const named = ({ name, label, required }: Field): Named => ({
  id: name,
  label,
  ...(required && { isRequired: true, errorMessage: `${label} is needed.` }),
});

function drawText(field: Field, value: string | undefined, max: number, isMultiline: boolean): Element {
  // What a person typed is kept whole and judged on submission.
  const maxLength = Math.max(max, value?.length ?? 0);
  return { type: 'Input.Text', ...named(field), isMultiline, maxLength, ...(value !== undefined && { value }) };
}

/** A date and a time, or the person's own words where there are some. */
function drawWhen(field: Field, value: string | undefined, { kept, zone }: DialogFacts): Element[] {
  const { name, label } = field;
  const moment = { date: kept?.[name + momentParts.date], time: kept?.[name + momentParts.time] };
  const given = value === undefined ? moment : split(value, zone);
  if (!given) return [drawText(field, value, 100, false)];
  const { label: _, ...rest } = named(field);
  const column = (input: Element): Element => ({ type: 'Column', width: 'stretch', items: [input] });
  const date = {
    type: 'Input.Date',
    ...rest,
    id: name + momentParts.date,
    label,
    ...(given.date && { value: given.date }),
  };
  const time = {
    type: 'Input.Time',
    ...rest,
    id: name + momentParts.time,
    label: `${label}: time of day`,
    ...(given.time && { value: given.time }),
  };
  return [{ type: 'ColumnSet', columns: [column(date), column(time)] }];
}

/** Splits an exact moment (@ and Unix seconds), or words of that very form, for two inputs; undefined for other words. */
function split(value: string, zone: Zone | undefined): { date: string; time: string } | undefined {
  const exact = /^@(\d{9,10})$/.exec(value);
  const words = exact ? sayIn(zone, Number(exact[1]) * 1000) : value;
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(words ?? '');
  return found?.[1] && found[2] ? { date: found[1], time: found[2] } : undefined;
}

/** Swedish writes dates as ISO 8601 does. */
const sayIn = (zone: Zone | undefined, at: number): string | undefined =>
  zone && new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);

function drawSearch(field: Field, value: string | undefined, dataset: string, choices: readonly Choice[]): Element {
  const chosen = value === undefined ? [] : [choices.find((one) => one.value === value) ?? { value, label: value }];
  return {
    type: 'Input.ChoiceSet',
    ...named(field),
    style: 'filtered',
    choices: drawChoices([...chosen, ...choices]),
    'choices.data': { type: 'Data.Query', dataset },
    ...(value !== undefined && { value }),
  };
}

function drawList(field: Field, value: string | undefined): Element {
  const wanted = value?.trim().toLowerCase();
  const chosen = field.choices.find((one) => one.value.toLowerCase() === wanted || one.label.toLowerCase() === wanted);
  if (field.choices.length === 0 || (value !== undefined && !chosen)) return drawText(field, value, 1000, false);
  const others = field.choices.filter((one) => one !== chosen).slice(0, drawn.choices - 1);
  const shown = field.choices.filter((one) => one === chosen || others.includes(one));
  const choices = drawChoices(shown);
  return {
    type: 'Input.ChoiceSet',
    ...named(field),
    style: 'compact',
    choices,
    ...(chosen && { value: chosen.value }),
  };
}

/** Zones to choose from where a client does not search: the person's own, and one for each part of the world. */
function zonesNear(zone: Zone | undefined): Choice[] {
  const names = zone && !cities.includes(zone) ? [zone, ...cities] : cities;
  return names.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }));
}

const cities = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Helsinki',
  'Asia/Jerusalem',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
];
