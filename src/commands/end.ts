import { asGiven, type Context, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { PublicNode, View } from '../core/view.js';
import { type Instant, isInterrupted, type Webcast, type WebcastNote } from '../core/webcast.js';
import { buttonFor, cardOf, endButton, lampsOf } from '../show/card.js';
import { sayLength } from '../time/say.js';
import { pickWebcast } from './parts/choose.js';
import { unplanned } from './parts/note.js';
import { waitForAudience } from './parts/wait.js';

const line = 'end {}';

export const end = defineCommand({
  name: 'end',
  summary: 'Take a webcast from its viewers and stop the recording.',
  examples: ['end', 'end "Q3 Town Hall"', 'end 1_ab12cd34 --yes'],
  role: 'producer',
  params: {
    webcast: webcastParam(),
    yes: toggle({ label: 'Without asking', hint: 'End without the question.', default: false }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const chosen = await pickWebcast(input.webcast, line, ['live', 'interrupted'], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast, note } = chosen;
    const lost = !webcast.open && isInterrupted(webcast, note, context.clock.now());
    if (!lost) refuseUnlessShown(webcast);
    if (!input.yes) return [{ to: 'me', view: question(webcast, lost) }];
    return context.alone(`show ${webcast.id}`, async () => {
      if (!lost) await close(webcast, context);
      return remember(webcast, note, lost, context);
    });
  },
});

function refuseUnlessShown(webcast: Webcast): void {
  const { name } = webcast;
  if (webcast.source === 'own') {
    const why = `"${name}" plays an address of your own; Kaltura cannot end it.`;
    throw new BotError('refused', why, 'Stop sending to that address.');
  }
  if (!webcast.preview) {
    const why = `"${name}" has preview switched off, so it is shown as long as the encoder sends.`;
    throw new BotError('refused', why, 'Stop the encoder: that ends it.');
  }
  if (webcast.open) return;
  const why = `"${name}" is not live, so there is nothing to end.`;
  const hint =
    webcast.feed === 'picture' ? 'The encoder still sends, but only the crew sees it.' : 'No encoder is sending.';
  throw new BotError('refused', why, `${hint} Type /webcast ${writeLine('status', webcast.id)} to see it.`);
}

function question(webcast: Webcast, lost: boolean): View {
  const text = lost
    ? 'Viewers have lost the picture. Ending says to everybody that the show is over, and that nobody has to wait for its return.'
    : 'Ending takes the picture from all viewers and stops the recording. The encoder goes on.';
  return {
    summary: `End ${webcast.name}?`,
    nodes: [
      { kind: 'title', text: lost ? `${webcast.name} is interrupted` : `${webcast.name} is live` },
      lampsOf(webcast),
      { kind: 'text', text },
      { kind: 'buttons', buttons: [endButton(webcast)] },
    ],
  };
}

/** Takes the picture from viewers, and waits until they have lost it. */
async function close(webcast: Webcast, context: Context): Promise<void> {
  await context.kaltura.end(webcast.id);
  const closed = await waitForAudience(
    webcast.id,
    (audience) => audience !== 'live',
    context,
    () => context.progress(progressOf(webcast)),
  );
  if (closed) return;
  const why = `Kaltura has taken the order to end "${webcast.name}", but viewers still get the picture.`;
  throw new BotError('unavailable', why, 'Stop the encoder to be sure, then look at the status.');
}

/** Says everywhere that the show is over; lost says that its picture was gone before. */
async function remember(
  webcast: Webcast,
  note: WebcastNote | undefined,
  lost: boolean,
  context: Context,
): Promise<readonly Reply[]> {
  const now = context.clock.now();
  const remembered = { ...(note ?? unplanned(webcast)), endedAt: now };
  await context.store.saveNote(remembered, now);
  const shut: Webcast = { ...webcast, open: false, recordingNow: webcast.recording === 'off' ? 'off' : 'stopped' };
  const phase = webcast.recording === 'off' ? 'ended' : 'recording';
  const last = lost ? (webcast.lastEnded ?? now) : now;
  return [
    { to: 'channel', view: farewell(shut, note, last) },
    { to: 'cards', webcast: webcast.id, view: cardOf({ webcast: shut, note: remembered, phase }) },
  ];
}

function progressOf(webcast: Webcast): View {
  const title = `Ending: ${webcast.name}`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'progress',
        steps: [
          { text: 'Kaltura has taken the order', state: 'done' },
          { text: 'Viewers lose the picture', state: 'doing' },
        ],
      },
    ],
  };
}

function farewell(webcast: Webcast, note: WebcastNote | undefined, last: Instant): View {
  const title = `Ended: ${webcast.name}`;
  const length = note?.liveSince === undefined ? undefined : sayLength(last - note.liveSince);
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    ...(length === undefined ? [] : [{ kind: 'text', text: `It was live for ${length}.` } as const]),
    ...(webcast.feed === 'picture'
      ? [
          {
            kind: 'text',
            text: 'The encoder still sends: stop it there. Until then the crew sees the picture.',
          } as const,
        ]
      : []),
    {
      kind: 'buttons',
      buttons: [buttonFor('Recording', 'recording', webcast), buttonFor('Status', 'status', webcast)],
    },
  ];
  return { summary: title, nodes };
}
