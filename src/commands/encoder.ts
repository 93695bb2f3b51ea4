import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { webcast as webcastParam } from '../core/params.js';
import type { PrivateNode, PrivateView } from '../core/view.js';
import type { Ingest, IngestPath, Webcast } from '../core/webcast.js';
import { askAnyOf, chooseOne, whichOf } from './parts/choose.js';

const line = 'encoder {}';

export const encoder = defineCommand({
  name: 'encoder',
  summary: 'Where the encoder sends to, main and backup; shown to you alone.',
  examples: ['encoder', 'encoder "Q3 Town Hall"'],
  role: 'producer',
  params: {
    webcast: webcastParam({ label: 'Webcast', hint: "Entry id or words of its name; left out, this channel's own." }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const which = await whichOf(input.webcast, context);
    if (!which) return [{ to: 'me', view: await askAnyOf(line, context) }];
    const { found, first } = await context.kaltura.ingest(which);
    const phases = ['scheduled', 'connecting', 'preview', 'live', 'interrupted'] as const;
    const chosen = await chooseOne(found, which, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast } = chosen;
    const isFirst = found[0]?.id === webcast.id;
    const ingest = isFirst ? first : (await context.kaltura.ingest({ by: 'id', id: webcast.id })).first;
    return [{ to: 'me', view: settingsOf(webcast, ingest) }];
  },
});

function settingsOf(webcast: Webcast, ingest: Ingest | undefined): PrivateView {
  const title = `Encoder of ${webcast.name}`;
  if (!ingest) {
    const text =
      'Kaltura gives no encoder address for it: it plays an address of your own, or this account may not see it.';
    return {
      summary: title,
      nodes: [
        { kind: 'title', text: title },
        { kind: 'text', text },
      ],
    };
  }
  const nodes: PrivateNode[] = [
    { kind: 'title', text: title },
    { kind: 'facts', facts: [{ label: 'Stream name (key)', value: [{ code: ingest.streamName.replace('%i', '1') }] }] },
    { kind: 'divider' },
    ...pathOf('Main', ingest.main),
    { kind: 'divider' },
    ...pathOf('Backup', ingest.backup),
    { kind: 'divider' },
    {
      kind: 'text',
      text: 'H.264 with a key frame every 2 seconds, AAC at 44.1 or 48 kHz. Send to the main address first: a show that only reaches the backup is not recorded.',
    },
    {
      kind: 'text',
      style: 'quiet',
      text: 'These addresses hold the stream password. Whoever has one can send a picture: do not post them.',
    },
  ];
  return { summary: title, nodes };
}

function pathOf(name: string, path: IngestPath): PrivateNode[] {
  const rows = [
    ['RTMPS', path.rtmps],
    ['RTMP', path.rtmp],
    ['SRT', path.srt],
    ['SRT stream id', path.srtStreamId],
  ] as const;
  return rows.flatMap(([label, value]): PrivateNode[] =>
    value ? [{ kind: 'secret', label: `${name}, ${label}`, value }] : [],
  );
}
