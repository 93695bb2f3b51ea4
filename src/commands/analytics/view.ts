import type { BroadcastRecord } from '../../core/broadcast.js';
import {
  type LiveAudience,
  type Measured,
  type Numbers,
  type Point,
  realTimeReach,
  type Span,
} from '../../core/numbers.js';
import { writeLine } from '../../core/parse.js';
import { type Button, type PublicNode, say, type Text, type View } from '../../core/view.js';
import type { Instant, Webcast } from '../../core/webcast.js';
import {
  audienceFacts,
  curveSource,
  lackWords,
  liveSource,
  peakOf,
  sampledSource,
  sharesTable,
  totalFacts,
  totalsSource,
  viewersChart,
} from '../../show/numbers.js';

/** What the figures are to cover: the broadcast that is or was last on air, or a span of time in the person's words. */
export type Period =
  | { readonly kind: 'broadcast'; readonly words: 'live' | 'show' | undefined }
  | { readonly kind: 'span'; readonly words: string; readonly span: Span };

/** What was measured of a webcast; undefined is what was not asked for. */
export interface Figures {
  readonly webcast: Webcast;
  readonly period: Period;
  readonly isLive: boolean;
  readonly span: Span;
  /** What the bot sampled itself of the broadcast that is shown. */
  readonly record: BroadcastRecord | undefined;
  readonly now: Measured<LiveAudience> | undefined;
  readonly curve: Measured<readonly Point[]> | undefined;
  readonly totals: Measured<Numbers>;
  readonly asOf: Instant;
}

const nobody = 'Kaltura has counted nobody in this time.';
const notLive = 'It is not live now; these are the figures of its last broadcast.';
const tooOld = 'There is no curve: Kaltura keeps its real-time reports for a week.';
const day = 24 * 3_600_000;

/** Within a day, viewers over time are a curve that can be read. */
export const isShort = ({ from, until }: Span): boolean => until - from <= day;

const measuredOf = <T>(one: Measured<T> | undefined): T | undefined =>
  one?.kind === 'measured' ? one.value : undefined;

const isWatched = ({ plays, viewers, minutes }: Numbers): boolean => plays > 0 || viewers > 0 || minutes > 0;

/** The figures of a webcast, with where each comes from; nobody is named in it. */
export function viewOf(figures: Figures): View {
  const { webcast, period, isLive, record } = figures;
  const title = `Figures of ${webcast.name}: ${titleOf(period, isLive)}`;
  const audience = measuredOf(figures.now);
  const totals = measuredOf(figures.totals);
  const points = measuredOf(figures.curve) ?? record?.points ?? [];
  const peak = peakOf([...points, ...(record?.peak ? [record.peak] : [])]);
  const facts = [...audienceFacts(audience, peak), ...(totals && isWatched(totals) ? totalFacts(totals) : [])];
  const notes = [
    ...(period.kind === 'broadcast' && period.words === 'live' && !isLive ? [notLive] : []),
    ...(totals && !isWatched(totals) ? [nobody] : []),
  ];
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    ...notes.map((text): PublicNode => ({ kind: 'text', text })),
    ...(facts.length > 0 ? [{ kind: 'facts', facts } as const] : []),
    ...viewersChart(points),
    ...sharesTable('Device', totals?.devices ?? []),
    ...sharesTable('Country', totals?.places ?? []),
    ...sourcesOf(figures).map((text): PublicNode => ({ kind: 'text', style: 'quiet', text })),
    { kind: 'buttons', buttons: buttonsOf(webcast, period) },
  ];
  return { summary: audience ? `${title}, ${audience.viewers} watch` : title, nodes };
}

function titleOf(period: Period, isLive: boolean): string {
  if (period.kind === 'span') return period.words.replace(/^(\d+) ?d(ays?)?$/, 'the last $1 days');
  return isLive ? 'live now' : 'its last broadcast';
}

function buttonsOf({ id }: Webcast, { kind, words }: Period): readonly Button[] {
  const look = (label: string, period: string | undefined): Button => ({
    label,
    line: writeLine('analytics', id, period === undefined ? {} : { period }),
  });
  const other = kind === 'span' ? look('The broadcast', undefined) : look('The last 7 days', '7d');
  return [look('Look again', words), other];
}

/** Where each figure comes from, and why there is none where there is none. */
function sourcesOf({ now, curve, totals, span, record, asOf }: Figures): readonly Text[] {
  const lacking = [now, curve].find((one) => one?.kind === 'lacking');
  const points = record?.points ?? [];
  return [
    ...(now?.kind === 'measured' ? [liveSource(now.value, asOf)] : []),
    ...(curve?.kind === 'measured' ? [curveSource(curve.value)] : []),
    ...(curve?.kind !== 'measured' && points.length > 0 ? [sampledSource(points)] : []),
    ...(lacking?.kind === 'lacking' ? [lackWords("Kaltura's real-time reports", lacking.why)] : []),
    ...(points.length === 0 && isShort(span) && asOf - span.from > realTimeReach ? [tooOld] : []),
    totals.kind === 'measured' ? totalsSource(span, asOf) : lackWords("Kaltura's webcast reports", totals.why),
  ];
}

/** Says that there is nothing to count yet. */
export const notShown = ({ name }: Webcast): View =>
  say(`Figures of ${name}: none yet`, 'It has not been on air yet; figures come with its viewers.');
