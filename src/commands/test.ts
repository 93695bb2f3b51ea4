import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { type Finding, healthNow, type Path, type PathHealth, paths, verdictOf } from '../core/health.js';
import { webcast as webcastParam } from '../core/params.js';
import type { Button, PublicNode, Text, View } from '../core/view.js';
import type { Feed, Instant, Sighting } from '../core/webcast.js';
import { buttonFor, goLiveButton } from '../show/card.js';
import { adviseOn, pathName, sayFigures, sayFinding, silence, verdictWords } from '../show/health.js';
import { audienceWords, feedWords } from '../show/words.js';
import { pickFrom } from './parts/choose.js';

const line = 'test {}';

export const test = defineCommand({
  name: 'test',
  summary: 'Whether a picture arrives on main and backup, how it looks, and what to change; shown to you alone.',
  examples: ['test', 'test "Q3 Town Hall"'],
  role: 'producer',
  params: {
    webcast: webcastParam(),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const { kaltura } = context;
    const phases = ['connecting', 'preview', 'live', 'interrupted', 'scheduled'] as const;
    const chosen = await pickFrom((which) => kaltura.sight(which), input.webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { sightings } = chosen.told;
    const sighting = sightings.find(({ webcast }) => webcast.id === chosen.webcast.id);
    if (!sighting) throw new BotError('bug', `${chosen.webcast.id} was found but not seen.`, 'Try again.');
    return [{ to: 'me', view: testOf(sighting, context.clock.now()) }];
  },
});

/** How long ago an encoder may have been turned away to be why nothing arrives, in milliseconds. */
const recent = 5 * 60_000;

function testOf(sighting: Sighting, now: Instant): View {
  const { webcast, audience } = sighting;
  const title = `Test of ${webcast.name}`;
  const seen = paths.map((path) => lookAt(path, sighting, now));
  const items = seen.flatMap(({ notes }) => notes);
  const facts = [...seen.flatMap((one) => one.facts), { label: 'Viewers', value: audienceWords[audience] }];
  return {
    summary: `${title}: ${summaryOf(sighting)}`,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'facts', facts },
      ...(items.length === 0 ? [] : [{ kind: 'list', items } satisfies PublicNode]),
      { kind: 'text', text: [{ bold: 'Next: ' }, nextOf(sighting, items.length > 0)] },
      { kind: 'buttons', buttons: buttonsOf(sighting) },
    ],
  };
}

function summaryOf({ main, backup }: Sighting): string {
  const arrives = paths.filter((path) => ({ main, backup })[path] === 'picture');
  return arrives.length === 0 ? 'no picture arrives' : `a picture arrives on ${arrives.join(' and ')}`;
}

interface Seen {
  readonly facts: readonly { readonly label: string; readonly value: Text }[];
  readonly notes: readonly Text[];
}

/** What there is to say of one path. */
function lookAt(path: Path, sighting: Sighting, now: Instant): Seen {
  const feed = sighting[path];
  const label = pathName[path];
  const arrives = { label, value: feedWords[feed] };
  const note = (text: string): Text => [{ bold: `${label}: ` }, text];
  const { health, webcast } = sighting;
  if (typeof health === 'string')
    return {
      facts: [arrives, ...(feed === 'picture' ? [{ label: looks(path), value: silence[health] }] : [])],
      notes: [],
    };
  if (feed !== 'picture') return { facts: [arrives], notes: refusals(health[path], now).map(sayFinding).map(note) };
  const { report, figures } = healthNow(health[path], webcast.connectedSince, now);
  const measured = sayFigures(figures);
  const findings = report?.findings.filter(({ severity }) => severity >= 2) ?? [];
  return {
    facts: [
      arrives,
      { label: looks(path), value: verdictWords[verdictOf(report)] },
      ...(measured === '' ? [] : [{ label: `${label}, measured`, value: measured }]),
    ],
    notes: [...findings.map(sayFinding), ...adviseOn(figures, findings)].map(note),
  };
}

const looks = (path: Path): string => `${pathName[path]}, looks`;

/** Why an encoder may have been turned away, while none sends on the path. */
const refusals = ({ report }: PathHealth, now: Instant): readonly Finding[] =>
  report !== undefined && now - report.at <= recent ? report.findings.filter(({ severity }) => severity >= 3) : [];

/** What the person does next. */
function nextOf({ webcast, main, backup, audience }: Sighting, hasNotes: boolean): string {
  if (webcast.source === 'own')
    return 'It plays an address of your own, which no encoder sends to: open the webcast and look.';
  const feeds: readonly Feed[] = [main, backup];
  if (feeds.includes('picture')) {
    if (main !== 'picture') return 'Start the main encoder: a show that only the backup sends is not recorded.';
    if (hasNotes) return 'Change what is said above, then test again.';
    if (audience === 'preview') return 'Watch the preview with your own eyes and ears; go live when the show begins.';
    return backup === 'picture'
      ? 'There is nothing to do.'
      : 'There is nothing to do, unless a backup encoder should send as well.';
  }
  if (feeds.includes('connecting'))
    return 'An encoder has connected: wait ten seconds until Kaltura has packed the first picture, then test again.';
  if (feeds.includes('error'))
    return 'Kaltura could not use what was sent: stop the encoder, start it anew, test again.';
  return 'Nothing arrives. Take address and stream name from "encoder", check that the line lets ports 443 (RTMPS) or 1935 (RTMP) out, start the encoder, and test again after ten seconds.';
}

function buttonsOf({ webcast, main, backup, audience }: Sighting): readonly Button[] {
  const arrives = main === 'picture' || backup === 'picture';
  return [
    ...(arrives && audience === 'preview' ? [goLiveButton(webcast)] : []),
    buttonFor('Test again', 'test', webcast),
    buttonFor('Encoder', 'encoder', webcast),
  ];
}
