import {
  type Figures,
  type Finding,
  type HealthChange,
  type HealthCode,
  healthNow,
  lookUpCode,
  type Path,
  paths,
  type Severity,
  type Verdict,
  verdictOf,
} from '../core/health.js';
import type { Text } from '../core/view.js';
import type { Instant, Sighting } from '../core/webcast.js';

/** What a code of Kaltura means: in a word or two, as a sentence, and what to do. */
interface Meaning {
  readonly short: string;
  readonly says: string;
  readonly advice: string;
}

const m = (short: string, says: string, advice: string): Meaning => ({ short, says, advice });

const frameRate = 'Set the encoder to a constant 25 or 30 frames a second, and see that its machine keeps up.';
const address = 'Ask for the encoder settings here, and copy address and stream name anew.';
const account = 'Ask whoever runs the Kaltura account.';
const limit = 'End another webcast that still sends, or have the limit of the account raised.';
const backupFirst = 'Start the main encoder as well; check that it uses the main address.';
const support = "Watch the picture yourself; if it stays so, ask Kaltura's support with the entry id.";

/** Kaltura has several codes for each of these, and does not say how they differ. */
const uneven = m('frame rate off', 'The frame rate is not what it should be, or not steady.', frameRate);
const overload = m(
  'overloaded',
  'The line, or a machine on the way, does not keep up with the picture.',
  'Lower the bitrate or the resolution, use a cable, keep twice the bitrate free, and close other programs.',
);
const odd = m('something odd', 'Kaltura finds something odd with the picture.', support);

/** Every code that Kaltura's live servers are known to report. */
const meanings: Readonly<Record<HealthCode, Meaning>> = {
  100: m('restarted', 'The stream began anew.', 'Check line and power of the encoder if nobody restarted it.'),
  101: m(
    'bitrate off',
    'The bitrate is not what the encoder said it would send.',
    'Use a constant bitrate (CBR), and look whether the line carries it.',
  ),
  102: m('no sound', 'No sound arrives.', 'Check microphone, mixer and the audio input of the encoder; send AAC.'),
  103: m('no video', 'No video arrives.', 'Check camera, cable and the video input of the encoder; send H.264.'),
  104: m(
    'time drifts',
    'The time stamps of sound and video drift away.',
    'Restart the encoder at the next pause, and take sound and video from one clock.',
  ),
  105: m('stopped', 'The stream stopped.', 'Start the encoder if it should still send.'),
  106: m('started', 'The stream started.', 'There is nothing to do.'),
  107: m(
    'key frames off',
    'Key frames come too seldom or not evenly.',
    'Set the key frame interval (GOP) of the encoder to 2 seconds, and switch scene detection off.',
  ),
  108: m('frame rate too high', 'There are more frames a second than Kaltura works with.', frameRate),
  109: m('backup only', 'Only the backup arrives, and the show is not recorded.', backupFirst),
  110: m('backup only', 'Only the backup arrives, while the show is recorded.', backupFirst),
  111: m('wrong token', 'Kaltura turned the encoder away: the token in its address is not valid.', address),
  112: m('wrong stream name', 'Kaltura turned the encoder away: the stream name is not right.', address),
  113: m('unknown webcast', 'Kaltura turned the encoder away: it knows no such webcast.', address),
  114: m('no live permission', 'Kaltura turned the encoder away: the account may not broadcast.', account),
  115: m('too many streams', 'Kaltura turned the encoder away: the account sends as many streams as it may.', limit),
  116: uneven,
  117: uneven,
  118: m(
    'too many transcoded',
    'Kaltura turned the encoder away: the account transcodes as many streams as it may.',
    'End another webcast that still sends, or use a passthrough profile, which does not count here.',
  ),
  119: overload,
  120: overload,
  121: overload,
  122: overload,
  123: odd,
  124: odd,
  125: m(
    'connects too often',
    'The encoder connects more often than Kaltura allows.',
    'Stop it for a minute, and let it reconnect less eagerly.',
  ),
  126: m(
    'sent twice',
    'Another encoder sends to the same address already.',
    'Stop one of the two, or send the second one to the backup address.',
  ),
};

const severityWords: Readonly<Record<Severity, string>> = {
  0: 'a detail',
  1: 'for information',
  2: 'a warning',
  3: 'an error',
  4: 'critical',
};

/** A finding in a word or two, for lamps. */
export const shortOf = (code: number): string =>
  lookUpCode(meanings, code)?.short ?? (code === 0 ? 'trouble' : `code ${code}`);

/** A finding as a sentence, with what to do. */
export function sayFinding({ code, severity }: Finding): string {
  const meaning = lookUpCode(meanings, code);
  if (meaning) return `${meaning.says} ${meaning.advice}`;
  const what = code === 0 ? 'trouble that it does not name' : `code ${code}`;
  return `Kaltura reports ${what} (${severityWords[severity]}). ${support}`;
}

/** A path as people say it. */
export const pathName: Readonly<Record<Path, string>> = { main: 'Main', backup: 'Backup' };

/** A verdict as people say it. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  good: 'good',
  fair: 'fair',
  bad: 'bad',
  unknown: 'nothing reported yet',
};

/** What a notice is called that tells how paths have changed. */
export const titleOfHealth = (changes: readonly HealthChange[]): string =>
  changes.some(({ verdict }) => verdict === 'bad') ? 'The picture suffers' : 'The picture has recovered';

/** How a path has changed, one line for each reason. */
export function sayChange({ path, verdict, findings }: HealthChange): Text[] {
  const mark = { bold: `${pathName[path]}: ` };
  const reasons = findings.map((finding): Text => [mark, sayFinding(finding)]);
  switch (verdict) {
    case 'bad':
      return reasons;
    case 'fair':
      return [[mark, 'better, but not good yet.'], ...reasons];
    case 'good':
      return [[mark, 'good again for a minute.']];
    case 'unknown':
      return [[mark, 'Kaltura reports nothing any more.']];
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

/** Measured figures in one line: "1920 × 1080, 25 frames/s, 3.5 Mbit/s"; empty where nothing was measured. */
export function sayFigures(figures: Figures | undefined): string {
  if (!figures) return '';
  const { width, height, frameRate: rate, bitrate, keyFrame, videoCodec, audioCodec } = figures;
  return [
    width !== undefined && height !== undefined ? `${width} × ${height}` : '',
    rate === undefined ? '' : `${round(rate)} frames/s`,
    bitrate === undefined ? '' : sayBitrate(bitrate),
    keyFrame === undefined ? '' : `key frame every ${round(keyFrame)} s`,
    [videoCodec, audioCodec].filter((codec) => codec !== undefined).join(' and '),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

const round = (value: number): string => String(Math.round(value * 10) / 10);
const sayBitrate = (kilobits: number): string =>
  kilobits >= 1000 ? `${round(kilobits / 1000)} Mbit/s` : `${Math.round(kilobits)} kbit/s`;

/** How the picture on each path that has one looks, as facts; for a status. */
export function healthFacts(sighting: Sighting, now: Instant): { readonly label: string; readonly value: string }[] {
  const { webcast, health } = sighting;
  if (webcast.feed !== 'picture') return [];
  if (typeof health === 'string') return [{ label: 'Health', value: silence[health] }];
  return paths
    .filter((path) => sighting[path] === 'picture')
    .map((path) => {
      const { report, figures } = healthNow(health[path], webcast.connectedSince, now);
      const verdict = verdictWords[verdictOf(report)];
      const findings = report?.findings.filter(({ severity }) => severity >= 2).map(({ code }) => shortOf(code)) ?? [];
      const said = findings.length === 0 ? verdict : `${verdict}: ${findings.join(', ')}`;
      const measured = sayFigures(figures);
      return { label: `Health, ${path}`, value: measured === '' ? said : `${said}; ${measured}` };
    });
}

/** What is said where Kaltura has no health to tell. */
export const silence = {
  'not reported': 'Kaltura reports no health here',
  'no answer': 'Kaltura does not say at the moment',
} as const;

/** What the figures of a picture advise beside what Kaltura finds; Kaltura's own advice to encoders is the measure. */
export function adviseOn(figures: Figures | undefined, findings: readonly Finding[]): readonly string[] {
  if (!figures) return [];
  const isFound = (...codes: readonly number[]) => findings.some(({ code }) => codes.includes(code));
  const { keyFrame, frameRate: rate, bitrate, height } = figures;
  return [
    ...(keyFrame !== undefined && keyFrame > 4 && !isFound(107)
      ? [`A key frame comes every ${round(keyFrame)} s only. ${meanings[107].advice}`]
      : []),
    ...(rate !== undefined && rate < 20 && !isFound(108, 116, 117)
      ? [`${round(rate)} frames a second look jerky. ${frameRate}`]
      : []),
    ...(bitrate !== undefined && height !== undefined && height >= 720 && bitrate < 1000 && !isFound(101)
      ? [`${sayBitrate(bitrate)} are few for ${height} lines: 2 Mbit/s do for 720, 3.5 to 5 for 1080.`]
      : []),
  ];
}
