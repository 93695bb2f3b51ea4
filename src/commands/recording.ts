import { asGiven, type Context, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { optionalLine, toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { PrivateView } from '../core/view.js';
import type { EntryId, Recording, Webcast } from '../core/webcast.js';
import { pickFrom } from './parts/choose.js';
import { keptOf, partsInOrder } from './parts/recorded.js';
import { recordingOf, shareOf } from './recording/view.js';

const line = 'recording {}';

export const recording = defineCommand({
  name: 'recording',
  summary: "A webcast's recording: what there is of it, to watch, download, share and change.",
  examples: ['recording', 'recording "Q3 Town Hall"', 'recording 1_ab12cd34 --share'],
  role: 'viewer',
  params: {
    webcast: webcastParam(),
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
    const { kaltura } = context;
    const chosen = await pickFrom(
      (which) => kaltura.withPlayers(which),
      input.webcast,
      line,
      ['ended', 'live', 'preview', 'interrupted'],
      context,
    );
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { players } = chosen.told;
    const { webcast } = chosen;
    const all = await context.kaltura.library.titles(webcast.id);
    const parts = partsInOrder(webcast, all);
    if (input.download !== undefined) {
      return [{ to: 'me', view: await downloadOf(webcast, parts, input.download, context) }];
    }
    const screen = { addresses: context.kaltura.addresses, players };
    const now = context.clock.now();
    if (input.share) return [{ to: 'channel', view: shareOf(webcast, parts, screen, now) }];
    const kept = await keptOf(webcast, all, context);
    return [{ to: 'me', view: recordingOf({ webcast, parts, kept, screen, now }) }];
  },
});

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
