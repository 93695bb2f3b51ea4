import type { Account } from '../account.js';
import { type Fields, flag, int, isFields, items, text } from '../values.js';
import { BACKUP, findNode, NODE, nodeStatus, PRIMARY } from './nodes.js';

/** What an encoder sends on one path; the media server measures it and reports what is wrong with it. */
export interface Feed {
  /** Kilobits a second. */
  bitrate: number;
  frameRate: number;
  width: number;
  height: number;
  /** Seconds. */
  keyFrameInterval: number;
  videoCodec: string;
  audioCodec: string;
  audio: boolean;
  video: boolean;
  /** Codes to report beside those that follow from the rest. */
  alerts: number[];
  /** What the report says of itself as a whole; left out, it follows from its codes. */
  severity?: number | undefined;
}

/** What is to be different; what is left out stays. */
export type FeedChange = { readonly [Name in keyof Feed]?: Feed[Name] | undefined };

/** What an encoder sends unless it is told otherwise. */
const USUAL: Feed = {
  bitrate: 3500,
  frameRate: 25,
  width: 1920,
  height: 1080,
  keyFrameInterval: 2,
  videoCodec: 'H.264',
  audioCodec: 'AAC',
  audio: true,
  video: true,
  alerts: [],
};

/** A media server reports on each encoder so often, in seconds. */
const REPORT_SECONDS = 10;
/** How many of its reports the log of a path keeps. */
const KEPT = 30;

const keyOf = (entryId: string, serverType: number) => `${entryId}/${serverType}`;

/** Says what the encoder of a path sends. */
export function feedOf(account: Account, entryId: string, serverType: number): Feed {
  const row = account.store.table('feeds').get(keyOf(entryId, serverType)) ?? {};
  return {
    bitrate: int(row, 'bitrate') ?? USUAL.bitrate,
    frameRate: int(row, 'frameRate') ?? USUAL.frameRate,
    width: int(row, 'width') ?? USUAL.width,
    height: int(row, 'height') ?? USUAL.height,
    keyFrameInterval: int(row, 'keyFrameInterval') ?? USUAL.keyFrameInterval,
    videoCodec: text(row, 'videoCodec') ?? USUAL.videoCodec,
    audioCodec: text(row, 'audioCodec') ?? USUAL.audioCodec,
    audio: flag(row, 'audio') ?? USUAL.audio,
    video: flag(row, 'video') ?? USUAL.video,
    alerts: items(row, 'alerts').map(Number),
    severity: int(row, 'severity'),
  };
}

/** Changes what the encoder of a path sends, from now on; what was reported until now stays. */
export function changeFeed(account: Account, entryId: string, serverType: number, change: FeedChange): Feed {
  report(account);
  const key = keyOf(entryId, serverType);
  const feeds = account.store.table('feeds');
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  feeds.set(key, { ...feeds.get(key), ...Object.fromEntries(given) });
  const state = account.store.table('reports').get(key);
  // The next report comes at once, so that nobody has to wait for what they have just changed.
  if (state) state.at = account.now() - REPORT_SECONDS;
  return feedOf(account, entryId, serverType);
}

/** Lets all encoders send what they usually do. */
export function resetFeeds(account: Account): void {
  report(account);
  account.store.table('feeds').clear();
  for (const state of account.store.table('reports').values()) state.at = account.now() - REPORT_SECONDS;
}

/** Ends the reports on an encoder that stopped; when it comes back, they begin anew. */
export function endReports(account: Account, entryId: string, serverType: number): void {
  account.store.table('reports').delete(keyOf(entryId, serverType));
}

/** How severe what the encoder does wrong is, by code. */
function alertsOf(feed: Feed, backupOnly: boolean, recorded: boolean): Map<number, number> {
  const alerts = new Map<number, number>();
  if (!feed.audio) alerts.set(102, 3);
  if (!feed.video) alerts.set(103, 3);
  if (feed.bitrate < 300) alerts.set(101, 2);
  if (feed.keyFrameInterval > 4) alerts.set(107, 2);
  if (feed.frameRate > 60) alerts.set(108, 2);
  if (feed.frameRate < 20) alerts.set(116, 2);
  if (backupOnly) alerts.set(recorded ? 110 : 109, 2);
  for (const code of feed.alerts) alerts.set(code, feed.severity ?? 3);
  return alerts;
}

/** Catches up with the reports that media servers have made since the last time somebody looked. */
export function report(account: Account): void {
  for (const node of [...account.store.table('serverNodes').values()]) {
    const entryId = text(node, 'entryId');
    const serverType = int(node, 'serverType') ?? PRIMARY;
    if (entryId === undefined || findNode(account, entryId, serverType)?.status !== NODE.playable) continue;
    const reports = account.store.table('reports');
    const key = keyOf(entryId, serverType);
    const since = int(node, 'updatedAt') ?? account.now();
    const last = int(reports.get(key) ?? {}, 'at') ?? since - REPORT_SECONDS;
    const due = Math.floor((account.now() - last) / REPORT_SECONDS);
    const first = Math.max(1, due - KEPT + 1);
    for (let count = first; count <= due; count += 1)
      reportOne(account, entryId, serverType, last + count * REPORT_SECONDS);
    reports.set(key, { at: last + Math.max(0, due) * REPORT_SECONDS });
  }
}

function reportOne(account: Account, entryId: string, serverType: number, at: number): void {
  const feed = feedOf(account, entryId, serverType);
  const backupOnly = serverType === BACKUP && nodeStatus(account, entryId, PRIMARY) === NODE.stopped;
  const recordedEntryId = text(account.store.entries.get(entryId)?.fields ?? {}, 'recordedEntryId') ?? '';
  const alerts = alertsOf(feed, backupOnly, recordedEntryId !== '');
  const health = {
    maxSeverity: feed.severity ?? Math.max(0, ...alerts.values()),
    alerts: [...alerts.keys()].map((Code) => ({ Time: at * 1000, Code, Arguments: {} })),
  };
  const { bitrate, frameRate, width, height, keyFrameInterval, videoCodec, audioCodec } = feed;
  const source = {
    name: '32',
    runStatus: 'running',
    mediaInfo: {
      bitrate_kbps: bitrate,
      resolution: [width, height],
      framesPerSecond: frameRate,
      keyFramesDistance: keyFrameInterval * 1000,
    },
  };
  const encoder = { Encoder: { width, height, frameRate, videoCodec, audioCodec: feed.audio ? audioCodec : '' } };
  const send = (topic: string, privateData: object, log: boolean) =>
    keepBeacon(
      account,
      {
        relatedObjectType: '4',
        eventType: `${serverType}_${topic}`,
        objectId: entryId,
        privateData: JSON.stringify(privateData),
      },
      at,
      log,
    );
  send('staticData', encoder, false);
  send('dynamicData', { inputs: [{ index: '0', bitrate }], flavors: [source] }, false);
  send('healthData', health, true);
}

/** Keeps a beacon: the last state of its object and event, and beside it a line of the log when one is wanted. */
export function keepBeacon(account: Account, sent: Fields, at: number, log: boolean): void {
  const table = account.store.table('beacons');
  const name = `${text(sent, 'objectId')}_${text(sent, 'eventType')}`;
  const row = { ...sent, updatedAt: at, objectType: 'KalturaBeacon' };
  table.set(name, { ...row, id: name, indexType: 'State' });
  if (!log) return;
  const number = account.store.next('beacon');
  table.set(`${name}_${number}`, { ...row, id: `${name}_${number}`, indexType: 'Log' });
  const lines = [...table].filter(([, one]) => isFields(one) && one.indexType === 'Log' && isSame(one, sent));
  for (const [key] of lines.slice(0, Math.max(0, lines.length - KEPT))) table.delete(key);
}

const isSame = (one: Fields, other: Fields): boolean =>
  one.objectId === other.objectId && one.eventType === other.eventType;
