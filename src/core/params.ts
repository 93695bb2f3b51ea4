import { z } from 'zod';
import type { Choice } from './view.js';
import { type Instant, instant, readZone, type Zone } from './webcast.js';

/** How a person fills a parameter; every platform draws every kind. */
export type Control =
  | { readonly kind: 'line'; readonly max: number }
  | { readonly kind: 'paragraph'; readonly max: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly unit: string }
  | { readonly kind: 'when' }
  | { readonly kind: 'zone' }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  /** A choice whose list the account holds and the form fetches. */
  | { readonly kind: 'listed' }
  | { readonly kind: 'webcast' };

/** What a platform hands in for one parameter: typed text, a pressed toggle, or nothing. */
export type RawValue = string | boolean | undefined;
export type RawValues = Readonly<Record<string, RawValue>>;

/** A moment as given: exact, or in words that need a zone and a now to be understood. */
export type When =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'words'; readonly words: string };

/**
 * Loose words that another parameter than the first one takes: all behind the first word (move "Q3 Town Hall" friday
 * 15:00), or the first word, where it is an entry id (announce 1_ab12cd34 We go on).
 */
export type Loose = 'behind the first' | 'an id before';

/** One row of a command's parameter table; forms, flags, help and checks all come from it. */
export interface Param<T> {
  readonly label: string;
  readonly hint: string;
  readonly control: Control;
  readonly required: boolean;
  /** The default in a person's words; undefined when leaving it out means nothing. */
  readonly default: string | boolean | undefined;
  readonly group: string;
  /** Shown in help and forms; hidden ones only travel in lines and forms that the bot itself writes. */
  readonly hidden: boolean;
  /** Which loose words belong to it, where they do not all belong to the first parameter. */
  readonly loose: Loose | undefined;
  /** Takes people as platforms write them into a line; every other parameter gets their names. */
  readonly people: boolean;
  readonly schema: z.ZodType<T>;
}

export type Params = Readonly<Record<string, Param<unknown>>>;
export type Values<P extends Params> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never };

interface Words {
  readonly label: string;
  readonly hint: string;
  readonly group?: string;
  readonly hidden?: boolean;
  readonly loose?: Loose;
  readonly people?: boolean;
}

const row = <T>(
  words: Words,
  control: Control,
  required: boolean,
  fallback: string | boolean | undefined,
  schema: z.ZodType<T>,
): Param<T> => ({
  label: words.label,
  hint: words.hint,
  control,
  required,
  default: fallback,
  group: words.group ?? '',
  hidden: words.hidden ?? false,
  loose: words.loose,
  people: words.people ?? false,
  schema,
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: Kaltura answers INVALID_PARAMETER_CHAR to control characters
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

const text = (label: string, max: number) =>
  z
    .string(`${label} needs words.`)
    .refine((value) => !control.test(value), `${label} holds an invisible control character. Type it again by hand.`)
    .refine((value) => [...value].length <= max, {
      error: (issue) => `${label} is ${[...String(issue.input)].length} characters long; the limit is ${max}.`,
    });

const tidy = (raw: unknown): unknown => (typeof raw === 'string' && raw.trim() === '' ? undefined : raw);

/** One line of text that must be there; white space is folded. */
export function line(words: Words & { readonly max: number }): Param<string> {
  const folded = (raw: unknown) => (typeof raw === 'string' ? raw.replace(/[ \t\r\n]+/g, ' ').trim() : raw);
  const schema = z.preprocess(folded, text(words.label, words.max).min(1, `${words.label} is empty.`));
  return row(words, { kind: 'line', max: words.max }, true, undefined, schema);
}

/** One line of text that may be left out. */
export function optionalLine(words: Words & { readonly max: number }): Param<string | undefined> {
  const schema = z.preprocess(
    tidy,
    text(words.label, words.max)
      .transform((value) => value.trim())
      .optional(),
  );
  return row(words, { kind: 'line', max: words.max }, false, undefined, schema);
}

/** Several lines of text; empty when left out. */
export function paragraph(words: Words & { readonly max: number }): Param<string> {
  const schema = z.preprocess((raw) => raw ?? '', text(words.label, words.max));
  return row(words, { kind: 'paragraph', max: words.max }, false, undefined, schema);
}

/** Several lines of text that must be there. */
export function requiredParagraph(words: Words & { readonly max: number }): Param<string> {
  const trimmed = (raw: unknown) => (typeof raw === 'string' ? raw.trim() : raw);
  const schema = z.preprocess(trimmed, text(words.label, words.max).min(1, `${words.label} is empty.`));
  return row(words, { kind: 'paragraph', max: words.max }, true, undefined, schema);
}

/** A whole number within bounds. */
export function number(
  words: Words & { readonly min: number; readonly max: number; readonly unit: string; readonly default: number },
): Param<number> {
  const sentence = `${words.label} takes a whole number of ${words.unit} from ${words.min} to ${words.max}.`;
  const read = z
    .string(sentence)
    .trim()
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .pipe(z.number().min(words.min, sentence).max(words.max, sentence));
  const schema = z.preprocess((raw) => tidy(raw) ?? String(words.default), read);
  return row(
    words,
    { kind: 'number', min: words.min, max: words.max, unit: words.unit },
    false,
    String(words.default),
    schema,
  );
}

const yes = ['on', 'yes', 'true', '1', 'y'];
const no = ['off', 'no', 'false', '0', 'n'];

/** A switch; on the command line --name, --no-name, --name on or --name off. */
export function toggle(words: Words & { readonly default: boolean }): Param<boolean> {
  const schema = z.preprocess(
    (raw) => {
      const given = tidy(raw) ?? words.default;
      if (typeof given !== 'string') return given;
      const word = given.trim().toLowerCase();
      return yes.includes(word) ? true : no.includes(word) ? false : given;
    },
    z.boolean(`${words.label} takes on or off.`),
  );
  return row(words, { kind: 'toggle' }, false, words.default, schema);
}

/** One of a few named values, written by value or by label. */
export function choice<const V extends string>(
  words: Words & { readonly choices: readonly (Choice & { readonly value: V })[]; readonly default: V },
): Param<V> {
  const sentence = `${words.label} takes one of: ${words.choices.map((one) => one.value).join(', ')}.`;
  const find = (raw: unknown): unknown => {
    const given = tidy(raw) ?? words.default;
    if (typeof given !== 'string') return given;
    const word = given.trim().toLowerCase();
    return words.choices.find((one) => one.value === word || one.label.toLowerCase() === word)?.value ?? given;
  };
  const known = z.custom<V>((value) => words.choices.some((one) => one.value === value), sentence);
  return row(words, { kind: 'choice', choices: words.choices }, false, words.default, z.preprocess(find, known));
}

/** One of a list that only the account knows, by id or name. */
export function listed(words: Words): Param<string | undefined> {
  const schema = z.preprocess(
    tidy,
    text(words.label, 200)
      .transform((value) => value.trim())
      .optional(),
  );
  return row(words, { kind: 'listed' }, false, undefined, schema);
}

const when = (label: string) =>
  text(label, 100).transform((raw): When => {
    const exact = /^@(\d{9,10})$/.exec(raw.trim());
    return exact?.[1]
      ? { kind: 'instant', at: instant(Number(exact[1]) * 1000) }
      : { kind: 'words', words: raw.trim() };
  });

/** The moment as a line gives it. */
export const writeWhen = (when: When): string => (when.kind === 'instant' ? writeInstant(when.at) : when.words);

/** An exact moment as a line or a form gives it: @ and Unix seconds. */
export const writeInstant = (at: Instant): string => `@${Math.floor(at / 1000)}`;

/** A moment that must be given: natural words, or @ and Unix seconds as forms with a picker send it. */
export function requiredWhen(words: Words): Param<When> {
  const sentence = `${words.label} is empty. Write a time such as "tomorrow 15:00".`;
  const schema = z.preprocess(tidy, z.string(sentence).pipe(when(words.label)));
  return row(words, { kind: 'when' }, true, undefined, schema);
}

/** A moment that may be left out. */
export function optionalWhen(words: Words): Param<When | undefined> {
  return row(words, { kind: 'when' }, false, undefined, z.preprocess(tidy, when(words.label).optional()));
}

/** A length of time in minutes, written as 90, 90m, 1h30 or 1.5h; undefined when left out. */
export function duration(words: Words & { readonly max: number }): Param<number | undefined> {
  const sentence = `${words.label} takes minutes or hours, such as 90 or 1h30, up to ${words.max / 60} hours.`;
  const read = z
    .string(sentence)
    .transform(minutesOf)
    .pipe(z.number(sentence).int(sentence).min(1, sentence).max(words.max, sentence));
  return row(words, { kind: 'line', max: 20 }, false, undefined, z.preprocess(tidy, read.optional()));
}

function minutesOf(raw: string): number | undefined {
  const found = /^(?:(\d{1,2}(?:[.,]\d{1,2})?)\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,4})\s*(?:m|min|minutes?)?)?$/i.exec(
    raw.trim(),
  );
  if (!found || (found[1] === undefined && found[2] === undefined)) return undefined;
  return Math.round(Number((found[1] ?? '0').replace(',', '.')) * 60) + Number(found[2] ?? '0');
}

/** A time zone by its IANA name; left out it is the person's own. */
export function zone(words: Words): Param<Zone | undefined> {
  const known = z
    .string()
    .trim()
    .transform((name, ctx): Zone => {
      const found = readZone(name);
      if (found !== undefined) return found;
      ctx.addIssue({
        code: 'custom',
        message: `${words.label} takes a name such as Europe/Berlin or America/New_York; "${name.slice(0, 60)}" is none.`,
      });
      return z.NEVER;
    });
  return row(words, { kind: 'zone' }, false, undefined, z.preprocess(tidy, known.optional()));
}

/** A webcast by entry id or by words of its name; left out it is this channel's, where the command's hint says no other. */
export function webcast({
  label = 'Webcast',
  hint = "Entry id or words of its name; left out, this channel's own.",
  ...rest
}: Partial<Words> = {}): Param<string | undefined> {
  const words: Words = { label, hint, ...rest };
  const schema = z.preprocess(
    tidy,
    text(words.label, 256)
      .transform((value) => value.trim())
      .optional(),
  );
  return row(words, { kind: 'webcast' }, false, undefined, schema);
}

/** The same parameter where leaving it out says nothing about it, in place of meaning the default. */
export function unsaid<T>(param: Param<T>): Param<T | undefined> {
  const schema = z
    .unknown()
    .optional()
    .transform((raw, ctx) => (tidy(raw) === undefined ? undefined : readAs(param, raw, ctx)));
  return { ...param, required: false, default: undefined, schema };
}

/** The same for a text that can be emptied: left out nothing is said about it, while empty words empty it. */
export function emptiable(param: Param<string | undefined>): Param<string | undefined> {
  const schema = z
    .unknown()
    .optional()
    .transform((raw, ctx) => {
      if (raw === undefined) return undefined;
      return tidy(raw) === undefined ? '' : readAs(param, raw, ctx);
    });
  return { ...param, required: false, default: undefined, schema };
}

function readAs<T>({ schema }: Param<T>, raw: unknown, ctx: z.RefinementCtx): T {
  const read = schema.safeParse(raw);
  if (read.success) return read.data;
  for (const { message } of read.error.issues) ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}

/** The option's name on the command line: dvrWindow becomes dvr-window. */
export const flagOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
