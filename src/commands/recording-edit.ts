import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import type { Category, Title, TitleChange } from '../core/library.js';
import { optionalLine, paragraph, toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { PublicNode, Text, View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { readPosition, sayPosition } from '../time/position.js';
import { pickWebcast } from './parts/choose.js';
import { listed } from './parts/listed.js';
import { choosePart, partsInOrder } from './parts/recorded.js';

interface Input {
  readonly webcast: string | undefined;
  readonly part: string | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** In seconds. */
  readonly thumbnailAt: number | undefined;
  readonly publish: string | undefined;
  readonly hide: boolean;
}

const nothingSaid = 'Say what is to change: title, description, thumbnail, a category, or whether it is hidden.';

export const recordingEdit = defineCommand({
  name: 'recording-edit',
  summary: 'Change a recording: title, description, thumbnail; publish it in a category, or hide it.',
  examples: [
    'recording-edit',
    'recording-edit "Q3 Town Hall" --title "Q3 Town Hall, the recording" --thumbnail-at 12:30',
    'recording-edit "Q3 Town Hall" --publish "Town Halls" --part 2',
    'recording-edit "Q3 Town Hall" --hide',
  ],
  role: 'producer',
  params: {
    webcast: webcastParam(),
    part: optionalLine({ label: 'Part', hint: 'The number or entry id of one of several parts.', max: 40 }),
    title: optionalLine({ label: 'Title', hint: 'Left empty, it stays.', max: 256 }),
    description: paragraph({ label: 'Description', hint: 'Left empty, it stays.', max: 3000 }),
    thumbnailAt: optionalLine({
      label: 'Thumbnail at',
      hint: 'The place whose picture stands for it, such as 12:30.',
      max: 10,
    }),
    publish: optionalLine({
      label: 'Publish in',
      hint: 'A category by its full name or id; it is shown there, and found by search.',
      max: 500,
    }),
    hide: toggle({
      label: 'Hide',
      hint: 'Take it from all categories and from search; the webcast still leads to it.',
      default: false,
    }),
    form: toggle({ label: 'Form', hint: 'Open the form.', hidden: true, default: false }),
  },
  form: { title: 'Edit a recording', submit: 'Save' },
  settle({ webcast, part, title, description, thumbnailAt, publish, hide, form }): Settled<Input> {
    if (form) return { kind: 'form wanted', issues: [] };
    const seconds = thumbnailAt === undefined ? undefined : readPosition(thumbnailAt);
    if (thumbnailAt !== undefined && seconds === undefined) {
      const message = 'Thumbnail at takes a place in the recording, such as 12:30 or 1:02:03.';
      return { kind: 'refused', issues: [{ field: 'thumbnailAt', message }] };
    }
    if (publish !== undefined && hide)
      return { kind: 'refused', issues: [{ field: 'hide', message: 'Either publish it or hide it, not both.' }] };
    const said = [title, seconds, publish].some((one) => one !== undefined) || description.trim() !== '' || hide;
    if (!said) return { kind: 'form wanted', issues: [{ field: 'title', message: nothingSaid }] };
    const told = description.trim() === '' ? undefined : description;
    return { kind: 'settled', input: { webcast, part, title, description: told, thumbnailAt: seconds, publish, hide } };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const options = optionsOf(input);
    const again = `recording-edit {}${options}`;
    const chosen = await pickWebcast(input.webcast, again, ['ended'], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast } = chosen;
    const [all, categories] = await Promise.all([
      context.kaltura.library.titles(webcast.id),
      input.publish === undefined ? [] : context.kaltura.library.categories(input.publish),
    ]);
    const lineFor = (part: number) => `${writeLine('recording-edit', webcast.id)} --part=${part}${options}`;
    const meant = choosePart(webcast, partsInOrder(webcast, all), input.part, lineFor);
    if (meant.kind === 'ask') return [{ to: 'me', view: meant.view }];
    const { part } = meant;
    const category = input.publish === undefined ? undefined : onlyCategory(categories, input.publish);
    const change = changeOf(part, input, category);
    return [{ to: 'me', view: await make(webcast, part, change, context), webcast: webcast.id }];
  },
});

/** The options of an input as they are typed, without the webcast and the part. */
function optionsOf({ title, description, thumbnailAt, publish, hide }: Input): string {
  const options = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(thumbnailAt === undefined ? {} : { thumbnailAt: String(thumbnailAt) }),
    ...(publish === undefined ? {} : { publish }),
    ...(hide ? { hide } : {}),
  };
  // A choice takes the place of the braces, also of those that somebody typed.
  return writeLine('', undefined, options).replaceAll('{}', '{ }');
}

function onlyCategory(found: readonly Category[], wanted: string): Category {
  const [first, ...more] = found;
  if (first !== undefined && more.length === 0) return first;
  const names = found.map(({ fullName }) => `"${fullName}"`).join(', ');
  if (first === undefined) {
    const why = `Kaltura has no category "${wanted.slice(0, 80)}".`;
    throw new BotError('not_found', why, 'Type its full name, such as "Company>Town Halls", or its id.');
  }
  const why = `Several categories fit "${wanted.slice(0, 80)}".`;
  throw new BotError('invalid', why, `Type the full name of one: ${names}.`);
}

/** What differs from what stands; what is the same is not sent. */
function changeOf(part: Title, input: Input, category: Category | undefined): TitleChange {
  const { title, description, thumbnailAt, hide } = input;
  if (thumbnailAt !== undefined) refuseUnlessShown(part, thumbnailAt);
  const isThere = part.categories.some(({ id }) => id === category?.id);
  const visible = hide ? false : category ? true : undefined;
  return {
    ...(title === undefined || title === part.name ? {} : { name: title }),
    ...(description === undefined || description === part.description ? {} : { description }),
    ...(visible === undefined || visible === part.visible ? {} : { visible }),
    ...(category === undefined || isThere ? {} : { addTo: category }),
    ...(hide && part.categories.length > 0 ? { takeFrom: part.categories } : {}),
    ...(thumbnailAt === undefined ? {} : { thumbnailAt }),
  };
}

function refuseUnlessShown({ name, state, duration }: Title, at: number): void {
  if (state !== 'ready') {
    const why = `"${name}" is not ready, so no picture can be taken from it.`;
    throw new BotError('refused', why, 'Wait until it is told as ready.');
  }
  if (at < duration) return;
  const why = `"${name}" is ${sayPosition(duration * 1000)} long; there is no picture at ${sayPosition(at * 1000)}.`;
  throw new BotError('invalid', why, 'Name a place within it.');
}

/** What stands after a part of a change, in words. */
function wordsOf(what: keyof TitleChange, change: TitleChange): Text {
  switch (what) {
    case 'name':
      return ['Title: ', { bold: change.name ?? '' }];
    case 'description':
      return 'Description';
    case 'visible':
      return change.visible ? 'It is found by search.' : 'It is hidden from search.';
    case 'addTo':
      return ['It is shown in ', { bold: change.addTo?.fullName ?? '' }, '.'];
    case 'takeFrom':
      return ['It was taken from ', { bold: (change.takeFrom ?? []).map(({ fullName }) => fullName).join(', ') }, '.'];
    case 'thumbnailAt':
      return `Thumbnail: the picture at ${sayPosition((change.thumbnailAt ?? 0) * 1000)}`;
    default: {
      const never: never = what;
      return never;
    }
  }
}

const inOrder = ['name', 'description', 'visible', 'addTo', 'takeFrom', 'thumbnailAt'] as const;
const stillReached = 'Whoever has its link, and every page that shows the webcast, still gets it.';

async function make(webcast: Webcast, part: Title, change: TitleChange, context: Context): Promise<View> {
  const wanted = inOrder.filter((what) => change[what] !== undefined);
  const hides = change.visible === false || change.takeFrom !== undefined;
  if (wanted.length === 0) return answer(webcast, `${part.name} is like that already`, [], [], false);
  const unmade = await context.kaltura.library.change(part.id, change);
  const made = wanted.filter((what) => !unmade.some((one) => one.what === what));
  const [first] = unmade;
  if (first !== undefined && made.length === 0) throw first.why;
  const title = `${first === undefined ? 'Changed' : 'Changed in part'}: ${change.name ?? part.name}`;
  const failed = unmade.map(({ what, why }): Text => [wordsOf(what, change), ' ', why.message, ' ', why.hint].flat());
  return answer(
    webcast,
    title,
    made.map((what) => wordsOf(what, change)),
    failed,
    hides,
  );
}

function answer(webcast: Webcast, title: string, made: readonly Text[], failed: readonly Text[], hides: boolean): View {
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    ...(made.length === 0 ? [] : [{ kind: 'list', items: made } as const]),
    ...listed('Not done:', failed),
    ...(hides ? [{ kind: 'text', style: 'quiet', text: stillReached } as const] : []),
    { kind: 'buttons', buttons: [{ label: 'Recording', line: writeLine('recording', webcast.id) }] },
  ];
  return { summary: title, nodes };
}
