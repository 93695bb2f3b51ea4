import { Secret } from '../core/secret.js';
import type { PrivateNode } from '../core/view.js';
import type { Ingest, IngestPath } from '../core/webcast.js';

/** What Kaltura's transcoding likes best; a passthrough webcast shows viewers exactly what is sent. */
export const recommendedSettings: readonly { readonly label: string; readonly value: string }[] = [
  { label: 'Video', value: 'H.264, main profile, 1280x720 or 1920x1080, 25 or 30 frames a second' },
  { label: 'Bit rate', value: 'constant, 2 to 5 Mbit/s; the line out should carry twice that' },
  { label: 'Key frame', value: 'every 2 seconds' },
  { label: 'Audio', value: 'AAC stereo, 44.1 or 48 kHz, 96 to 128 kbit/s' },
];

/** The stream name of one rendition: Kaltura writes %i where the number of the rendition stands. */
export const streamKeyOf = ({ streamName }: Ingest): string => (streamName || '%i').replace('%i', '1');

/** The addresses of one path as an encoder asks for them. */
export function pathNodes(name: string, path: IngestPath): PrivateNode[] {
  const rows = [
    ['RTMPS', path.rtmps],
    ['RTMP', path.rtmp],
    ['SRT', path.srt],
    ['SRT stream id', path.srtStreamId],
    ['RTSP', path.rtsp],
  ] as const;
  return rows.flatMap(([label, value]): PrivateNode[] =>
    value ? [{ kind: 'secret', label: `${name}, ${label}`, value }] : [],
  );
}

/** Lines that are ready to be pasted: what OBS asks for, and ffmpeg for both paths. */
export function pasteNodes(ingest: Ingest): PrivateNode[] {
  const key = streamKeyOf(ingest);
  const obs = ingest.main.rtmps ?? ingest.main.rtmp;
  return [
    ...(obs ? [secret('OBS: Settings, Stream, Custom', `Server: ${obs.reveal()}\nStream key: ${key}`)] : []),
    ...lineFor('ffmpeg, main', ingest.main, key),
    ...lineFor('ffmpeg, backup', ingest.backup, key),
  ];
}

const secret = (label: string, value: string): PrivateNode => ({ kind: 'secret', label, value: new Secret(value) });

/** A word for a POSIX shell: whatever Kaltura puts into an address, it stays one word. */
const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

const coding =
  '-c:v libx264 -profile:v main -pix_fmt yuv420p -r 30 -g 60 -keyint_min 60 -sc_threshold 0 -b:v 3500k -maxrate 3500k -bufsize 7000k -c:a aac -b:a 128k -ar 48000';

function lineFor(label: string, path: IngestPath, key: string): PrivateNode[] {
  const target = targetOf(path, key);
  return target ? [secret(label, `ffmpeg -re -i input.mp4 ${coding} -f ${target.format} ${quote(target.url)}`)] : [];
}

/** RTMPS before SRT before RTMP: the first is encrypted and passes most firewalls. */
function targetOf(
  path: IngestPath,
  key: string,
): { readonly format: 'flv' | 'mpegts'; readonly url: string } | undefined {
  if (path.rtmps) return { format: 'flv', url: `${path.rtmps.reveal()}/${key}` };
  if (path.srt && path.srtStreamId) {
    const url = `${path.srt.reveal()}?mode=caller&streamid=${encodeURIComponent(path.srtStreamId.reveal())}`;
    return { format: 'mpegts', url };
  }
  return path.rtmp ? { format: 'flv', url: `${path.rtmp.reveal()}/${key}` } : undefined;
}
