import { type Context, defineCommand, type Moment, type Reply, type Settled } from '../core/command.js';
import { type LiveAudience, type Measured, realTimeReach, type Span } from '../core/numbers.js';
import { optionalLine, toggle, webcast as webcastParam } from '../core/params.js';
import type { View } from '../core/view.js';
import { type EntryId, instant, type Phase, type Webcast, type WebcastNote, type Zone } from '../core/webcast.js';
import { readDaysBack, readPeriod } from '../time/period.js';
import { lastBroadcast } from './analytics/span.js';
import { type Figures, isShort, notShown, type Period, viewOf } from './analytics/view.js';
import { pickWebcast } from './parts/choose.js';

const line = 'analytics {}';
/** A zone without gaps: what it cannot make sense of, no zone can. */
const utc = 'UTC' as Zone;
/** Milliseconds that the earliest zone is ahead of UTC. */
const earliest = 14 * 3_600_000;

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
    webcast: webcastParam(),
    period: optionalLine({
      label: 'Period',
      hint: 'live, show, today, 7d, 30d, a day, or two as 2026-11-01..2026-11-07; left out, the broadcast that is or was last on air.',
      max: 60,
    }),
    share: toggle({ label: 'Share', hint: 'Post it in the channel for all to see.', default: false }),
  },
  settle: ({ webcast, period, share }, moment): Settled<Input> => {
    const read = readWords(period, moment);
    return read.kind === 'settled' ? { kind: 'settled', input: { webcast, period: read.input, share } } : read;
  },
  async run(input, context): Promise<readonly Reply[]> {
    const chosen = await pickWebcast(input.webcast, line, ['live', 'interrupted', 'ended', 'recorded'], context);
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

async function figuresOf(subject: Subject, period: Period, context: Context): Promise<View> {
  const { webcast, phase } = subject;
  const isLive = phase === 'live' || phase === 'interrupted';
  if (period.kind === 'span') return viewOf(await ask({ webcast, period, isLive, span: period.span }, context));
  const record = await context.store.broadcast(webcast.id);
  const last = lastBroadcast({ ...subject, record }, isLive, context.clock.now());
  return last ? viewOf(await ask({ webcast, period, isLive, ...last }, context)) : notShown(webcast);
}

type Asked = Pick<Figures, 'webcast' | 'period' | 'isLive' | 'span'> & Partial<Pick<Figures, 'record'>>;

/** Asks all at once; only a span of days needs to know the recordings first. */
async function ask(asked: Asked, { kaltura, clock }: Context): Promise<Figures> {
  const { webcast, period, isLive, span } = asked;
  const { reports } = kaltura;
  const asOf = clock.now();
  const ids = isShort(span)
    ? idsOf(webcast)
    : [webcast.id, ...(await kaltura.recordings(webcast.id)).map(({ id }) => id)];
  const [now, curve, totals] = await Promise.all([
    period.kind === 'broadcast' && isLive ? reports.audienceNow([webcast.id]) : undefined,
    hasCurve(span, asOf) ? reports.viewersOverTime(webcast.id, span) : undefined,
    reports.numbers(ids, span),
  ]);
  return { ...asked, record: asked.record, now: now && only(now, webcast.id), curve, totals, asOf };
}

const hasCurve = (span: Span, now: number): boolean => isShort(span) && now - span.from <= realTimeReach;

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
