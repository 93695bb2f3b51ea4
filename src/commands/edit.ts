import { type Context, defineCommand, type Moment, type Reply, type Settled } from '../core/command.js';
import type { FieldIssue } from '../core/errors.js';
import {
  duration,
  emptiable,
  optionalLine,
  optionalWhen,
  toggle,
  unsaid,
  type Values,
  webcast as webcastParam,
  writeWhen,
} from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { Which } from '../core/ports.js';
import type { Categorized, Instant, Webcast, WebcastNote, Zone } from '../core/webcast.js';
import { splitTags } from './create/tags.js';
import { understand } from './create/times.js';
import { planParams } from './create.js';
import { answerEdit, askUnlinking, type Done } from './edit/answer.js';
import { changesFrom, divide, refuseUnfit, resolveProfile } from './edit/changes.js';
import { editFacts, longestCategories, prefillEdit } from './edit/form.js';
import { categoriesSaid, differs, minuteOf, type Opened, readOpened } from './edit/opened.js';
import { changesOf, type Settings, settingNames, settingsOf, unlinking } from './edit/settings.js';
import { changeCategories, planCategories, type WantedCategories } from './parts/categories.js';
import { type Picked, pickFrom } from './parts/choose.js';
import { unplanned } from './parts/note.js';
import { refuseOnAir } from './parts/onair.js';
import { mustPlanAgain, needsZone, planAgain, type Respan } from './parts/span.js';

const times = planParams.start.group;

const params = {
  webcast: webcastParam(),
  name: unsaid(planParams.name),
  description: emptiable(planParams.description),
  tags: emptiable(planParams.tags),
  category: emptiable(
    optionalLine({
      label: planParams.category.label,
      hint: 'All that it is to be in, by full name or id, separated by commas; empty takes it out of all.',
      max: longestCategories,
    }),
  ),
  start: optionalWhen({ label: 'Start', hint: planParams.start.hint, group: times }),
  end: optionalWhen({
    label: 'End',
    hint: 'Such as "16:30"; after a start that moves it keeps its distance.',
    group: times,
  }),
  duration: duration({ label: 'Duration', hint: 'Such as 90 or 1h30, in place of an end.', group: times, max: 1440 }),
  zone: planParams.zone,
  preview: unsaid(planParams.preview),
  dvr: unsaid(planParams.dvr),
  dvrWindow: unsaid(planParams.dvrWindow),
  profile: planParams.profile,
  multicast: unsaid(planParams.multicast),
  recording: unsaid(planParams.recording),
  copyEntitlement: unsaid(planParams.copyEntitlement),
  hideRecording: unsaid(planParams.hideRecording),
  archive: unsaid(planParams.archive),
  yes: toggle({
    label: 'Without asking',
    hint: 'Change what unlinks the recording without the question.',
    default: false,
  }),
  opened: optionalLine({ label: 'Opened', hint: 'What stood in the form.', hidden: true, max: 1000 }),
} as const;

interface Input {
  readonly webcast: string | undefined;
  readonly wanted: Partial<Settings>;
  readonly categories: WantedCategories | undefined;
  readonly span: Respan;
  /** As it was said; the zone in which the words are to be understood stands beside it. */
  readonly zone: Zone | undefined;
  readonly wordsZone: Zone | undefined;
  readonly yes: boolean;
  readonly opened: Opened | undefined;
  /** The line that asks for the same of a webcast that is still to be chosen. */
  readonly line: string;
}

const unsaidSpan: Respan = { start: undefined, end: undefined, duration: undefined };

export const edit = defineCommand({
  name: 'edit',
  summary: 'Change a webcast: a form with what it is now, or what you say in the line.',
  examples: ['edit', 'edit "Q3 Town Hall" --description "With the CFO"', 'edit 1_ab12cd34 --recording off'],
  role: 'producer',
  params,
  form: { title: 'Edit a webcast', submit: 'Save', facts: editFacts, prefill: prefillEdit },
  settle(values, moment): Settled<Input> {
    return values.opened === undefined
      ? settleLine(values, moment)
      : settleForm(values, readOpened(values.opened), moment);
  },
  async run(input, context): Promise<readonly Reply[]> {
    const phases = ['scheduled', 'connecting', 'preview', 'live'] as const;
    const find = (which: Which) => findFor(which, input, context);
    const chosen = await pickFrom(find, input.webcast, input.line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    return context.alone(`edit ${chosen.webcast.id}`, () => change(chosen, input, context));
  },
});

/** What is found, with its categories where these are to be changed. */
interface Found {
  readonly found: readonly Webcast[];
  readonly categorized: Categorized | undefined;
}

async function findFor(which: Which, { categories }: Input, { kaltura }: Context): Promise<Found> {
  if (categories === undefined) return { found: await kaltura.find(which), categorized: undefined };
  const categorized = await kaltura.findWithCategories(which, categories.names);
  return { found: categorized.found, categorized };
}

function wantedOf(values: Values<typeof params>): Partial<Settings> {
  const { tags, profile, ...rest } = values;
  const given = settingNames.flatMap((name) => {
    const value = name === 'tags' ? tags && splitTags(tags) : name === 'profile' ? profile : rest[name];
    const emptied = name === 'tags' && tags === '' ? [] : value;
    return emptied === undefined ? [] : [[name, emptied] as const];
  });
  return Object.fromEntries(given);
}

function settleLine(values: Values<typeof params>, { zone: own }: Moment): Settled<Input> {
  const { webcast, start, end, zone, yes } = values;
  const wanted = wantedOf(values);
  const span: Respan = { start, end, duration: values.duration };
  const saysSpan = start !== undefined || end !== undefined || values.duration !== undefined || zone !== undefined;
  const categories =
    values.category === undefined ? undefined : { names: splitTags(values.category), stood: undefined };
  if (Object.keys(wanted).length === 0 && !saysSpan && !categories) return { kind: 'form wanted', issues: [] };
  if (end !== undefined && values.duration !== undefined)
    return refuse('end', 'Give either an end or a duration, not both.');
  const wordsZone = zone ?? own;
  if (needsZone(span, wordsZone)) return { kind: 'zone needed' };
  const input = { webcast, wanted, categories, span, zone, wordsZone, yes, opened: undefined, line: lineOf(values) };
  return { kind: 'settled', input };
}

const refuse = (field: string, message: string): { kind: 'refused'; issues: FieldIssue[] } => ({
  kind: 'refused',
  issues: [{ field, message }],
});

/** A list to choose from carries the line, as far as platforms carry one. */
const longestLine = 150;

function lineOf({ webcast: _, opened: __, yes: ___, ...values }: Values<typeof params>): string {
  const options: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (typeof value === 'object') options[name] = writeWhen(value);
    else options[name] = typeof value === 'number' ? String(value) : value;
  }
  const line = writeLine('edit', undefined, options).replace('edit', 'edit {}');
  return line.length > longestLine ? 'edit {}' : line;
}

/** Of a form, what counts is what stands in it otherwise than when it was opened. */
function settleForm(values: Values<typeof params>, opened: Opened, { zone, now }: Moment): Settled<Input> {
  if (values.name === undefined && opened.settings.has('name')) return refuse('name', 'Name is empty.');
  const filled = wantedOf({ ...values, description: values.description ?? '', tags: values.tags ?? '' });
  const changed = settingNames.filter(
    (name) => opened.settings.has(name) && filled[name] !== undefined && differs(opened, name, filled[name]),
  );
  const wanted: Partial<Settings> = Object.fromEntries(changed.map((name) => [name, filled[name]]));
  const given = { start: values.start, end: values.end, duration: undefined };
  if (needsZone(given, zone)) return { kind: 'zone needed' };
  const moments: { start?: Instant; end?: Instant } = {};
  for (const field of ['start', 'end'] as const) {
    const when = values[field];
    const read = when && understand(when, zone ?? utc, moments.start ?? now);
    if (read?.kind === 'unclear') return refuse(field, read.problem);
    if (read) moments[field] = read.at;
  }
  const { start, end } = moments;
  const starts = start !== undefined && minuteOf(start) !== opened.start;
  const ends = end !== undefined && minuteOf(end) !== opened.end;
  const exactly = (at: Instant | undefined) => (at === undefined ? undefined : ({ kind: 'instant', at } as const));
  const span: Respan =
    starts || ends
      ? { start: starts ? exactly(start) : undefined, end: exactly(end), duration: undefined }
      : unsaidSpan;
  if (starts || ends) {
    const planned = planAgain(span, { start, end }, zone ?? utc, now);
    if (planned.kind === 'refused') return planned;
  }
  const { webcast, yes } = values;
  const categories = categoriesSaid(opened, values.category ?? '');
  return {
    kind: 'settled',
    input: { webcast, wanted, categories, span, zone: undefined, wordsZone: zone, yes, opened, line: 'edit {}' },
  };
}

/** Where all moments are exact, a zone only words what is refused. */
const utc = 'UTC' as Zone;

async function change(
  { webcast, note, told }: Extract<Picked<Found>, { kind: 'one' }>,
  input: Input,
  context: Context,
): Promise<readonly Reply[]> {
  const { kaltura, store, clock, live } = context;
  const before = note ?? unplanned(webcast);
  const planned = replan(webcast, before, input, clock.now());
  const changes = changesFrom(webcast, await resolveProfile(input.wanted, context));
  refuseUnfit(webcast, changes);
  const moving =
    input.categories &&
    told.categorized &&
    (await planCategories(webcast, input.categories, told.categorized, context));
  const { named: severing, rest } = divide(changes, unlinking);
  const linked = webcast.recordedEntryId ?? webcast.redirectEntryId;
  const asks = Object.keys(severing).length > 0 && linked !== undefined && !input.yes;
  const sent = asks ? rest : changes;
  const after = Object.keys(sent).length === 0 ? webcast : await kaltura.update(webcast.id, changesOf(sent));
  const kept: WebcastNote = { ...planned, name: after.name };
  const renewed =
    kept.name !== before.name || kept.start !== before.start || kept.end !== before.end || kept.zone !== before.zone;
  if (renewed) await store.saveNote(kept, clock.now());
  if (renewed || after !== webcast) await live.changed(webcast.id);
  const again = writeLine('edit', webcast.id, { category: input.categories?.names.join(', ') ?? '' });
  const [event, categories] = await Promise.all([
    renewed ? kaltura.eventData.keepInStep(webcast.id, kept) : undefined,
    moving && changeCategories(webcast, moving, again, context),
  ]);
  const done: Done = {
    webcast,
    after,
    sent,
    before,
    kept,
    event,
    categories,
    overtaken: overtakenOf(webcast, before, sent, input),
  };
  const replies: Reply[] = [{ to: 'me', webcast: webcast.id, view: answerEdit(done) }];
  if (asks && linked) replies.push({ to: 'me', view: await askUnlinking(after, severing, linked, context) });
  const moved = categories !== undefined && (categories.after !== categories.before || categories.shortfall.length > 0);
  return asks && !renewed && !moved && after === webcast ? replies.slice(1) : replies;
}

/** The plan as it is to be; what has begun is not moved. */
function replan(webcast: Webcast, before: WebcastNote, input: Input, now: Instant): WebcastNote {
  const { span, zone, wordsZone } = input;
  const said = span.start !== undefined || span.end !== undefined || span.duration !== undefined;
  if (!said) return zone === undefined ? before : { ...before, zone };
  if (span.start !== undefined) refuseOnAir(webcast);
  const { start, end } = mustPlanAgain(span, before, wordsZone ?? before.zone ?? utc, now, 'Nothing was changed.');
  return { ...before, start, end, zone: zone ?? before.zone ?? wordsZone };
}

/** What somebody else has changed since the form was opened, and this change has replaced. */
function overtakenOf(
  webcast: Webcast,
  before: WebcastNote,
  sent: Partial<Settings>,
  { opened, span }: Input,
): string[] {
  if (!opened) return [];
  const stood = settingsOf(webcast);
  const settings = settingNames.filter(
    (name) => sent[name] !== undefined && opened.settings.has(name) && differs(opened, name, stood[name]),
  );
  const moved =
    (span.start !== undefined && minuteOf(before.start) !== opened.start) ||
    (span.end !== undefined && minuteOf(before.end) !== opened.end);
  return [...settings.map((name) => params[name].label), ...(moved ? ['The time'] : [])];
}
