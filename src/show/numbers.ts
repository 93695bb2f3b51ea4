import type { LiveAudience, Measured, Numbers, Point, Share, Span } from '../core/numbers.js';
import type { PublicNode, Text } from '../core/view.js';
import type { Instant } from '../core/webcast.js';
import { sayLength } from '../time/say.js';

type Facts = Extract<PublicNode, { readonly kind: 'facts' }>['facts'];
type Lack = Extract<Measured<unknown>, { readonly kind: 'lacking' }>['why'];

/** The lines of a breakdown that are shown; the rest is one line. */
const topMost = 5;
/** The points of a curve that are handed to a platform. */
const mostPoints = 120;

/** A count with its thousands apart: 12,345. */
export const countWords = (count: number): string => Math.round(count).toLocaleString('en-US');

/** A share from 0 to 1 in per cent; a little is never said as none. */
export function shareWords(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 1 ? 'under 1 %' : `${Math.round(percent)} %`;
}

/** Minutes as people count them, with hours beside many of them. */
export const minutesWords = (minutes: number): string =>
  minutes < 600 ? `${countWords(minutes)} min` : `${countWords(minutes)} min (${countWords(minutes / 60)} h)`;

/** What is known of a webcast's viewers at this moment; peak is the highest that was seen. */
export function audienceFacts(audience: LiveAudience | undefined, peak: Point | undefined): Facts {
  const engaged = audience?.engaged;
  return [
    ...(audience === undefined ? [] : [{ label: 'Viewers now', value: countWords(audience.viewers) }]),
    ...(peak === undefined || peak.value === 0
      ? []
      : [{ label: 'Peak', value: [`${countWords(peak.value)} at `, { time: peak.at }] satisfies Text }]),
    ...(engaged === undefined ? [] : [{ label: 'Watching it now', value: `${shareWords(engaged)} of them` }]),
  ];
}

/** Totals as facts; what was not measured is left out. */
export function totalFacts(numbers: Numbers): Facts {
  const { engagement, buffering } = numbers;
  return [
    { label: 'Unique viewers', value: countWords(numbers.viewers) },
    { label: 'Plays', value: countWords(numbers.plays) },
    { label: 'Watched', value: minutesWords(numbers.minutes) },
    { label: 'Of it live', value: minutesWords(numbers.liveMinutes) },
    ...(engagement === undefined
      ? []
      : [{ label: 'Engagement', value: `${shareWords(engagement)} of the live minutes` }]),
    ...(buffering === undefined ? [] : [{ label: 'Waiting for the picture', value: bufferingWords(buffering) }]),
  ];
}

const bufferingWords = (seconds: number): string =>
  seconds > 0 && seconds < 0.1 ? 'under 0.1 s in a minute' : `${seconds.toFixed(1)} s in a minute`;

/** A breakdown as a table: the five with the most plays, and one line for all others; nothing when there is none. */
export function sharesTable(name: string, shares: readonly Share[]): readonly PublicNode[] {
  if (shares.length === 0) return [];
  const sorted = [...shares].sort((one, other) => other.plays - one.plays);
  const rest = sorted.slice(topMost);
  const lines = rest.length > 1 ? [...sorted.slice(0, topMost), together(rest)] : sorted;
  const rows = lines.map((share) => [
    share.name,
    countWords(share.plays),
    share.minutes === undefined ? '' : countWords(share.minutes),
  ]);
  return [{ kind: 'table', columns: [name, 'Plays', 'Minutes'], rows }];
}

function together(shares: readonly Share[]): Share {
  const minutes = shares.flatMap((share) => (share.minutes === undefined ? [] : [share.minutes]));
  return {
    name: `${shares.length} others`,
    plays: shares.reduce((sum, share) => sum + share.plays, 0),
    minutes: minutes.length === 0 ? undefined : minutes.reduce((sum, one) => sum + one, 0),
  };
}

/** Viewers over time as a chart; each point that is drawn is the highest of those it stands for. Nothing without viewers. */
export function viewersChart(points: readonly Point[]): readonly PublicNode[] {
  return points.every(({ value }) => value === 0)
    ? []
    : [{ kind: 'chart', title: 'Viewers over time', unit: 'viewers', points: thin(points) }];
}

function thin(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / mostPoints);
  if (step <= 1) return points;
  return Array.from({ length: Math.ceil(points.length / step) }, (_, index) =>
    points.slice(index * step, (index + 1) * step).reduce((high, point) => (point.value > high.value ? point : high)),
  );
}

/** The highest of the points; undefined without any. */
export const peakOf = (points: readonly Point[]): Point | undefined =>
  points.reduce<Point | undefined>((high, point) => (high && high.value >= point.value ? high : point), undefined);

/** Why there are no figures of a kind, in a sentence; what is such as "Kaltura's real-time reports". */
export function lackWords(what: string, why: Lack): string {
  switch (why) {
    case 'not in the account':
      return `The account has no access to ${what}; whoever administers it can ask Kaltura for them.`;
    case 'nothing yet':
      return `${what} hold nothing of this yet.`;
    case 'took too long':
      return `Kaltura took too long over ${what}; ask for a shorter period, or again in a minute.`;
    default: {
      const never: never = why;
      return never;
    }
  }
}

/** Where live figures come from, of what moment they are and how old. */
export const liveSource = (audience: LiveAudience, now: Instant): Text => [
  "Viewers now: Kaltura's real-time reports, the ten seconds up to ",
  { time: audience.at },
  `, ${sayLength(now - audience.at)} old.`,
];

/** Where totals come from, what span they cover, and when they are final. */
export function totalsSource({ from, until }: Span, now: Instant): Text {
  const final = now - until > 24 * 3_600_000;
  return [
    "Totals: Kaltura's reports, counted from ",
    { time: from },
    ' to ',
    { time: until },
    final ? '.' : '. Views and minutes lag by hours; look again tomorrow for the final figures.',
  ];
}

/** Where a curve of viewers comes from. */
export const curveSource = (points: readonly Point[]): Text => {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return [];
  return ["Curve and peak: Kaltura's real-time reports from ", { time: first.at }, ' to ', { time: last.at }, '.'];
};

/** Where a curve of viewers comes from that Kaltura has no more, or does not give. */
export const sampledSource = (points: readonly Point[]): Text => {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return [];
  return [
    'Curve and peak: sampled by the bot while it was live, between ',
    { time: first.at },
    ' and ',
    { time: last.at },
    '.',
  ];
};
