import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import {
  duration,
  optionalLine,
  optionalWhen,
  unsaid,
  webcast as webcastParam,
  writeInstant,
  zone,
} from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { View } from '../core/view.js';
import { type Instant, instant, type Webcast, type WebcastNote, type WebcastPlan, type Zone } from '../core/webcast.js';
import { nextMonth } from '../time/again.js';
import { sayFull } from '../time/say.js';
import { planWebcast } from './create/make.js';
import { planParams } from './create.js';
import { pickWebcast } from './parts/choose.js';
import { mustPlanAgain, needsZone, type Respan } from './parts/span.js';

interface Input {
  readonly webcast: string | undefined;
  readonly name: string | undefined;
  readonly span: Respan;
  /** As it was said; the zone in which words are understood stands beside it. */
  readonly zone: Zone | undefined;
  readonly wordsZone: Zone | undefined;
  readonly request: string | undefined;
}

export const copy = defineCommand({
  name: 'copy',
  summary: 'The same webcast again, as one of its own; next month unless you say when.',
  examples: ['copy "Q3 Town Hall"', 'copy 1_ab12cd34 --start "friday 15:00"', 'copy 1_ab12cd34 --name "Q4 Town Hall"'],
  role: 'producer',
  params: {
    webcast: webcastParam(),
    name: unsaid(planParams.name),
    start: optionalWhen({
      label: 'Start',
      hint: 'Left out, the same weekday of next month at the same time of day, which is asked first.',
    }),
    end: optionalWhen({ label: 'End', hint: 'Left out, it is as long as the first one.' }),
    duration: duration({ label: 'Duration', hint: 'Such as 90 or 1h30, in place of an end.', max: 1440 }),
    zone: zone({ label: 'Time zone', hint: 'For times in words; your own if left out.' }),
    request: optionalLine({ label: 'Request', hint: 'Names a request that is tried again.', hidden: true, max: 100 }),
  },
  settle({ webcast, name, start, end, request, ...rest }, moment): Settled<Input> {
    const span: Respan = { start, end, duration: rest.duration };
    if (end !== undefined && rest.duration !== undefined) {
      const message = 'Give either an end or a duration, not both.';
      return { kind: 'refused', issues: [{ field: 'end', message }] };
    }
    const wordsZone = rest.zone ?? moment.zone;
    if (needsZone(span, wordsZone)) return { kind: 'zone needed' };
    return { kind: 'settled', input: { webcast, name, span, zone: rest.zone, wordsZone, request } };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const phases = ['recorded', 'ended', 'recording', 'scheduled'] as const;
    const chosen = await pickWebcast(input.webcast, 'copy {}', phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast, note } = chosen;
    refuseUncopyable(webcast);
    if (input.span.start === undefined) return [{ to: 'me', view: await proposal(webcast, note, input, context) }];
    const plan = planOf(webcast, note, input, context.clock.now());
    return planWebcast(plan, input.request ?? context.requestKey, planParams, context);
  },
});

function refuseUncopyable({ source, name }: Webcast): void {
  if (source === 'kaltura') return;
  const why = `"${name}" plays a stream of your own, whose address Kaltura keeps and I do not know.`;
  const line = writeLine('create', name, { source: 'own', stream: 'https://...' });
  throw new BotError('refused', why, `Plan it anew with its address: /webcast ${line}`);
}

/** The same settings at another time. */
function planOf(webcast: Webcast, note: WebcastNote | undefined, input: Input, now: Instant): WebcastPlan {
  const zoneOf = input.zone ?? note?.zone ?? input.wordsZone ?? ('UTC' as Zone);
  const { start, end } = mustPlanAgain(input.span, note, input.wordsZone ?? zoneOf, now, 'Nothing was copied.');
  const { description, tags, dvr, dvrWindow, recording, preview, profileId, multicast } = webcast;
  const { copyEntitlement, hideRecording, archive } = webcast;
  return {
    name: input.name ?? webcast.name,
    description,
    tags,
    start,
    end,
    zone: zoneOf,
    dvr,
    dvrWindow: dvrWindow ?? Number(planParams.dvrWindow.default),
    recording,
    preview,
    profile: profileId === undefined ? undefined : String(profileId),
    multicast,
    copyEntitlement,
    hideRecording,
    archive,
  };
}

/** Says in words when the next one would be, with the button that makes it. */
async function proposal(
  webcast: Webcast,
  note: WebcastNote | undefined,
  { name, span, zone: said, wordsZone }: Input,
  context: Context,
): Promise<View> {
  const zoneOf = said ?? note?.zone ?? wordsZone ?? (await context.profile()).zone;
  if (note?.start === undefined || zoneOf === undefined) {
    const why = `I do not know when "${webcast.name}" was, so I cannot tell when it would be again.`;
    throw new BotError('invalid', why, `Say when: /webcast ${writeLine('copy', webcast.id)} --start "friday 15:00"`);
  }
  const { at, words, shifted } = nextMonth(note.start, zoneOf, context.clock.now());
  const length = span.duration ?? (note.end === undefined ? 60 : (note.end - note.start) / 60_000);
  const end = instant(at + length * 60_000);
  const title = `${name ?? webcast.name} again, on ${words}?`;
  const options = {
    ...(name === undefined ? {} : { name }),
    start: writeInstant(at),
    end: writeInstant(end),
    ...(said === undefined ? {} : { zone: said }),
    request: context.newId(),
  };
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'facts',
        facts: [
          { label: 'Start', value: sayFull(at, zoneOf) },
          { label: 'End', value: sayFull(end, zoneOf) },
          { label: 'Like', value: [webcast.name, ', ', { code: webcast.id }] },
        ],
      },
      ...(shifted
        ? ([
            { kind: 'text', text: 'The clocks go forward that day, so that its time of day is one hour later.' },
          ] as const)
        : []),
      { kind: 'text', text: 'It gets the same settings, an entry of its own and a card here. Nothing is made yet.' },
      {
        kind: 'buttons',
        buttons: [{ label: 'Plan it', line: writeLine('copy', webcast.id, options), style: 'primary' }],
      },
    ],
  };
}
