import { type Context, defineCommand, type Moment, type Reply, type Settled } from '../core/command.js';
import type { EventData } from '../core/eventdata.js';
import {
  duration,
  optionalLine,
  optionalWhen,
  type Values,
  type When,
  webcast as webcastParam,
  writeWhen,
  zone,
} from '../core/params.js';
import type { View } from '../core/view.js';
import type { Webcast, WebcastNote, Zone } from '../core/webcast.js';
import { buttonFor } from '../show/card.js';
import { eventTrouble } from '../show/eventdata.js';
import { readTime } from '../time/read.js';
import { sayFull, sayLength } from '../time/say.js';
import { pickWebcast } from './parts/choose.js';
import { unplanned } from './parts/note.js';
import { refuseOnAir } from './parts/onair.js';
import { mustPlanAgain, needsZone, type Respan } from './parts/span.js';

const params = {
  webcast: webcastParam({
    hint: "Entry id or words of its name, in quotes where there are several; left out, this channel's own.",
  }),
  when: optionalLine({
    label: 'When',
    hint: 'The new start, such as "friday 15:00"; the length stays.',
    loose: 'behind the first',
    max: 100,
  }),
  start: optionalWhen({ label: 'Start', hint: 'The new start, in place of words behind the webcast.' }),
  end: optionalWhen({ label: 'End', hint: 'Left out, the length stays.' }),
  duration: duration({ label: 'Duration', hint: 'Such as 90 or 1h30, in place of an end.', max: 1440 }),
  zone: zone({ label: 'Time zone', hint: 'For times in words; your own if left out.' }),
} as const;

interface Input {
  readonly webcast: string | undefined;
  readonly span: Respan;
  readonly zone: Zone | undefined;
  readonly wordsZone: Zone | undefined;
}

export const move = defineCommand({
  name: 'move',
  summary: 'Plan a webcast for another time; it keeps its length, and everything else stays as it is.',
  examples: [
    'move "Q3 Town Hall" "friday 15:00"',
    'move friday 15:00',
    'move 1_ab12cd34 --start "tomorrow 9:00" --duration 45',
  ],
  role: 'producer',
  params,
  settle(values, moment): Settled<Input> {
    const { webcast, start } = startOf(values, moment);
    const issue = (field: string, message: string) => ({ kind: 'refused' as const, issues: [{ field, message }] });
    if (values.when !== undefined && values.start !== undefined)
      return issue('start', 'Give the new start once: behind the webcast, or with --start.');
    if (values.end !== undefined && values.duration !== undefined)
      return issue('end', 'Give either an end or a duration, not both.');
    const span: Respan = { start, end: values.end, duration: values.duration };
    if (start === undefined && span.end === undefined && span.duration === undefined)
      return issue('start', 'Say when it is to be, such as: move "Q3 Town Hall" "friday 15:00".');
    const wordsZone = values.zone ?? moment.zone;
    if (needsZone(span, wordsZone)) return { kind: 'zone needed' };
    return { kind: 'settled', input: { webcast, span, zone: values.zone, wordsZone } };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const line = lineOf(input);
    const chosen = await pickWebcast(input.webcast, line, ['scheduled', 'preview'], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast, note } = chosen;
    refuseOnAir(webcast);
    return replan(webcast, note ?? unplanned(webcast), input, context);
  },
});

/** The webcast and its new start; words that are a time as a whole mean the channel's own webcast. */
function startOf(
  { webcast, when, start }: Values<typeof params>,
  { now }: Moment,
): { readonly webcast: string | undefined; readonly start: When | undefined } {
  if (start !== undefined || webcast === undefined) {
    return { webcast, start: start ?? (when === undefined ? undefined : wordsOf(when)) };
  }
  const all = when === undefined ? webcast : `${webcast} ${when}`;
  // In a zone of its own a time may not exist; here only its form counts.
  const isTime = readTime(all, 'UTC' as Zone, now).kind === 'read';
  if (isTime) return { webcast: undefined, start: wordsOf(all) };
  return { webcast, start: when === undefined ? undefined : wordsOf(when) };
}

const wordsOf = (words: string): When => ({ kind: 'words', words });

function lineOf({ span, zone: given }: Input): string {
  const say = (when: When | undefined) => when && writeWhen(when);
  const said = { start: say(span.start), end: say(span.end), duration: span.duration, zone: given };
  const options = Object.entries(said).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}="${value}"`],
  );
  return ['move {}', ...options].join(' ');
}

async function replan(
  webcast: Webcast,
  before: WebcastNote,
  input: Input,
  context: Context,
): Promise<readonly Reply[]> {
  const { kaltura, store, clock, live } = context;
  const now = clock.now();
  const zoneOf = input.zone ?? before.zone ?? input.wordsZone ?? ('UTC' as Zone);
  const { start, end } = mustPlanAgain(input.span, before, input.wordsZone ?? zoneOf, now, 'Nothing was moved.');
  // A show that is planned for later is to come, whatever was ended before it.
  const note: WebcastNote = { ...before, start, end, zone: zoneOf };
  await store.saveNote(note, now);
  await live.changed(webcast.id);
  const event = await kaltura.eventData.keepInStep(webcast.id, note);
  return [{ to: 'me', webcast: webcast.id, view: answerOf(webcast, before, note, zoneOf, event) }];
}

function answerOf(webcast: Webcast, before: WebcastNote, after: WebcastNote, zone: Zone, event: EventData): View {
  const same = before.start === after.start && before.end === after.end;
  const title = same ? `${webcast.name} is at that time already` : `${webcast.name} is moved`;
  const say = ({ start, end }: WebcastNote): string => {
    if (start === undefined) return 'no time was known';
    return end === undefined ? sayFull(start, zone) : `${sayFull(start, zone)}, for ${sayLength(end - start)}`;
  };
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'facts',
        facts: [
          { label: 'Was', value: say(before) },
          { label: 'Is', value: say(after) },
        ],
      },
      ...eventTrouble(event, webcast),
      { kind: 'buttons', buttons: [buttonFor('Status', 'status', webcast)] },
    ],
  };
}
