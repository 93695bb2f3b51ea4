import { z } from 'zod';
import { type Instant, instant } from './webcast.js';

export const paths = ['main', 'backup'] as const;
/** One of the two ways on which encoders send. */
export type Path = (typeof paths)[number];

export const verdicts = ['good', 'fair', 'bad', 'unknown'] as const;
/** How a path's picture is; unknown where Kaltura has said nothing of late. */
export type Verdict = (typeof verdicts)[number];

/** Kaltura's steps: 0 debug, 1 information, 2 warning, 3 error, 4 critical. */
export const severitySchema = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Severity = z.output<typeof severitySchema>;

/** Every code that Kaltura's live servers are known to report; others may come. */
export const healthCodes = [
  ...([100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113] as const),
  ...([114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126] as const),
] as const;
export type HealthCode = (typeof healthCodes)[number];

/** What a table of all known codes says of one; undefined for others. */
export const lookUpCode = <T>(table: Readonly<Record<HealthCode, T>>, code: number): T | undefined => {
  const known = healthCodes.find((one) => one === code);
  return known === undefined ? undefined : table[known];
};

/** From here on a finding is trouble that people are told of. */
export const trouble: Severity = 3;

/** What Kaltura finds with a picture; code 0 stands for trouble that it does not name. */
export const findingSchema = z.object({ code: z.number().int().nonnegative(), severity: severitySchema });
export type Finding = z.output<typeof findingSchema>;

/** How good a path is from now on, and for what reasons. */
export const changeSchema = z.object({
  path: z.enum(paths),
  verdict: z.enum(verdicts),
  findings: z.array(findingSchema),
});
export type HealthChange = z.output<typeof changeSchema>;

/** What Kaltura reported of a path at one moment, worst first. */
export interface HealthReport {
  readonly at: Instant;
  readonly findings: readonly Finding[];
}

/** What Kaltura measured of the picture that the encoder sends; what it does not say is left out. */
export interface Figures {
  readonly at: Instant;
  /** Kilobits a second, picture and sound together. */
  readonly bitrate?: number | undefined;
  readonly frameRate?: number | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Seconds between two key frames. */
  readonly keyFrame?: number | undefined;
  readonly videoCodec?: string | undefined;
  readonly audioCodec?: string | undefined;
}

export interface PathHealth {
  readonly report: HealthReport | undefined;
  readonly figures: Figures | undefined;
}

/** The newest that Kaltura has said of both paths, however old. */
export type Health = Readonly<Record<Path, PathHealth>>;

/** What became of the question: the account may have no reports at all, and a single answer may fail. */
export type HealthAnswer = Health | 'not reported' | 'no answer';

/** How long a report, and measured figures, say how it is now, in milliseconds. */
const fresh = { report: 60_000, figures: 120_000 };

/** What of a path's health holds now, in the connection that began then; what is older is left out. */
export function healthNow(path: PathHealth, connected: Instant | undefined, now: Instant): PathHealth {
  const from = connected ?? instant(0);
  const holds = (at: Instant, age: number) => at >= from && now - at <= age;
  const { report, figures } = path;
  return {
    report: report && holds(report.at, fresh.report) ? report : undefined,
    figures: figures && holds(figures.at, fresh.figures) ? figures : undefined,
  };
}

/** How good a path is by one report. */
export function verdictOf(report: HealthReport | undefined): Verdict {
  if (!report) return 'unknown';
  const worst = Math.max(0, ...report.findings.map(({ severity }) => severity));
  if (worst >= trouble) return 'bad';
  return worst === 2 ? 'fair' : 'good';
}
