import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { PrivateView, View } from '../core/view.js';
import type { Ingest, Webcast } from '../core/webcast.js';
import { pasteNodes, pathNodes, recommendedSettings, streamKeyOf } from '../show/encoder.js';
import { pickFrom } from './parts/choose.js';

const phases = ['scheduled', 'connecting', 'preview', 'live', 'interrupted'] as const;

interface Input {
  readonly webcast: string | undefined;
  readonly renew: boolean;
  readonly yes: boolean;
}

export const encoder = defineCommand({
  name: 'encoder',
  summary: 'Where the encoder sends to, main and backup, with lines to paste; shown to you alone.',
  examples: ['encoder', 'encoder "Q3 Town Hall"', 'encoder renew "Q3 Town Hall"'],
  role: 'producer',
  params: {
    webcast: webcastParam({
      hint: "Entry id or words of its name; left out, this channel's own. With renew before it, its password is changed.",
    }),
    renew: toggle({ label: 'Renew', hint: 'Change the stream password, after asking.', default: false }),
    yes: toggle({ label: 'Without asking', hint: 'Renew without the question.', default: false }),
  },
  settle({ webcast, renew, yes }): Settled<Input> {
    const said = /^renew(?:\s+(?<rest>.+))?$/i.exec(webcast ?? '');
    const input = said ? { webcast: said.groups?.rest, renew: true, yes } : { webcast, renew, yes };
    return { kind: 'settled', input };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const line = input.renew ? 'encoder {} --renew' : 'encoder {}';
    const { kaltura } = context;
    const chosen = await pickFrom((which) => kaltura.ingest(which), input.webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { ingests } = chosen.told;
    const { webcast } = chosen;
    if (input.renew) return renew(webcast, input.yes, context);
    return [{ to: 'me', webcast: webcast.id, view: settingsOf(webcast, ingests.get(webcast.id)) }];
  },
});

async function renew(webcast: Webcast, yes: boolean, context: Context): Promise<readonly Reply[]> {
  if (webcast.source === 'own') {
    const why = `"${webcast.name}" plays an address of your own; Kaltura has no password for it.`;
    throw new BotError('refused', why, 'Change the address where the stream is made.');
  }
  if (!yes) return [{ to: 'me', view: questionOf(webcast) }];
  const ingest = await context.kaltura.renewIngest(webcast.id);
  return [{ to: 'me', webcast: webcast.id, view: settingsOf(webcast, ingest, 'New encoder settings of') }];
}

function questionOf(webcast: Webcast): View {
  const title = `Change the stream password of ${webcast.name}?`;
  const breaks =
    'Every address that was handed out stops working: encoders have to be set up anew, main and backup, before they can connect again.';
  const now =
    webcast.feed === 'none'
      ? 'No encoder sends at the moment.'
      : 'An encoder is sending now. It may go on until it loses its connection, and then it does not come back by itself.';
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text: `${breaks} ${now}` },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Change it', line: writeLine('encoder', webcast.id, { renew: true, yes: true }), style: 'danger' },
        ],
      },
    ],
  };
}

function settingsOf(webcast: Webcast, ingest: Ingest | undefined, what = 'Encoder of'): PrivateView {
  const title = `${what} ${webcast.name}`;
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
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'facts', facts: [{ label: 'Stream name (key)', value: [{ code: streamKeyOf(ingest) }] }] },
      { kind: 'divider' },
      ...pathNodes('Main', ingest.main),
      { kind: 'divider' },
      ...pathNodes('Backup', ingest.backup),
      { kind: 'divider' },
      ...pasteNodes(ingest),
      { kind: 'divider' },
      { kind: 'facts', facts: recommendedSettings },
      { kind: 'text', text: 'Send to the main address first: a show that only reaches the backup is not recorded.' },
      {
        kind: 'text',
        style: 'quiet',
        text: 'These addresses hold the stream password. Whoever has one can send a picture: do not post them.',
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'Change the password', line: writeLine('encoder', webcast.id, { renew: true }) }],
      },
    ],
  };
}
