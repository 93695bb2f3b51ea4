import type { WhyLacking } from '../core/broadcast.js';
import { airTime, type BroadcastRecord } from '../core/broadcast.js';
import type { Piece, PublicNode, View } from '../core/view.js';
import type { Instant } from '../core/webcast.js';
import { sayLength } from '../time/say.js';
import { countWords, viewersChart } from './numbers.js';

/** A figure older than this is told to be old. */
const stale = 3 * 60_000;

/** Why there is no figure, as a sentence. */
const lackingWords: Readonly<Record<WhyLacking, string>> = {
  'not in the account': 'This Kaltura account has no real-time reports, so nobody can say how many are watching.',
  'nothing yet': 'Kaltura has not counted anybody yet.',
  'took too long': 'Kaltura took too long to count; it is asked again.',
};

/** The figures of a broadcast while it is live, every so many minutes, or when it is over; stopped when no more are wanted. */
export function snapshotOf(
  name: string,
  record: BroadcastRecord,
  told: number | 'over' | 'stopped',
  now: Instant,
): View {
  const { peak, points } = record;
  const last = points.at(-1);
  const live = typeof told === 'number';
  const facts = [
    ...(live && last !== undefined ? [{ label: 'Viewers now', value: countWords(last.value) }] : []),
    ...(peak === undefined ? [] : [{ label: 'Peak', value: [countWords(peak.value), ' at ', { time: peak.at }] }]),
    {
      label: record.ended === undefined ? 'Live since' : 'Was live',
      value: [{ time: record.began }, onAirWords(record, now)],
    },
    ...(record.drops === 0 ? [] : [{ label: 'Interruptions', value: String(record.drops) }]),
  ];
  const title = `Viewers: ${name}`;
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    { kind: 'facts', facts },
    ...(points.length > 1 ? viewersChart(points) : []),
    { kind: 'text', style: 'quiet', text: sourceOf(record, told, now) },
  ];
  return { summary: live && last !== undefined ? `${title}, ${countWords(last.value)} now` : title, nodes };
}

const onAirWords = (record: BroadcastRecord, now: Instant): string =>
  record.ended === undefined ? '' : `, ${sayLength(airTime(record, now))} on air`;

/** Where the figures come from, of which time, and how old they are. */
function sourceOf(
  { points, lacking, began, ended }: BroadcastRecord,
  told: number | 'over' | 'stopped',
  now: Instant,
): Piece[] {
  const last = points.at(-1);
  if (last === undefined) {
    return [
      lacking === undefined ? 'No figure has come of this broadcast.' : lackingWords[lacking],
      ended === undefined ? ' The report after the end tells how many came.' : ' The report tells how many came.',
    ];
  }
  const source: Piece[] = [
    "Kaltura's real-time reports, sampled every minute from ",
    { time: began },
    ' to ',
    { time: last.at },
  ];
  switch (told) {
    case 'over':
      return [...source, '; final.'];
    case 'stopped':
      return [...source, '; not followed any further here.'];
    default:
      if (lacking !== undefined) return [...source, '. ', lackingWords[lacking]];
      if (now - last.at > stale) return [...source, '. No newer figure has come since.'];
      return [...source, `; edited every ${told} min.`];
  }
}
