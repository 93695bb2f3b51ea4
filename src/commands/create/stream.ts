import type { FieldIssue } from '../../core/errors.js';

/** Names that mean something only inside somebody's network. */
const inside = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|invalid)$/;
/** Private, loopback, link-local, shared, multicast and reserved IPv4 ranges; RFC 6890. */
const privateV4 =
  /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^(22[4-9]|2[3-5]\d)\./;

/** What is wrong with the address of a stream of one's own; undefined when a viewer outside could ask for it. */
export function judgeStream(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) return 'This is no address. It looks like https://live.example.com/event/master.m3u8.';
  if (url.protocol !== 'https:') return 'The address must begin with https: browsers refuse to play others on a page.';
  if (url.username !== '' || url.password !== '')
    return 'The address holds a user name or password, which every viewer would get.';
  // The parser has written numbers in any notation as four decimals by now.
  const host = url.hostname.replace(/\.$/, '').toLowerCase();
  const isAddress = /^[\d.]+$/.test(host) || host.startsWith('[');
  const hidden = isAddress ? isPrivate(host) : inside.test(host) || !host.includes('.');
  return hidden
    ? 'This address lies inside a private network, which neither Kaltura nor viewers can reach.'
    : undefined;
}

/** IPv6 is public in 2000::/3 alone, and not where it holds an IPv4 address. */
const isPrivate = (host: string): boolean =>
  host.startsWith('[') ? !/^\[[23][0-9a-f]{3}:/.test(host) || host.startsWith('[2002:') : privateV4.test(host);

/** What is wrong with the choice of where the picture comes from. */
export function judgeSource(source: 'kaltura' | 'own', stream: string | undefined): FieldIssue[] {
  const issue = (message: string): FieldIssue[] => [{ field: 'stream', message }];
  if (source === 'kaltura')
    return stream === undefined ? [] : issue('An address is only for a stream of your own: choose that as the source.');
  if (stream === undefined)
    return issue('Give the https address of your stream, an HLS (.m3u8) or DASH (.mpd) playlist.');
  const wrong = judgeStream(stream);
  return wrong === undefined ? [] : issue(wrong);
}

/** What a webcast that plays somebody's own stream cannot have. */
export const withoutKaltura = {
  preview: false,
  recording: 'off',
  multicast: false,
  archive: false,
  profile: undefined,
} as const;
