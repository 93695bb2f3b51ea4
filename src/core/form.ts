import type { FieldIssue } from './errors.js';
import type { Control, Params, RawValue, RawValues } from './params.js';
import type { Choice } from './view.js';

/** One question of a form. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly control: Control;
  readonly required: boolean;
  /** What stands in the field when the form opens: given, or the default. */
  readonly value: RawValue;
  /** The list of a choice or listed control; empty for all others. */
  readonly choices: readonly Choice[];
}

/** A form of a command, to be drawn as a modal, a dialog or questions in turn. */
export interface Form {
  readonly command: string;
  readonly title: string;
  readonly submit: string;
  /** Says which opening of the form this is, so that two submissions of it are one. */
  readonly key: string;
  readonly note: string | undefined;
  readonly groups: readonly { readonly title: string; readonly fields: readonly Field[] }[];
  readonly issues: readonly FieldIssue[];
  /** Values of hidden parameters: they travel with the form, unseen, and come back with what was filled in. */
  readonly carried?: Readonly<Record<string, string>>;
}

/** What only the account can say about a form. */
export interface FormFacts {
  readonly choices: Readonly<Record<string, readonly Choice[]>>;
  /** Parameters that this account does not offer. */
  readonly without: readonly string[];
  readonly note?: string;
  /** The button's words, where they are not the command's own. */
  readonly submit?: string;
  readonly carried?: Readonly<Record<string, string>>;
}

/** Lays a command's parameter table out as a form. */
export function layForm(
  command: {
    readonly name: string;
    readonly params: Params;
    readonly form: { readonly title: string; readonly submit: string };
  },
  key: string,
  values: RawValues,
  facts: FormFacts,
  issues: readonly FieldIssue[] = [],
): Form {
  const groups = new Map<string, Field[]>();
  for (const [name, param] of Object.entries(command.params)) {
    if (param.hidden || facts.without.includes(name)) continue;
    const choices = param.control.kind === 'choice' ? param.control.choices : (facts.choices[name] ?? []);
    if (param.control.kind === 'listed' && choices.length === 0) continue;
    const field: Field = {
      name,
      label: param.label,
      hint: param.hint,
      control: param.control,
      required: param.required,
      value: values[name] ?? param.default,
      choices,
    };
    groups.set(param.group, [...(groups.get(param.group) ?? []), field]);
  }
  return {
    command: command.name,
    title: command.form.title,
    submit: facts.submit ?? command.form.submit,
    key,
    note: facts.note,
    groups: [...groups].map(([title, fields]) => ({ title, fields })),
    issues,
    ...(facts.carried && { carried: facts.carried }),
  };
}
