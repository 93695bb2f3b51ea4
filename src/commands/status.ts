import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { toggle, webcast as webcastParam } from '../core/params.js';
import type { View } from '../core/view.js';
import { type Audience, type Instant, type Phase, phaseOf, type Sighting, type WebcastNote } from '../core/webcast.js';
import { buttonsOf } from '../show/card.js';
import { dvrWords, feedWords, nextStep, phaseWords, recorderWords, recordingWords } from '../show/words.js';
import { sayLength } from '../time/say.js';
import { askAnyOf, chooseOne, whichOf } from './parts/choose.js';

const line = 'status {}';

const audienceWords: Readonly<Record<Audience, string>> = {
  nothing: 'get nothing',
  preview: 'wait; only the crew sees the picture',
  live: 'get the picture',
};

export const status = defineCommand({
  name: 'status',
  summary: 'Where a webcast stands: phase, encoder main and backup, viewers, recording, and what comes next.',
  examples: ['status', 'status "Q3 Town Hall"', 'status 1_ab12cd34 --share'],
  role: 'viewer',
  params: {
    webcast: webcastParam({ label: 'Webcast', hint: "Entry id or words of its name; left out, this channel's own." }),
    share: toggle({ label: 'Share', hint: 'Post it in the channel for all to see.', default: false }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const which = await whichOf(input.webcast, context);
    if (!which) return [{ to: 'me', view: await askAnyOf(line, context) }];
    const { found, first } = await context.kaltura.sight(which);
    const chosen = await chooseOne(found, which, line, ['live', 'preview', 'connecting', 'interrupted'], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    // Kaltura was asked about the first of those found; another one chosen among a channel's several costs a second look.
    const sighting =
      first?.webcast.id === chosen.webcast.id
        ? first
        : (await context.kaltura.sight({ by: 'id', id: chosen.webcast.id })).first;
    if (!sighting) return [{ to: 'me', view: await askAnyOf(line, context) }];
    const view = statusOf(sighting, chosen.note, context.clock.now());
    return [{ to: input.share ? 'channel' : 'me', view }];
  },
});

function statusOf(sighting: Sighting, note: WebcastNote | undefined, now: Instant): View {
  const { webcast, main, backup, audience } = sighting;
  const phase: Phase = phaseOf(webcast, note, now);
  const since = webcast.connectedSince;
  const title = `${webcast.name}: ${phaseWords[phase]}`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: webcast.name },
      {
        kind: 'facts',
        facts: [
          { label: 'Phase', value: phaseWords[phase] },
          { label: 'Encoder, main', value: feedWords[main] },
          { label: 'Encoder, backup', value: feedWords[backup] },
          ...(since === undefined
            ? []
            : [{ label: 'Encoder since', value: [{ time: since }, ` (${sayLength(now - since)})`] }]),
          { label: 'Viewers', value: audienceWords[audience] },
          ...(phase === 'live' && note?.liveSince !== undefined
            ? [{ label: 'Live since', value: [{ time: note.liveSince }, ` (${sayLength(now - note.liveSince)})`] }]
            : []),
          { label: 'Recording', value: `${recordingWords[webcast.recording]}; now: ${recorderWords(webcast)}` },
          { label: 'DVR', value: dvrWords(webcast) },
          ...(note?.start === undefined ? [] : [{ label: 'Start', value: [{ time: note.start }] }]),
          ...(note?.end === undefined ? [] : [{ label: 'End', value: [{ time: note.end }] }]),
          { label: 'Entry id', value: [{ code: webcast.id }] },
        ],
      },
      { kind: 'text', text: [{ bold: 'Next: ' }, nextStep(phase, webcast, note)] },
      { kind: 'buttons', buttons: buttonsOf(phase, webcast) },
    ],
  };
}
