import { type Context, defineCommand, type Moment, type Reply, type Settled } from '../core/command.js';
import type { LiveAudience, Measured, Numbers, Point, Span } from '../core/numbers.js';
import { optionalLine, toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { PublicNode, Text, View } from '../core/view.js';
import {
  type EntryId,
  type Instant,
  instant,
  type Phase,
  type Webcast,
  type WebcastNote,
  type Zone,
} from '../core/webcast.js';
import {
  audienceFacts,
  curveSource,
  lackWords,
  liveSource,
  peakOf,
  sharesTable,
  totalFacts,
  totalsSource,
  viewersChart,
} from '../show/numbers.js';
import { readDaysBack, readPeriod } from '../time/period.js';
import { lastBroadcast } from './analytics/span.js';
import { askAnyOf, chooseOne, whichOf } from './parts/choose.js';

const line = 'analytics {}';
/** A zone without gaps: what it cannot make sense of, no zone can. */
const utc = 'UTC' as Zone;
const day = 24 * 3_600_000;
/** Milliseconds that the earliest zone is ahead of UTC. */
const earliest = 14 * 3_600_000;

/** What the figures are to cover: the broadcast that is or was last on air, or a span of time. */
type Period = { readonly kind: 'broadcast'; readonly words: 'live' | 'show' | undefined } | Given;
interface Given {
  readonly kind: 'span';
  readonly words: string;
  readonly span: Span;
}

interface Input {
  readonly webcast: string | undefined;
  readonly period: Period;
  readonly share: boolean;
}

export const analytics = defineCommand({
  name: 'analytics',
  summary: 'How many watch a webcast, and how it was watched: viewers, minutes, engagement, devices, places.',
  examples: [
    'analytics',
    'analytics "Q3 Town Hall" --period 7d',
    'analytics 1_ab12cd34 --period 2026-11-01..2026-11-07',
  ],
  role: 'viewer',
  params: {
    webcast: webcastParam({ label: 'Webcast', hint: "Entry id or words of its name; left out, this channel's own." }),
    period: optionalLine({
      label: 'Period',
      hint: 'live, show, today, 7d, 30d, a day or two as 2026-11-01..2026-11-07; left out, the broadcast that is or was last on air.',
      max: 60,
    }),
    share: toggle({ label: 'Share', hint: 'Post it in the channel for all to see.', default: false }),
  },
  settle: ({ webcast, period, share }, moment): Settled<Input> => {
    const read = readWords(period, moment);
    return read.kind === 'settled' ? { kind: 'settled', input: { webcast, period: read.input, share } } : read;
  },
  async run(input, context): Promise<readonly Reply[]> {
    const which = await whichOf(input.webcast, context);
    if (!which) return [{ to: 'me', view: await askAnyOf(line, context) }];
    const found = await context.kaltura.find(which);
    const chosen = await chooseOne(found, which, line, ['live', 'interrupted', 'ended', 'recorded'], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const view = await figuresOf(chosen, input.period, context);
    return [{ to: input.share ? 'channel' : 'me', view }];
  },
});

function readWords(words: string | undefined, { now, zone }: Moment): Settled<Period> {
  const given = words?.toLowerCase();
  if (given === undefined || given === 'live' || given === 'show')
    return { kind: 'settled', input: { kind: 'broadcast', words: given } };
  const back = readDaysBack(given, now);
  // Until the zone is known a day counts as begun when it has begun anywhere.
  const read = back ?? readPeriod(given, zone ?? utc, zone ? now : instant(now + earliest));
  if (read.kind === 'unclear') return { kind: 'refused', issues: [{ field: 'period', message: read.problem }] };
  if (!back && !zone) return { kind: 'zone needed' };
  return { kind: 'settled', input: { kind: 'span', words: given, span: { from: read.from, until: read.until } } };
}

interface Subject {
  readonly webcast: Webcast;
  readonly note: WebcastNote | undefined;
  readonly phase: Phase;
}

/** What was measured; undefined is what was not asked for. */
interface Figures {
  readonly span: Span;
  readonly now: Measured<LiveAudience> | undefined;
  readonly curve: Measured<readonly Point[]> | undefined;
  readonly totals: Measured<Numbers>;
}

async function figuresOf(subject: Subject, period: Period, context: Context): Promise<View> {
  const { webcast, phase } = subject;
  const isLive = phase === 'live' || phase === 'interrupted';
  const span = period.kind === 'span' ? period.span : lastBroadcast(subject, isLive, context.clock.now());
  if (!span) return notShown(webcast);
  const figures = await ask(webcast, span, period.kind === 'broadcast' && isLive, context);
  return viewOf(subject, period, isLive, figures, context.clock.now());
}

/** Asks all at once; only a span of days needs to know the recordings first. */
async function ask(webcast: Webcast, span: Span, wantsNow: boolean, { kaltura }: Context): Promise<Figures> {
  const isShort = span.until - span.from <= day;
  const ids = isShort ? idsOf(webcast) : [webcast.id, ...(await kaltura.recordings(webcast.id)).map(({ id }) => id)];
  const [now, curve, totals] = await Promise.all([
    wantsNow ? kaltura.reports.audienceNow([webcast.id]) : undefined,
    isShort ? kaltura.reports.viewersOverTime(webcast.id, span) : undefined,
    kaltura.reports.numbers(ids, span),
  ]);
  return { span, now: now && only(now, webcast.id), curve, totals };
}

/** The live entry and the recording of its last broadcast, of which Kaltura counts apart. */
function idsOf({ id, recordedEntryId, redirectEntryId }: Webcast): readonly EntryId[] {
  const all = [id, recordedEntryId, redirectEntryId].filter((one) => one !== undefined);
  return [...new Set(all)];
}

function only(all: Measured<ReadonlyMap<EntryId, LiveAudience>>, id: EntryId): Measured<LiveAudience> {
  if (all.kind === 'lacking') return all;
  const value = all.value.get(id);
  return value ? { kind: 'measured', value } : { kind: 'lacking', why: 'nothing yet' };
}

const measuredOf = <T>(one: Measured<T> | undefined): T | undefined =>
  one?.kind === 'measured' ? one.value : undefined;

function viewOf(subject: Subject, period: Period, isLive: boolean, figures: Figures, now: Instant): View {
  const { webcast } = subject;
  const title = `Figures of ${webcast.name}: ${titleOf(period, isLive)}`;
  const audience = measuredOf(figures.now);
  const curve = measuredOf(figures.curve) ?? [];
  const totals = measuredOf(figures.totals);
  const facts = [...audienceFacts(audience, peakOf(curve)), ...(totals ? totalFacts(totals) : [])];
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    ...(period.kind === 'broadcast' && period.words === 'live' && !isLive
      ? [{ kind: 'text', text: 'It is not live now; these are the figures of its last broadcast.' } as const]
      : []),
    ...(facts.length > 0 ? [{ kind: 'facts', facts } as const] : []),
    ...viewersChart(curve),
    ...sharesTable('Device', totals?.devices ?? []),
    ...sharesTable('Country', totals?.places ?? []),
    ...sourcesOf(figures, now).map((text): PublicNode => ({ kind: 'text', style: 'quiet', text })),
    { kind: 'buttons', buttons: [{ label: 'Look again', line: again(webcast, period) }] },
  ];
  return { summary: audience ? `${title}, ${audience.viewers} watch` : title, nodes };
}

function titleOf(period: Period, isLive: boolean): string {
  if (period.kind === 'span') return period.words;
  return isLive ? 'live now' : 'its last broadcast';
}

const again = (webcast: Webcast, period: Period): string =>
  writeLine('analytics', webcast.id, period.words === undefined ? {} : { period: period.words });

/** Where each figure comes from, and why there is none where there is none. */
function sourcesOf({ now, curve, totals, span }: Figures, at: Instant): readonly Text[] {
  const realTime = now?.kind === 'lacking' ? now : curve;
  return [
    ...(now?.kind === 'measured' ? [liveSource(now.value, at)] : []),
    ...(curve?.kind === 'measured' ? [curveSource(curve.value)] : []),
    ...(realTime?.kind === 'lacking' ? [lackWords('the real-time reports', realTime.why)] : []),
    totals.kind === 'measured' ? totalsSource(span, at) : lackWords('the webcast reports', totals.why),
  ];
}

function notShown(webcast: Webcast): View {
  const title = `Figures of ${webcast.name}: none yet`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text: 'It has not been on air yet; figures come with its viewers.' },
    ],
  };
}
