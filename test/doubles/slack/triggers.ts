import type { Platform, ResponseUrl, Trigger, Workspace } from './platform.js';

/** Mints a trigger_id for one act of a person; only deliveries do. */
export function mintTrigger(
  platform: Platform,
  workspace: Workspace,
  owner: Pick<Trigger, 'userId' | 'channelId' | 'viewId'>,
): string {
  const number = platform.ids.next('').slice(1);
  const id = `${number}.${workspace.teamId.length}${number}.${platform.ids.secret('trigger', 32)}`;
  workspace.triggers.set(id, { ...owner, mintedAt: platform.clock.now(), used: false });
  return id;
}

/** Mints a response_url on the double itself. */
export function mintResponseUrl(
  platform: Platform,
  workspace: Workspace,
  kind: 'commands' | 'actions' | 'app',
  owner: Pick<ResponseUrl, 'userId' | 'channelId' | 'source'>,
): string {
  const number = platform.ids.next('').slice(1);
  const path = `/hooks/${kind}/${workspace.teamId}/${number}/${platform.ids.secret('response', 24)}`;
  workspace.responseUrls.set(path, { ...owner, mintedAt: platform.clock.now(), uses: 0 });
  return `${platform.url}${path}`;
}
