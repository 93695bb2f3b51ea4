import type { Account } from '../account.js';
import type { Entry } from '../store.js';
import { type Fields, int } from '../values.js';

/** KalturaEntryServerNodeStatus. */
export const NODE = { stopped: 0, playable: 1, broadcasting: 2, authenticated: 3, markedForDeletion: 4 } as const;
/** KalturaEntryServerNodeType. */
export const PRIMARY = 0;
export const BACKUP = 1;

const FIRST_NODE_ID = 10;
const SERVER_NODE_ID = 1;
/** How long a node stays visible after its encoder stopped, in seconds. */
const FADE_SECONDS = 300;

/** Writes a time as the node's viewModeUpdatedAt does. */
function formatNodeTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const nodeKey = (entryId: string, serverType: number) => `${entryId}/${serverType}`;

/** Finds the node of an entry's primary or backup encoder, also one that is about to be removed. */
export function findNode(account: Account, entryId: string, serverType: number): Fields | undefined {
  const node = account.store.table('serverNodes').get(nodeKey(entryId, serverType));
  if (!node) return undefined;
  const isGone = node.status === NODE.markedForDeletion && (int(node, 'updatedAt') ?? 0) + FADE_SECONDS < account.now();
  if (isGone) account.store.table('serverNodes').delete(nodeKey(entryId, serverType));
  return isGone ? undefined : node;
}

/** Says how an encoder stands: stopped when there is no node or it is about to be removed. */
export function nodeStatus(account: Account, entryId: string, serverType: number): number {
  const status = int(findNode(account, entryId, serverType) ?? {}, 'status') ?? NODE.stopped;
  return status === NODE.markedForDeletion ? NODE.stopped : status;
}

/** The best status of both encoders: playable, then broadcasting, then authenticated. */
export function liveStatusOf(account: Account, entry: Entry): number {
  const states = [nodeStatus(account, entry.id, PRIMARY), nodeStatus(account, entry.id, BACKUP)];
  return (
    [NODE.playable, NODE.broadcasting, NODE.authenticated].find((status) => states.includes(status)) ?? NODE.stopped
  );
}

/** Makes or renews the node of an encoder. */
export function putNode(account: Account, entry: Entry, serverType: number, status: number, viewMode: number): Fields {
  const now = account.now();
  const known = findNode(account, entry.id, serverType);
  if (known) {
    known.status = status;
    known.updatedAt = now;
    return known;
  }
  const node: Fields = {
    id: account.store.next('serverNode', FIRST_NODE_ID),
    entryId: entry.id,
    serverNodeId: SERVER_NODE_ID,
    partnerId: account.partnerId,
    createdAt: now,
    updatedAt: now,
    status,
    serverType,
    streams: [],
    recordingInfo: [],
    isPlayableUser: true,
    viewMode,
    viewModeUpdatedAt: formatNodeTime(now),
    objectType: 'KalturaLiveEntryServerNode',
  };
  account.store.table('serverNodes').set(nodeKey(entry.id, serverType), node);
  return node;
}

/** Tells the nodes of an entry that its view mode changed. */
export function showViewMode(account: Account, entryId: string, viewMode: number): void {
  for (const serverType of [PRIMARY, BACKUP]) {
    const node = findNode(account, entryId, serverType);
    if (!node || node.viewMode === viewMode) continue;
    node.viewMode = viewMode;
    node.viewModeUpdatedAt = formatNodeTime(account.now());
  }
}

/** Lists all nodes that are still visible, oldest first. */
export function listNodes(account: Account): Fields[] {
  const nodes: Fields[] = [];
  for (const node of [...account.store.table('serverNodes').values()]) {
    const visible = findNode(account, String(node.entryId), int(node, 'serverType') ?? PRIMARY);
    if (visible) nodes.push(visible);
  }
  return nodes;
}
