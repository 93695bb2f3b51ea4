import type { Account } from '../account.js';
import type { Entry } from '../store.js';
import { type Fields, isFields, items, text } from '../values.js';
import { deliveryBase, SOURCE } from './entry.js';

/** The properties that hold a place to send a picture to. */
export const BROADCAST_ADDRESSES = [
  'primaryBroadcastingUrl',
  'secondaryBroadcastingUrl',
  'primarySecuredBroadcastingUrl',
  'secondarySecuredBroadcastingUrl',
  'primaryRtspBroadcastingUrl',
  'secondaryRtspBroadcastingUrl',
  'primarySrtBroadcastingUrl',
  'primarySrtStreamId',
  'secondarySrtBroadcastingUrl',
  'secondarySrtStreamId',
] as const;

/** Computes the broadcasting addresses of a live entry; a manual one has none but SRT. */
export function computeAddresses(account: Account, entry: Entry, password: string): Fields {
  const { broadcastHost, partnerId } = account.options;
  const label = entry.id.replace(/_/g, '-');
  const isManual = entry.fields.sourceType === SOURCE.manual;
  const address = (scheme: string, port: number, letter: string, index: number, path: string) =>
    isManual
      ? ''
      : `${scheme}://${label}.${letter}.${broadcastHost}:${port}/kLive${path}?p=${partnerId}&e=${entry.id}&i=${index}&t=${password}`;
  const srt = (letter: string) => `srt://${label}.${letter}.srt.${broadcastHost}:7045`;
  const srtId = (index: number) => `#:::e=${entry.id},st=${index},p=${password}`;
  return {
    primaryBroadcastingUrl: address('rtmp', 1935, 'p', 0, ''),
    secondaryBroadcastingUrl: address('rtmp', 1935, 'b', 1, ''),
    primarySecuredBroadcastingUrl: address('rtmps', 443, 'p', 0, ''),
    secondarySecuredBroadcastingUrl: address('rtmps', 443, 'b', 1, ''),
    primaryRtspBroadcastingUrl: address('rtsp', 554, 'p', 0, `/${entry.id}_%i`),
    secondaryRtspBroadcastingUrl: address('rtsp', 554, 'b', 1, `/${entry.id}_%i`),
    primarySrtBroadcastingUrl: srt('p'),
    primarySrtStreamId: srtId(0),
    secondarySrtBroadcastingUrl: srt('b'),
    secondarySrtStreamId: srtId(1),
  };
}

const PLAYBACK: [protocol: string, path: string][] = [
  ['hds', 'hds/a.f4m'],
  ['hls', 'applehttp/a.m3u8'],
  ['applehttp', 'applehttp/a.m3u8'],
  ['applehttp_to_mc', 'applehttp_to_mc/a.m3u8'],
  ['sl', 'sl/Manifest'],
  ['mpegdash', 'mpegdash/manifest.mpd'],
];

const configuration = (protocol: string, url: string, backupUrl: string): Fields => ({
  protocol,
  url,
  backupUrl,
  objectType: 'KalturaLiveStreamConfiguration',
});

/** Gives the playback addresses of a live entry: computed ones, or for a manual stream those that were given. */
export function playbackConfigurations(account: Account, entry: Entry): Fields[] {
  if (entry.fields.sourceType === SOURCE.manual) {
    return items(entry.fields, 'liveStreamConfigurations')
      .filter(isFields)
      .map((given) =>
        configuration(text(given, 'protocol') ?? '', text(given, 'url') ?? '', text(given, 'backupUrl') ?? ''),
      );
  }
  const base = `${deliveryBase(account, entry)}/playManifest/entryId/${entry.id}/protocol/http/format`;
  return PLAYBACK.map(([protocol, path]) => configuration(protocol, `${base}/${path}`, ''));
}
