import { airTime, type BroadcastRecord } from '../core/broadcast.js';
import type { Attendee, Measured, Point } from '../core/numbers.js';
import type { ReportFigures } from '../core/report.js';
import type { Piece, PrivateNode, PublicNode, Text, View } from '../core/view.js';
import type { Instant, Recording, Webcast, Zone } from '../core/webcast.js';
import { sayLength } from '../time/say.js';
import { attendanceFile } from './attendance.js';
import { buttonFor } from './card.js';
import { aroundGap, findFall, marksOf } from './curve.js';
import { marksNodes, type ToldMark } from './marks.js';
import { countWords, peakOf, totalFacts, viewersChart } from './numbers.js';

/** A broadcast and all that is told of it afterwards. */
export interface Reported {
  readonly webcast: Webcast;
  readonly record: BroadcastRecord;
  readonly figures: ReportFigures;
  readonly recordings: readonly Recording[];
  /** What people marked during the show. */
  readonly marks: readonly ToldMark[];
  /** When the figures were asked for. */
  readonly asOf: Instant;
  /** When they are brought up to date; undefined when these are the last. */
  readonly next: Instant | undefined;
  /** Whether the message is edited then, or somebody has to ask again. */
  readonly edited: boolean;
}

interface Fact {
  readonly label: string;
  readonly value: Text;
}

/** The most gaps that are told one by one. */
const mostGaps = 6;
/** The most lines that Kaltura gives of an attendance list. */
const mostAttendees = 12_000;

/** What became of a broadcast, for those who ran it; nobody is named in it. */
export function reportOf(reported: Reported): View {
  const { webcast, record, figures } = reported;
  const { points, source } = curveOf(record, figures);
  const title = `Report: ${webcast.name}`;
  const facts = [
    ...timeFacts(reported),
    ...totalsOf(figures),
    ...curveFacts(reported, points),
    ...gapFacts(record),
    { label: 'Questions', value: questionWords(figures) },
    { label: 'Recording', value: recordingWords(reported) },
  ];
  const gaps = record.gaps.slice(0, mostGaps).map((gap) => gapWords(points, gap));
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    { kind: 'facts', facts },
    ...(points.length > 1 ? viewersChart(points) : []),
    ...(gaps.length === 0 ? [] : [{ kind: 'list', items: gaps } as const]),
    ...marksNodes(reported.marks, record.began),
    { kind: 'text', style: 'quiet', text: ageOf(reported, source) },
    {
      kind: 'buttons',
      buttons: [buttonFor('Recording', 'recording', webcast), buttonFor('Status', 'status', webcast)],
    },
  ];
  return { summary: title, nodes };
}

/** Kaltura's own curve, or what the bot sampled where Kaltura gives none. */
function curveOf(
  { points }: BroadcastRecord,
  { curve }: ReportFigures,
): { readonly points: readonly Point[]; readonly source: string } {
  if (curve.kind === 'measured' && curve.value.length > 1)
    return { points: curve.value, source: "the curve is Kaltura's real-time report" };
  if (points.length > 0) return { points, source: 'the curve is what the bot sampled every minute' };
  return { points, source: 'there is no curve' };
}

function timeFacts({ record, asOf }: Reported): Fact[] {
  const length = `, ${sayLength(airTime(record, asOf))} on air`;
  const until: Piece[] = record.ended === undefined ? [' until now'] : [' to ', { time: record.ended }];
  return [{ label: 'On air', value: [{ time: record.began }, ...until, length] }];
}

const totalsOf = ({ numbers }: ReportFigures): readonly Fact[] =>
  numbers.kind === 'measured' ? totalFacts(numbers.value) : [{ label: 'Totals', value: whyNot(numbers) }];

const whyNot = ({ why }: Extract<Measured<never>, { kind: 'lacking' }>): string => {
  switch (why) {
    case 'not in the account':
      return 'not reported: this Kaltura account has no such report';
    case 'nothing yet':
      return 'not reported yet: Kaltura has gathered nothing so far';
    case 'took too long':
      return 'not reported: Kaltura took too long to answer';
    default: {
      const never: never = why;
      return never;
    }
  }
};

function curveFacts({ record, asOf, marks }: Reported, points: readonly Point[]): Fact[] {
  const show = { from: record.began, until: record.ended ?? asOf };
  const peak = [record.peak, peakOf(points)].reduce((a, b) =>
    b !== undefined && (a === undefined || b.value > a.value) ? b : a,
  );
  if (peak === undefined) return [{ label: 'Peak', value: 'not reported: nobody counted how many watched at once' }];
  const fall = findFall(points, show, marksOf(show, record.gaps, marks));
  return [
    { label: 'Peak', value: [`${countWords(peak.value)} at once, `, { time: peak.at }, intoShow(record, peak.at)] },
    {
      label: 'Most left',
      value:
        fall === undefined
          ? 'at the end: there was no large drop-off before'
          : [
              `${countWords(fall.from.value - fall.to.value)} of ${countWords(fall.from.value)} within ${sayLength(fall.to.at - fall.from.at)}, from `,
              { time: fall.from.at },
              intoShow(record, fall.from.at),
              ...(fall.mark === undefined ? [] : [`, when ${fall.mark.words}`]),
            ],
    },
  ];
}

const intoShow = ({ began }: BroadcastRecord, at: Instant): string => ` (${sayLength(at - began)} into it)`;

function gapFacts({ drops, dark }: BroadcastRecord): Fact[] {
  if (drops === 0) return [{ label: 'Interruptions', value: 'none' }];
  return [{ label: 'Interruptions', value: `${drops}, ${sayLength(dark)} without a picture` }];
}

function gapWords(points: readonly Point[], gap: { readonly from: Instant; readonly until: Instant }): Piece[] {
  const { before, after } = aroundGap(points, gap);
  const change =
    before === undefined || after === undefined
      ? ''
      : `: ${countWords(before)} viewers before, ${countWords(after)} after`;
  return [{ time: gap.from }, `, no picture for ${sayLength(gap.until - gap.from)}${change}`];
}

const questionWords = ({ questions }: ReportFigures): string =>
  questions.kind === 'lacking'
    ? whyNot(questions)
    : `${countWords(questions.value.asked)} asked, ${countWords(questions.value.open)} still open`;

function recordingWords({ webcast, recordings }: Reported): string {
  if (webcast.recording === 'off') return 'off';
  const ready = recordings.filter(({ state }) => state === 'ready');
  const seconds = ready.reduce((sum, { duration }) => sum + duration, 0);
  const length = seconds > 0 ? `, ${sayLength(seconds * 1000)}` : '';
  if (recordings.length === 0) return 'none yet';
  if (ready.length < recordings.length) return `${ready.length} of ${recordings.length} parts are ready${length}`;
  return `${ready.length === 1 ? 'ready' : `ready in ${ready.length} parts`}${length}`;
}

function ageOf({ asOf, next, edited, record }: Reported, source: string): Piece[] {
  return [
    'Totals count the live picture and the recording between ',
    { time: record.began },
    ' and ',
    { time: asOf },
    `; ${source}. `,
    ...(next === undefined
      ? ['These are the final figures.']
      : [
          `Kaltura counts viewers and minutes hours later: ${edited ? 'this is brought up to date at ' : 'ask again after '}`,
          { time: next },
          '.',
        ]),
  ];
}

/** The list of those who watched, for the organizer alone: a file, or why there is none; final is when Kaltura has counted all. */
export function attendanceNodes(
  webcast: Webcast,
  record: BroadcastRecord,
  zone: Zone | undefined,
  attendance: Measured<readonly Attendee[]>,
  final: Instant | undefined,
): readonly PrivateNode[] {
  if (attendance.kind === 'lacking')
    return [{ kind: 'text', text: [{ bold: 'Attendance: ' }, `${whyNot(attendance)}.`] }];
  const { value } = attendance;
  if (value.length === 0) return [{ kind: 'text', text: [{ bold: 'Attendance: ' }, 'nobody is reported so far.'] }];
  const cut = value.length >= mostAttendees ? ` Kaltura gives the first ${countWords(mostAttendees)} only.` : '';
  return [
    {
      kind: 'text',
      text: [
        { bold: 'Attendance: ' },
        `${countWords(value.length)} ${value.length === 1 ? 'line' : 'lines'}, most minutes first. It names people: it is for you alone.${cut}`,
        ...(final === undefined ? [] : [' It may still grow until ', { time: final }, '.']),
      ],
    },
    attendanceFile(webcast.name, record.began, zone, value),
  ];
}

/** What stands in the place of the first list when its message is brought up to date: a file cannot be exchanged. */
export const attendanceAgain = (webcast: Webcast): readonly PublicNode[] => [
  {
    kind: 'text',
    text: [
      { bold: 'Attendance: ' },
      'the list that came with this message was counted soon after the end. Ask for the report to get the final one.',
    ],
  },
  { kind: 'buttons', buttons: [buttonFor('Final list', 'report', webcast)] },
];
