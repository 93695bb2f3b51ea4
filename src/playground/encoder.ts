import type { PlaygroundWord } from '../adapters/terminal/index.js';
import { BotError } from '../core/errors.js';
import { type EntryId, isEntryId } from '../core/webcast.js';
import { createMediaServer, type LiveEntry, type MediaServerParts, type Path } from './mediaserver.js';

/** An encoder for people who have none; each act answers with what happened and what comes next. All raise BotError. */
export interface Encoder {
  /** Sends a picture to a webcast, named by entry id or words; without either to the one that dropped, else the newest. */
  start(webcast?: string, options?: { readonly backup?: boolean }): Promise<string>;
  /** Loses one path's picture, as by accident: the backup's when asked for, else the main one while there is one. */
  drop(webcast?: string, options?: { readonly backup?: boolean }): Promise<string>;
  /** Switches the encoder off: no path sends any more. */
  stop(webcast?: string): Promise<string>;
  /** The encoder as a word to be typed in the terminal. */
  words(): readonly PlaygroundWord[];
}

/** Plays the encoder and the media server of a Kaltura that was started with this media secret. */
export function createEncoder(parts: MediaServerParts): Encoder {
  const mediaServer = createMediaServer(parts);
  const feeds = new Map<EntryId, Set<Path>>();
  let last: EntryId | undefined;
  // What lost its picture, and the newest webcast at that moment: once there is a newer one, that is the one meant.
  let dropped: { readonly id: EntryId; readonly newest: EntryId } | undefined;

  async function start(webcast?: string, options: { readonly backup?: boolean } = {}): Promise<string> {
    const id = webcast === undefined ? await findMeant() : await find(webcast);
    const path: Path = options.backup ? 'backup' : 'main';
    const sending = feeds.get(id) ?? new Set();
    await mediaServer.register(id, path, 'authenticated');
    feeds.set(id, sending.add(path));
    last = id;
    dropped = undefined;
    await mediaServer.register(id, path, 'broadcasting');
    const entry = await mediaServer.register(id, path, 'playable');
    const arrives = `${path === 'main' ? 'A picture' : 'A backup picture'} arrives at ${name(entry)}.`;
    return `${arrives} ${sayWhoSees(entry)}`;
  }

  async function drop(webcast?: string, options: { readonly backup?: boolean } = {}): Promise<string> {
    const id = webcast === undefined ? findSending() : await find(webcast);
    const sending = feeds.get(id);
    const path: Path = options.backup || (sending?.has('backup') && !sending.has('main')) ? 'backup' : 'main';
    if (sending && !sending.has(path)) {
      throw new BotError('refused', `No ${path} picture arrives at ${id}.`, 'Type status to see what does.');
    }
    const [newest] = await mediaServer.newest();
    const entry = await mediaServer.unregister(id, path);
    sending?.delete(path);
    const [left] = sending ?? [];
    if (left) return `The ${path} picture of ${name(entry)} is gone; the ${left} one still arrives.`;
    feeds.delete(id);
    dropped = { id, newest: newest?.id ?? id };
    const after = entry.explicitLive
      ? 'then golive, because Kaltura lets nobody in by itself'
      : 'and viewers see it again';
    return `The picture of ${name(entry)} is gone, as if a cable had come loose. Type encoder start to bring it back, ${after}.`;
  }

  async function stop(webcast?: string): Promise<string> {
    const id = webcast === undefined ? findSending() : await find(webcast);
    const [first, ...others] = feeds.get(id) ?? (['main'] satisfies Path[]);
    let entry = await mediaServer.unregister(id, first ?? 'main');
    for (const path of others) entry = await mediaServer.unregister(id, path);
    feeds.delete(id);
    if (dropped?.id === id) dropped = undefined;
    return `The encoder of ${name(entry)} is off. Type recording to see what was recorded.`;
  }

  function findSending(): EntryId {
    const id = last !== undefined && feeds.has(last) ? last : [...feeds.keys()].at(-1);
    if (id !== undefined) return id;
    throw new BotError('refused', 'No encoder is sending.', 'Type encoder start to send a picture.');
  }

  async function findMeant(): Promise<EntryId> {
    const newest = await findNewest();
    return dropped?.newest === newest ? dropped.id : newest;
  }

  async function findNewest(): Promise<EntryId> {
    const [newest] = await mediaServer.newest();
    if (newest) return newest.id;
    throw new BotError(
      'not_found',
      'There is no webcast to send a picture to.',
      'Plan one: create "My show" --start "in 10 minutes".',
    );
  }

  async function find(webcast: string): Promise<EntryId> {
    if (isEntryId(webcast)) return webcast;
    const words = webcast.toLowerCase();
    const found = (await mediaServer.newest()).filter((entry) => entry.name.toLowerCase().includes(words));
    const [only, second] = found;
    if (!only) {
      throw new BotError('not_found', `No webcast is called "${webcast.slice(0, 60)}".`, 'Type list to see them.');
    }
    if (second) {
      const ids = found.map((entry) => `${entry.id} (${entry.name})`).join(', ');
      throw new BotError('invalid', `Several webcasts are called like that: ${ids}.`, 'Give the entry id.');
    }
    return only.id;
  }

  async function obey(args: readonly string[]): Promise<string> {
    const isBackup = (word: string) => /^(?:--)?backup$/i.test(word);
    const [act = '', ...rest] = args;
    const backup = rest.some(isBackup);
    const webcast = rest.filter((word) => !isBackup(word)).join(' ') || undefined;
    switch (act.toLowerCase()) {
      case 'start':
        return start(webcast, { backup });
      case 'drop':
        return drop(webcast, { backup });
      case 'stop':
        return stop(webcast);
      default:
        throw new BotError('invalid', `An encoder cannot ${act}.`, 'It can start, drop and stop.');
    }
  }

  return {
    start,
    drop,
    stop,
    words: () => [
      {
        name: 'encoder',
        takes: (next) => ['start', 'drop', 'stop'].includes(next),
        help: 'encoder start|drop|stop [entry id] [--backup]  plays an encoder, so that there is a picture to go live with',
        run: obey,
      },
    ],
  };
}

const name = (entry: LiveEntry): string => `${entry.name} (${entry.id})`;

function sayWhoSees(entry: LiveEntry): string {
  if (!entry.explicitLive) return 'Viewers see it at once, because this webcast has no preview.';
  return entry.viewMode === 1 ? 'Viewers see it: it is live.' : 'Nobody but the crew sees it: type golive.';
}
