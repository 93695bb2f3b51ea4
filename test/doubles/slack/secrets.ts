import type { Platform } from './platform.js';

/** Lists the secrets that stand in what an app shows people: tokens, signing secrets, response_urls, trigger_ids. */
export function findSecrets(platform: Platform, shown: unknown): string[] {
  const text = JSON.stringify(shown ?? null);
  const found = new Set<string>();
  for (const workspace of platform.workspaces) {
    for (const token of workspace.tokens.keys()) if (text.includes(token)) found.add('a token');
    if (text.includes(workspace.signingSecret)) found.add('the signing secret');
    for (const path of workspace.responseUrls.keys()) if (text.includes(path)) found.add('a response_url');
    for (const id of workspace.triggers.keys()) if (text.includes(id)) found.add('a trigger_id');
  }
  if (text.includes(platform.app.clientSecret)) found.add('the client secret');
  return [...found];
}
