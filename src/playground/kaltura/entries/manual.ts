import type { Account } from '../account.js';
import { ApiError } from '../errors.js';
import type { Entry } from '../store.js';
import { int, isFields, items, text } from '../values.js';
import { SOURCE, STATUS } from './entry.js';
import { broadcastOf } from './live.js';

const HLS = new Set(['hls', 'applehttp', 'applehttp_to_mc']);

/** Asks a playlist whether it plays: answered, and with something in it. */
async function isPlaylistUp(url: string, timeout: number): Promise<boolean> {
  if (!/^https?:\/\//.test(url)) return false;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
    const body = await response.text();
    return (
      response.ok && body.trimStart().startsWith('#EXTM3U') && body.split('\n').some((line) => /^[^#\s]/.test(line))
    );
  } catch {
    // Whatever the network says about it: a stream that cannot be fetched is off.
    return false;
  }
}

/** Finds the address of a manual stream for a protocol. */
function findAddress(entry: Entry, protocol: string): string | undefined {
  const configured = items(entry.fields, 'liveStreamConfigurations').filter(isFields);
  const given = configured.find((one) => text(one, 'protocol') === protocol);
  if (given) return text(given, 'url');
  const isHls = HLS.has(protocol);
  const other = isHls ? configured.find((one) => HLS.has(text(one, 'protocol') ?? '')) : undefined;
  return other ? text(other, 'url') : isHls ? text(entry.fields, 'hlsStreamUrl') : undefined;
}

/** Says whether a manual stream is on air. Throws when the protocol has no address. */
export async function isManualOnAir(account: Account, entry: Entry, protocol: string | undefined): Promise<boolean> {
  const url = protocol === undefined ? undefined : findAddress(entry, protocol);
  if (url === undefined) throw new ApiError('LIVE_STREAM_STATUS_CANNOT_BE_DETERMINED', { PROT: protocol ?? 'N/A' });
  return isPlaylistUp(url, account.options.playlistTimeout);
}

/** Says whether a manual stream plays over HLS; false for all other entries. */
export async function isManualUp(account: Account, entry: Entry): Promise<boolean> {
  const url = entry.fields.sourceType === SOURCE.manual ? findAddress(entry, 'hls') : undefined;
  return url !== undefined && isPlaylistUp(url, account.options.playlistTimeout);
}

/** Writes into the search index whether a manual stream with configurations plays now; it goes stale until the next save. */
export async function indexManual(account: Account, entry: Entry): Promise<void> {
  if (entry.fields.sourceType !== SOURCE.manual) return;
  const first = items(entry.fields, 'liveStreamConfigurations').find(isFields);
  const url = first ? text(first, 'url') : undefined;
  broadcastOf(entry).indexedLive = url !== undefined && (await isPlaylistUp(url, account.options.playlistTimeout));
}

/** Says whether a schedule event plays a recording on this entry right now ("simulive"). */
export function hasPlayingSource(account: Account, entry: Entry): boolean {
  const now = account.now();
  for (const event of account.store.table('scheduleEvents').values()) {
    if (event.templateEntryId !== entry.id || event.status !== 2 || !event.sourceEntryId) continue;
    const source = account.store.entries.get(String(event.sourceEntryId));
    if (source?.fields.status !== STATUS.ready) continue;
    if ((int(event, 'startDate') ?? 0) <= now && now < (int(event, 'endDate') ?? 0)) return true;
  }
  return false;
}
