import { asGiven, type Context, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { optionalLine, toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { Addresses } from '../core/ports.js';
import type { Button, PrivateView, PublicNode, Text, View } from '../core/view.js';
import type { EntryId, Instant, Player, Recording, Webcast } from '../core/webcast.js';
import { watchLink } from '../show/player.js';
import { sayLength } from '../time/say.js';
import { askAnyOf, chooseOne, whichOf } from './parts/choose.js';

const line = 'recording {}';

export const recording = defineCommand({
  name: 'recording',
  summary: "A webcast's recording: none, being made, or ready to watch and download.",
  examples: ['recording', 'recording "Q3 Town Hall"', 'recording 1_ab12cd34 --share'],
  role: 'viewer',
  params: {
    webcast: webcastParam({ label: 'Webcast', hint: "Entry id or words of its name; left out, this channel's own." }),
    share: toggle({ label: 'Share', hint: 'Post it in the channel for all to see.', default: false }),
    download: optionalLine({
      label: 'Download',
      hint: 'The part to download, by its entry id.',
      hidden: true,
      max: 40,
    }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const which = await whichOf(input.webcast, context);
    if (!which) return [{ to: 'me', view: await askAnyOf(line, context) }];
    const { found, players } = await context.kaltura.withPlayers(which);
    const chosen = await chooseOne(found, which, line, ['ended', 'live', 'preview', 'interrupted'], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast } = chosen;
    const parts = inOrder(webcast, worthTelling(webcast, await context.kaltura.recordings(webcast.id)));
    if (input.download !== undefined) {
      return [{ to: 'me', view: await downloadOf(webcast, parts, input.download, context) }];
    }
    const player = players.find((one) => one.generation === 'v7');
    const view = recordingOf(webcast, parts, player, context.kaltura.addresses, context.clock.now());
    return [{ to: input.share ? 'channel' : 'me', view }];
  },
});

/** Kaltura makes the entry when the encoder connects, so a show that nobody took live leaves one that stays empty. */
const worthTelling = (webcast: Webcast, parts: readonly Recording[]): readonly Recording[] =>
  webcast.firstShown === undefined && !webcast.open ? parts.filter((part) => part.state !== 'waiting') : parts;

/** Kaltura's own pointers come last of the parts: recordedEntryId is the current one, redirectEntryId what viewers are sent to. */
function inOrder(webcast: Webcast, parts: readonly Recording[]): readonly Recording[] {
  const pointed = [webcast.redirectEntryId, webcast.recordedEntryId];
  const rank = (part: Recording) => (pointed.includes(part.id) ? 1 : 0);
  return [...parts].sort((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt);
}

function recordingOf(
  webcast: Webcast,
  parts: readonly Recording[],
  player: Player | undefined,
  at: Addresses,
  now: Instant,
): View {
  const title = `Recording of ${webcast.name}: ${headline(webcast, parts, now)}`;
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    ...(parts.length === 0
      ? [{ kind: 'text', text: whyNone(webcast) } as const]
      : [
          { kind: 'list', items: parts.map((part, index) => partOf(part, index, parts.length, webcast, now)) } as const,
        ]),
  ];
  const ready = parts.filter((part) => part.state === 'ready');
  if (player && ready.length > 0) {
    const links = ready.map((part) => ({ label: `Watch ${part.name}`, url: watchLink(at, player.id, part.id) }));
    nodes.push({ kind: 'links', links });
  }
  const buttons = buttonsFor(webcast, ready);
  if (buttons.length > 0) nodes.push({ kind: 'buttons', buttons });
  return { summary: title, nodes };
}

function headline(webcast: Webcast, parts: readonly Recording[], now: Instant): string {
  const isRecording = webcast.feed === 'picture' && webcast.recordingNow === 'running';
  if (isRecording) return 'recording now';
  const last = parts.at(-1);
  if (!last) return 'none';
  const ready = parts.filter((part) => part.state === 'ready').length;
  if (ready === parts.length) return parts.length === 1 ? 'ready' : `ready in ${parts.length} parts`;
  if (last.state === 'failed') return 'failed';
  return `processing since ${sayLength(now - (webcast.lastEnded ?? last.createdAt))}`;
}

function whyNone(webcast: Webcast): string {
  if (webcast.recording === 'off') return 'There is none, because recording is switched off for this webcast.';
  if (webcast.lastEnded === undefined && webcast.feed === 'none') return 'There is none yet: it has not been on air.';
  return 'There is none. A show that only the backup encoder sent, or that nobody took live, is not recorded.';
}

function partOf(part: Recording, index: number, count: number, webcast: Webcast, now: Instant): Text {
  const name = count > 1 ? `Part ${index + 1} of ${count}: ${part.name}` : part.name;
  return [{ bold: name }, `, ${stateOf(part, webcast, now)}, `, { code: part.id }];
}

function stateOf(part: Recording, webcast: Webcast, now: Instant): string {
  switch (part.state) {
    case 'waiting':
      if (webcast.feed === 'picture') return 'recording';
      return `processing since ${sayLength(now - (webcast.lastEnded ?? part.createdAt))}`;
    case 'processing':
      return `processing since ${sayLength(now - (webcast.lastEnded ?? part.createdAt))}`;
    case 'ready': {
      const length = part.duration > 0 ? sayLength(part.duration * 1000) : 'length not known yet';
      return part.size === undefined ? `ready, ${length}` : `ready, ${length}, ${sizeOf(part.size)}`;
    }
    case 'failed':
      return 'failed; ask Kaltura support with this entry id';
    default: {
      const never: never = part.state;
      return never;
    }
  }
}

const sizeOf = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(0.1, bytes / 1e6).toFixed(1)} MB`;

function buttonsFor(webcast: Webcast, ready: readonly Recording[]): Button[] {
  const downloadable = ready.filter((part) => part.size !== undefined).slice(-4);
  return downloadable.map((part) => ({
    label: downloadable.length > 1 ? `Download ${part.name}` : 'Download',
    line: writeLine('recording', webcast.id, { download: part.id }),
  }));
}

async function downloadOf(
  webcast: Webcast,
  parts: readonly Recording[],
  wanted: string,
  context: Context,
): Promise<PrivateView> {
  const part = parts.find((one) => one.id === (wanted as EntryId));
  if (!part) {
    const why = `${wanted} is no recording of "${webcast.name}".`;
    throw new BotError('not_found', why, `Type /webcast ${writeLine('recording', webcast.id)} to see its parts.`);
  }
  const title = `Download ${part.name}`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'secret', label: 'Address', value: await context.kaltura.download(part.id) },
      { kind: 'text', style: 'quiet', text: 'Whoever has this address can download the file: do not post it.' },
    ],
  };
}
