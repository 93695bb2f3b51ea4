import { isObject, type JsonObject, stringAt } from '../json.js';
import type { Issue } from './blocks/index.js';
import type { Platform, Workspace } from './platform.js';

/**
 * Lists the pictures in blocks that Slack would not show: a slack_file has to be the bot's own, an image, complete,
 * and done being looked at. owner is undefined where no token says who asks, as at a response_url.
 */
export function findPictureIssues(
  { clock }: Platform,
  owner: Workspace | undefined,
  blocks: readonly JsonObject[],
): Issue[] {
  const issues: Issue[] = [];
  const walk = (value: unknown, pointer: string): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, `${pointer}/${index}`);
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== 'slack_file') walk(inner, `${pointer}/${key}`);
      else if (!isShowable(inner)) {
        issues.push({ pointer: `${pointer}/slack_file`, code: 'invalid', message: 'invalid slack file' });
      }
    }
  };
  const isShowable = (named: unknown): boolean => {
    const file = owner?.files.get((isObject(named) && stringAt(named, 'id')) || '');
    if (file === undefined || !file.completed || file.readyAt > clock.now()) return false;
    return /\.(png|jpe?g|gif)$/i.test(file.name);
  };
  walk(blocks, '/blocks');
  return issues;
}
