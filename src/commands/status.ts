import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { toggle, webcast as webcastParam } from '../core/params.js';
import type { Text, View } from '../core/view.js';
import {
  type Feed,
  type Instant,
  type Phase,
  phaseOf,
  type Sighting,
  type Webcast,
  type WebcastNote,
} from '../core/webcast.js';
import { buttonsOf } from '../show/card.js';
import { healthFacts } from '../show/health.js';
import {
  audienceWords,
  dvrWords,
  feedWords,
  nextStep,
  phaseWords,
  recorderWords,
  recordingWords,
} from '../show/words.js';
import { sayLength } from '../time/say.js';
import { pickFrom } from './parts/choose.js';

const line = 'status {}';

export const status = defineCommand({
  name: 'status',
  summary: 'Where a webcast stands: phase, encoder main and backup, viewers, recording, and what comes next.',
  examples: ['status', 'status "Q3 Town Hall"', 'status 1_ab12cd34 --share'],
  role: 'viewer',
  params: {
    webcast: webcastParam(),
    share: toggle({ label: 'Share', hint: 'Post it in the channel for all to see.', default: false }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const { kaltura } = context;
    const chosen = await pickFrom(
      (which) => kaltura.sight(which),
      input.webcast,
      line,
      ['live', 'preview', 'connecting', 'interrupted'],
      context,
    );
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { sightings } = chosen.told;
    const sighting = sightings.find(({ webcast }) => webcast.id === chosen.webcast.id);
    if (!sighting) throw new BotError('bug', `${chosen.webcast.id} was found but not seen.`, 'Try again.');
    const view = statusOf(sighting, chosen.note, context.clock.now());
    return [{ to: input.share ? 'channel' : 'me', view }];
  },
});

/** Words with the moment since when they hold, and how long that is. */
const withSince = (words: string, since: Instant | undefined, now: Instant): Text =>
  since === undefined ? words : [`${words} since `, { time: since }, ` (${sayLength(now - since)})`];

const feedSince = (feed: Feed, since: Instant | undefined, now: Instant): Text =>
  withSince(since === undefined ? feedWords[feed] : `${feedWords[feed]},`, since, now);

const recordingOf = (webcast: Webcast): string =>
  webcast.recording === 'off' ? 'off' : `${recordingWords[webcast.recording]}; ${recorderWords(webcast)}`;

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
          { label: 'Phase', value: withSince(phaseWords[phase], phase === 'live' ? note?.liveSince : undefined, now) },
          { label: 'Viewers', value: audienceWords[audience] },
          { label: 'Encoder, main', value: feedSince(main, main === 'none' ? undefined : since, now) },
          { label: 'Encoder, backup', value: feedSince(backup, main === 'none' ? since : undefined, now) },
          ...healthFacts(sighting, now),
          { label: 'Recording', value: recordingOf(webcast) },
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
