import type { Installations } from '../../../src/core/ports.js';
import { Secret } from '../../../src/core/secret.js';
import type { SlackWorkspace } from '../../doubles/slack/index.js';

export const redirectUri = 'https://bot.example.com/slack/oauth_redirect';
export const scopes = [
  ...['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read'],
  ...['users:read.email', 'usergroups:read', 'files:write'],
];

/** A browser on its way through an installation. */
export interface Journey {
  /** The answer of /slack/install. */
  readonly start: Response;
  /** Where it was sent. */
  readonly address: URL;
  readonly state: string;
  /** The cookie as the browser sends it back. */
  readonly cookie: string;
}

export async function setOut(url: string): Promise<Journey> {
  const start = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  const address = new URL(start.headers.get('location') ?? '');
  const [cookie = ''] = (start.headers.get('set-cookie') ?? '').split(';');
  return { start, address, state: address.searchParams.get('state') ?? '', cookie };
}

/** Comes back from Slack with these parameters and this cookie. */
export function comeBack(url: string, query: Record<string, string>, cookie?: string): Promise<Response> {
  const headers = cookie === undefined ? {} : { cookie };
  return fetch(`${url}/slack/oauth_redirect?${new URLSearchParams(query)}`, { headers, redirect: 'manual' });
}

/** Ada lets the app into her workspace, from the first address to the last page. */
export async function installIn(
  workspace: SlackWorkspace,
  url: string,
  options: { readonly rotation?: boolean } = {},
): Promise<Response> {
  const { state, cookie } = await setOut(url);
  const code = workspace.grant({ user: 'ada', redirectUri, scopes, ...options });
  return comeBack(url, { code, state }, cookie);
}

/** Installations in memory, with what was read so far. */
export function createInstallations() {
  const kept = new Map<string, string>();
  const reads: string[] = [];
  const installations: Installations = {
    async get(platform, tenant) {
      reads.push(tenant);
      const payload = kept.get(`${platform} ${tenant}`);
      return payload === undefined ? undefined : new Secret(payload);
    },
    async save(platform, tenant, payload) {
      kept.set(`${platform} ${tenant}`, payload.reveal());
    },
    async delete(platform, tenant) {
      kept.delete(`${platform} ${tenant}`);
    },
  };
  return { ...installations, kept, reads };
}
