import { asGiven, type Context, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { Which } from '../core/ports.js';
import { ruleFor } from '../core/subscription.js';
import type { PublicNode, StepState, Text, View } from '../core/view.js';
import { isInterrupted, type Webcast, type WebcastNote } from '../core/webcast.js';
import { warnOfAccess } from '../show/access.js';
import { buttonFor, cardOf, endButton, goLiveButton, lampsOf, standOf } from '../show/card.js';
import { callAt } from '../time/quiet.js';
import { pickFrom } from './parts/choose.js';
import { unplanned } from './parts/note.js';
import { waitForAudience } from './parts/wait.js';

const line = 'golive {}';

export const golive = defineCommand({
  name: 'golive',
  summary: 'Show a webcast to its viewers and start the recording.',
  examples: ['golive', 'golive "Q3 Town Hall"', 'golive 1_ab12cd34 --yes'],
  role: 'producer',
  params: {
    webcast: webcastParam(),
    yes: toggle({ label: 'Without asking', hint: 'Go live without the question.', default: false }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const { kaltura } = context;
    // Whether viewers are let in is asked along with the webcast, while the person still decides.
    const find = async (which: Which) =>
      input.yes ? { found: await kaltura.find(which), access: new Map() } : await kaltura.findWithAccess(which);
    const phases = ['preview', 'connecting', 'interrupted', 'scheduled'] as const;
    const chosen = await pickFrom(find, input.webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast, note } = chosen;
    refuseUnlessReady(webcast);
    if (!input.yes) {
      const tried = chosen.told.access.get(webcast.id) ?? (await context.kaltura.access(webcast.id));
      return [{ to: 'me', view: question(webcast, warnOfAccess(tried)) }];
    }
    return context.alone(`show ${webcast.id}`, () => show(webcast, note, context));
  },
});

function refuseUnlessReady(webcast: Webcast): void {
  const { name } = webcast;
  if (webcast.source === 'own') {
    const why = `"${name}" plays an address of your own, so Kaltura has no preview to end.`;
    throw new BotError('refused', why, 'Viewers see it whenever that address sends.');
  }
  if (webcast.feed === 'picture' && webcast.open) {
    const since = webcast.preview ? '' : ' Preview is off, so it went live by itself when the encoder started.';
    throw new BotError(
      'refused',
      `"${name}" is already live.${since}`,
      `Type /webcast ${writeLine('status', webcast.id)} to see it.`,
    );
  }
  if (!webcast.preview) {
    const why = `"${name}" has preview switched off, so nobody has to go live.`;
    throw new BotError('refused', why, 'It is live for its viewers as soon as the encoder sends a picture.');
  }
  switch (webcast.feed) {
    case 'picture':
      return;
    case 'connecting': {
      const why = `The encoder of "${name}" is connecting, but no picture can be shown yet.`;
      throw new BotError('refused', why, 'Wait a few seconds and go live again.');
    }
    case 'none': {
      const why = `No picture arrives for "${name}": no encoder is sending.`;
      throw new BotError(
        'refused',
        why,
        `Start the encoder, then go live. Type /webcast ${writeLine('encoder', webcast.id)} to see where it sends to.`,
      );
    }
    case 'error': {
      const why = `Kaltura reports an error on the encoder's stream of "${name}".`;
      throw new BotError('refused', why, 'Restart the encoder and check its settings, then go live.');
    }
    default: {
      const never: never = webcast.feed;
      throw never;
    }
  }
}

function question(webcast: Webcast, warning: Text | undefined): View {
  return {
    summary: `${webcast.name} is ready to go live.`,
    nodes: [
      { kind: 'title', text: `${webcast.name} is ready to go live` },
      lampsOf(webcast),
      { kind: 'text', text: 'Nothing has happened yet: only the crew sees the picture.' },
      ...(warning === undefined ? [] : [{ kind: 'text', text: warning } as const]),
      {
        kind: 'buttons',
        buttons: [goLiveButton(webcast), ...(warning === undefined ? [] : [buttonFor('Access', 'access', webcast)])],
      },
    ],
  };
}

async function show(webcast: Webcast, note: WebcastNote | undefined, context: Context): Promise<readonly Reply[]> {
  // A return after a drop is the same broadcast: it was announced, so only its cards change.
  const returns = isInterrupted(webcast, note, context.clock.now());
  // An edit calls nobody: where somebody is to be called, the channel is told by a new message when viewers see it.
  const leaves = returns || (await callsSomebody(webcast, context));
  const progress = async (view: View) => (leaves ? undefined : context.progress(view));
  // This run's own message tells the channel; without a mark the card would tell it a second time.
  if (!leaves) await context.live.announcing(webcast.id);
  await progress(progressOf(webcast, 'doing', 'todo'));
  await context.kaltura.goLive(webcast.id);
  await progress(progressOf(webcast, 'done', 'doing'));
  const reached = await waitForAudience(webcast.id, (audience) => audience === 'live', context);
  if (!reached) return [{ to: leaves ? 'me' : 'channel', view: notShownYet(webcast) }];
  const now = context.clock.now();
  const liveSince = returns ? note?.liveSince : now;
  const remembered = { ...(note ?? unplanned(webcast)), liveSince, endedAt: undefined };
  await context.store.saveNote(remembered, now);
  const shown: Webcast = { ...webcast, open: true, recordingNow: webcast.recording === 'off' ? 'off' : 'running' };
  return [
    leaves
      ? { to: 'me', view: announcement(shown, returns ? 'Live again' : 'Live now') }
      : { to: 'announcement', webcast: webcast.id, view: announcement(shown, 'Live now') },
    { to: 'cards', webcast: webcast.id, view: cardOf(standOf(shown, remembered, now)) },
  ];
}

/** Whether this channel wants somebody called when the webcast goes live. */
async function callsSomebody(webcast: Webcast, { store, platform, place, clock }: Context): Promise<boolean> {
  const rule = ruleFor(await store.subscriptions(platform, place), webcast);
  return rule?.mode !== 'quiet' && callAt(rule, clock.now()) !== undefined;
}

function progressOf(webcast: Webcast, opening: StepState, showing: StepState): View {
  const title = `Going live: ${webcast.name}`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'progress',
        steps: [
          { text: 'A picture arrives from the encoder', state: 'done' },
          { text: 'Preview ends and the recording starts', state: opening },
          { text: 'Viewers get the picture', state: showing },
        ],
      },
    ],
  };
}

function notShownYet(webcast: Webcast): View {
  const title = `${webcast.name}: viewers do not get the picture yet`;
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    {
      kind: 'text',
      text: 'Kaltura has taken the order to go live, but still does not show the picture to viewers. Check the encoder, then look at the status.',
    },
    { kind: 'buttons', buttons: [buttonFor('Status', 'status', webcast), endButton(webcast)] },
  ];
  return { summary: title, nodes };
}

function announcement(webcast: Webcast, how: string): View {
  const title = `${how}: ${webcast.name}`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      lampsOf(webcast),
      {
        kind: 'buttons',
        buttons: [endButton(webcast), buttonFor('Embed', 'embed', webcast), buttonFor('Status', 'status', webcast)],
      },
    ],
  };
}
