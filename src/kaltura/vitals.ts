import { z } from 'zod';
import {
  type Figures,
  type Finding,
  type HealthCode,
  lookUpCode,
  type Severity,
  severitySchema,
  trouble,
} from '../core/health.js';

/** The most findings of one report that are read; a report with more is no report of an encoder. */
const most = 20;

/** How severe a code is where the report does not say more: an alert has none of its own, only the report as a whole. */
const usual: Readonly<Record<HealthCode, Severity>> = {
  100: 2,
  101: 2,
  102: 3,
  103: 3,
  104: 3,
  105: 1,
  106: 1,
  107: 2,
  108: 2,
  109: 2,
  110: 2,
  111: 4,
  112: 4,
  113: 4,
  114: 4,
  115: 4,
  116: 2,
  117: 2,
  118: 4,
  119: 3,
  120: 3,
  121: 3,
  122: 3,
  123: 2,
  124: 2,
  125: 3,
  126: 3,
};

const codeSchema = z.coerce.number().int().min(1).max(99_999);
const alertSchema = z.object({ Code: codeSchema }).transform(({ Code }) => Code);
const reportSchema = z.object({
  maxSeverity: z.coerce.number().pipe(severitySchema).optional().catch(undefined),
  alerts: z.array(z.unknown()).catch([]),
});

/** What was sent as JSON by a program of somebody's; undefined when it is none. */
function parseJson(privateData: string): unknown {
  try {
    return JSON.parse(privateData);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Reads what health beacons hold, as one report, worst first; what cannot be read is no finding. */
export function readFindings(privateDatas: readonly string[]): readonly Finding[] {
  const severities = new Map<number, Severity>();
  for (const { code, severity } of privateDatas.flatMap(findingsIn)) {
    if (severity >= (severities.get(code) ?? 0)) severities.set(code, severity);
  }
  return [...severities]
    .map(([code, severity]) => ({ code, severity }))
    .sort((one, other) => other.severity - one.severity || one.code - other.code)
    .slice(0, most);
}

function findingsIn(privateData: string): Finding[] {
  const report = reportSchema.safeParse(parseJson(privateData)).data;
  if (!report) return [];
  const { maxSeverity: worst, alerts } = report;
  const codes = [...new Set(alerts.flatMap((alert) => alertSchema.safeParse(alert).data ?? []))].slice(0, most);
  if (worst === undefined) return codes.map((code) => ({ code, severity: lookUpCode(usual, code) ?? trouble }));
  // Trouble that no alert names.
  if (codes.length === 0) return worst >= 2 ? [{ code: 0, severity: worst }] : [];
  const own = (code: number): Severity => lookUpCode(usual, code) ?? worst;
  const top = Math.max(...codes.map(own));
  return codes.map((code) => {
    const severity = own(code);
    // The report knows best how bad it is: whoever weighs most in it is as bad as that.
    return { code, severity: severity === top || severity > worst ? worst : severity };
  });
}

const measure = (least: number, largest: number) =>
  z.coerce.number().min(least).max(largest).optional().catch(undefined);
const name = z
  .string()
  .regex(/^[\w.\- /()]{1,40}$/)
  .optional()
  .catch(undefined);
const mediaSchema = z.object({
  bitrate_kbps: measure(1, 1_000_000),
  framesPerSecond: measure(0.1, 1000),
  keyFramesDistance: measure(0.001, 600_000),
  resolution: z.tuple([z.number().int().positive(), z.number().int().positive()]).optional().catch(undefined),
});
const flavorSchema = z.object({ name: z.coerce.string().catch(''), mediaInfo: mediaSchema });
const encoderSchema = z.object({
  videoBitrate: measure(1, 1_000_000),
  audioBitrate: measure(1, 10_000),
  frameRate: measure(0.1, 1000),
  width: measure(1, 32_768),
  height: measure(1, 32_768),
  videoCodec: name,
  audioCodec: name,
});
const vitalsSchema = z.object({
  flavors: z.array(z.unknown()).catch([]),
  Encoder: encoderSchema.optional().catch(undefined),
});

/** Kaltura's name of the picture as the encoder sends it, beside those that it makes of it. */
const sourceFlavor = '32';
/** Key frames are milliseconds apart in some reports and seconds in others; none are a minute apart. */
const secondsOf = (distance: number): number => (distance > 60 ? distance / 1000 : distance);

/** Reads what state beacons tell of the picture that the encoder sends; what cannot be read is left out. */
export function readFigures(privateData: string): Omit<Figures, 'at'> {
  const vitals = vitalsSchema.safeParse(parseJson(privateData)).data;
  if (!vitals) return {};
  const flavors = vitals.flavors.flatMap((flavor) => flavorSchema.safeParse(flavor).data ?? []);
  const media = flavors.find((flavor) => flavor.name === sourceFlavor)?.mediaInfo;
  const { videoBitrate = 0, audioBitrate = 0, ...encoder } = vitals.Encoder ?? {};
  const sent = videoBitrate + audioBitrate;
  const figures: Omit<Figures, 'at'> = {
    bitrate: media?.bitrate_kbps ?? (sent > 0 ? sent : undefined),
    frameRate: media?.framesPerSecond ?? encoder.frameRate,
    width: media?.resolution?.[0] ?? encoder.width,
    height: media?.resolution?.[1] ?? encoder.height,
    keyFrame: media?.keyFramesDistance === undefined ? undefined : secondsOf(media.keyFramesDistance),
    videoCodec: encoder.videoCodec,
    audioCodec: encoder.audioCodec,
  };
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}
