import { z } from 'zod';
import type { Check } from '../../core/checkup.js';
import type { Api } from './api.js';

/** The scopes of the manifest, each with what does not work without it. */
const uses: readonly { readonly scope: string; readonly needed: boolean; readonly without: string }[] = [
  { scope: 'commands', needed: true, without: 'the command itself' },
  { scope: 'chat:write', needed: true, without: 'any message' },
  { scope: 'chat:write.public', needed: false, without: 'posts in public channels that it was not invited to' },
  { scope: 'im:write', needed: false, without: 'private notices to organizers' },
  { scope: 'users:read', needed: false, without: 'times in words, unless --zone is given' },
  {
    scope: 'users:read.email',
    needed: false,
    without: 'naming people by e-mail, links into studio and moderator view',
  },
  { scope: 'usergroups:read', needed: false, without: 'giving roles to user groups' },
  { scope: 'files:write', needed: false, without: 'charts as pictures and attendance lists' },
];

const answer = z.object({
  team: z.string().optional(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Asks Slack which scopes the token has; Slack names them with every answer. */
export async function checkScopes(api: Api, tenant: string): Promise<readonly Check[]> {
  const asked = { method: 'auth.test', repeatable: true, tenant, key: 'checkup' };
  const { team, response_metadata } = answer.parse(await api.send(asked, (client) => client.auth.test()));
  const workspace: Check = { label: 'Workspace', state: 'ok', text: team ?? tenant };
  const scopes = response_metadata?.scopes;
  if (!scopes) return [workspace, { label: 'Scopes', state: 'lacking', text: 'Slack does not name them.' }];
  const missing = uses.filter(({ scope }) => !scopes.includes(scope));
  if (missing.length === 0) return [workspace, { label: 'Scopes', state: 'ok', text: 'all of the manifest' }];
  return [
    workspace,
    ...missing.map(
      ({ scope, needed, without }): Check => ({
        label: scope,
        state: needed ? 'broken' : 'lacking',
        text: `missing, and with it ${without}. Add it to the app and install it again.`,
      }),
    ),
  ];
}
