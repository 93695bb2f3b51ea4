import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import type { FieldIssue } from '../core/errors.js';
import { choice, optionalLine, toggle, type Values, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import {
  defaultReminders,
  type Mode,
  modes,
  type NumbersRhythm,
  type QuietHours,
  type Side,
  type Subject,
  type Subscription,
} from '../core/subscription.js';
import { type PublicNode, say, type View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { cardOf, standOf } from '../show/card.js';
import { sayRule, unsubscribeLine } from '../show/rule.js';
import { readQuiet, writeQuiet } from '../time/quiet.js';
import { type Called, readCalled, settleCalled, writeCalled } from './parts/calls.js';
import { pickWebcast } from './parts/choose.js';
import { readLeads, readNumbersRhythm, writeNumbersRhythm } from './parts/leads.js';

const modeLabels: Readonly<Record<Mode, string>> = {
  quiet: 'Quiet: edits alone',
  normal: 'Normal: one message, then threads',
  flat: 'Flat: messages, no threads',
};

const params = {
  webcast: webcastParam({ hint: "Entry id or words of its name, or all; left out, this channel's own." }),
  tag: optionalLine({ label: 'Tag', hint: 'All webcasts with this tag.', max: 100 }),
  mode: choice({
    label: 'Mode',
    hint: 'How the channel is told.',
    choices: modes.map((mode) => ({ value: mode, label: modeLabels[mode] })),
    default: 'normal',
  }),
  crew: toggle({ label: 'Crew', hint: 'This channel runs the show: it is told of trouble too.', default: false }),
  audience: toggle({ label: 'Audience', hint: 'This channel watches: good news only, as by default.', default: false }),
  remind: optionalLine({
    label: 'Reminders',
    hint: 'Such as 7d,1d,15m, or off; left out, a week, a day and 15 minutes before.',
    max: 60,
  }),
  mention: optionalLine({
    label: 'Call',
    hint: 'Who is called when it goes live and by the last reminder: me, somebody chosen by an @ while you type, a member or group by id, here or channel.',
    max: 200,
    people: true,
  }),
  numbers: optionalLine({
    label: 'Figures',
    hint: 'How many watch while it is live: every 5m, 10m and so on up to 60m, once at the end, or off, as by default.',
    max: 20,
  }),
  questions: toggle({
    label: 'Questions',
    hint: 'Moderators sit here: each question of a viewer is told while it is live, with buttons to answer.',
    default: false,
  }),
  quietHours: optionalLine({
    label: 'Quiet hours',
    hint: 'Such as 22:00-07:00, your zone, or 22:00-07:00/Europe/Berlin: what can wait is told after them. Going live is told, but calls nobody; the crew hears of trouble at any hour.',
    max: 80,
  }),
} as const;

interface Input {
  readonly words: string | undefined;
  readonly subject: Subject | undefined;
  readonly mode: Mode;
  readonly side: Side;
  readonly reminders: readonly number[];
  readonly called: Called | undefined;
  readonly quietHours: QuietHours | undefined;
  readonly numbers: NumbersRhythm;
  readonly questions: boolean;
}

export const subscribe = defineCommand({
  name: 'subscribe',
  summary: 'Have this channel told of a webcast, of all, or of those with a tag.',
  examples: [
    'subscribe "Q3 Town Hall"',
    'subscribe all --mode quiet',
    'subscribe --tag finance --remind 1d,15m --crew',
    'subscribe "Q3 Town Hall" --numbers 5m',
    'subscribe "Q3 Town Hall" --questions',
    'subscribe all --quiet-hours 22:00-07:00 --mention S0123ABCD',
  ],
  role: 'producer',
  params,
  settle(values, moment): Settled<Input> {
    const issues: FieldIssue[] = [];
    const refuse = (field: string, message: string) => void issues.push({ field, message });
    const all = values.webcast?.toLowerCase() === 'all';
    const tag = values.tag?.toLowerCase();
    if (tag !== undefined && values.webcast !== undefined)
      refuse('tag', 'A tag follows many webcasts; leave the webcast out.');
    if (values.crew && values.audience) refuse('audience', 'A channel is either the crew or the audience.');
    const reminders = readReminders(values);
    if (!reminders)
      refuse('remind', 'Reminders are up to five times such as 7d,1d,15m, at most 30 days before, or off.');
    const called = values.mention === undefined ? undefined : readCalled(values.mention);
    if (values.mention !== undefined && called === undefined)
      refuse(
        'mention',
        'Who is called is me, a member id such as U0123ABCD, a group id such as S0123ABCD, or here or channel without a sign.',
      );
    const numbers = readNumbersRhythm(values.numbers ?? 'off');
    if (numbers === undefined)
      refuse('numbers', 'Figures come every 1m to 60m, such as 5m, or once at the end, or off.');
    if (values.questions && values.mode === 'quiet')
      refuse('questions', 'A quiet channel gets no messages, and each question is one; choose normal or flat.');
    const quiet = readQuiet(values.quietHours ?? 'off', moment.zone);
    if (quiet.kind === 'unclear') refuse('quietHours', quiet.problem);
    if (issues.length > 0 || !reminders || numbers === undefined || quiet.kind === 'unclear')
      return { kind: 'refused', issues };
    if (quiet.kind === 'zone needed') return quiet;
    const { quietHours } = quiet;
    const subject: Subject | undefined = tag !== undefined ? { kind: 'tag', tag } : all ? { kind: 'all' } : undefined;
    const side: Side = values.crew ? 'crew' : 'audience';
    const rule = { mode: values.mode, side, reminders, called, quietHours, numbers, questions: values.questions };
    return { kind: 'settled', input: { words: values.webcast, subject, ...rule } };
  },
  async run(input, context): Promise<readonly Reply[]> {
    if (input.subject) return followMany(input.subject, input, context);
    const line = writeLine('subscribe', undefined, optionsOf(input)).replace('subscribe', 'subscribe {}');
    const phases = ['scheduled', 'connecting', 'preview', 'live', 'interrupted'] as const;
    const chosen = await pickWebcast(input.words, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    return followOne(chosen.webcast, input, context);
  },
});

function readReminders({ remind, mode }: Values<typeof params>): readonly number[] | undefined {
  if (remind !== undefined) return readLeads(remind);
  return mode === 'quiet' ? [] : defaultReminders;
}

const optionsOf = (input: Input): Record<string, string | boolean> => {
  const { mode, side, reminders, called, quietHours, numbers, questions } = input;
  return {
    mode,
    ...(side === 'crew' ? { crew: true } : {}),
    remind: reminders.length === 0 ? 'off' : reminders.map((minutes) => `${minutes}m`).join(','),
    ...(called === undefined ? {} : { mention: writeCalled(called) }),
    ...(quietHours === undefined ? {} : { quietHours: writeQuiet(quietHours) }),
    ...(numbers === 'off' ? {} : { numbers: writeNumbersRhythm(numbers) }),
    ...(questions ? { questions: true } : {}),
  };
};

function subscriptionOf(subject: Subject, input: Input, context: Context): Subscription {
  const { platform, place, person } = context;
  const { mode, side, reminders, quietHours, numbers, questions } = input;
  const mention = input.called && settleCalled(input.called, context);
  const rule = { mode, side, reminders, mention, quietHours, numbers, questions };
  return { platform, place, subject, ...rule, owner: person.id, paused: undefined };
}

/** Posts the card, so that a channel that cannot be posted to says so now, and then follows it. */
async function followOne(webcast: Webcast, input: Input, context: Context): Promise<readonly Reply[]> {
  const { store, clock, platform, place } = context;
  const subscription = subscriptionOf({ kind: 'webcast', webcast: webcast.id }, input, context);
  const now = clock.now();
  const cards = await store.cards(webcast.id);
  const stands = cards.some(
    ({ platform: name, ref }) => name === platform && ref.tenant === place.tenant && ref.channel === place.channel,
  );
  if (!stands) {
    const [note] = await store.notes([webcast.id]);
    const stand = standOf(webcast, note, now, context.calendarLink);
    const message = await context.post(cardOf(stand, input.side));
    await store.saveCard(platform, webcast.id, message, now, stand.phase === 'live');
  }
  await store.subscribe(subscription, now);
  await context.live.changed(webcast.id);
  return [{ to: 'me', view: confirmation(subscription, webcast.name) }];
}

/** Says it in the channel, so that a channel that cannot be posted to says so now, and then follows them. */
async function followMany(subject: Subject, input: Input, context: Context): Promise<readonly Reply[]> {
  const subscription = subscriptionOf(subject, input, context);
  await context.post(
    say('This channel is told of webcasts', [
      'It follows ',
      ...sayRule({ ...subscription, mention: undefined }, undefined),
      '.',
    ]),
  );
  await context.store.subscribe(subscription, context.clock.now());
  await context.live.followed(subscription);
  return [{ to: 'me', view: confirmation(subscription, undefined) }];
}

function confirmation(subscription: Subscription, name: string | undefined): View {
  const title = 'This channel is subscribed';
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    { kind: 'text', text: ['It follows ', ...sayRule(subscription, name), '.'] },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Unsubscribe', line: unsubscribeLine(subscription) },
        { label: 'Subscriptions', line: 'subscriptions' },
      ],
    },
  ];
  return { summary: title, nodes };
}
