import type { IncomingMessage, ServerResponse } from 'node:http';
import { BotError } from '../../core/errors.js';
import type { Clock, Log, NewId, Store } from '../../core/ports.js';
import { showPage } from '../../web/page.js';
import { slackCode } from './errors.js';
import type { Granted, OAuth } from './oauth.js';
import { type States, stateLifetime } from './state.js';
import type { Workspaces } from './workspaces.js';

/** The two addresses by which a workspace installs the app. */
export interface Installer {
  /** GET /slack/install: sends the browser to Slack. */
  begin(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** GET /slack/oauth_redirect: takes it back, and the installation with it. */
  finish(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface InstallerParts {
  readonly oauth: OAuth;
  readonly states: States;
  readonly workspaces: Pick<Workspaces, 'add'>;
  readonly claim: Store['claimDelivery'];
  /** The address of /slack/install. */
  readonly installUrl: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/** Why an installation did not come about, with the HTTP status that says whose fault it was. */
interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly hint: string;
}

/** Makes the installer; the cookie binds the way back to the browser that set out, so that nobody is sent in for another. */
export function createInstaller(parts: InstallerParts): Installer {
  const { oauth, states, workspaces, log } = parts;
  // Browsers keep a __Host- cookie only from its own host over https, and so no neighbour can plant one.
  const secure = parts.installUrl.startsWith('https:');
  const cookie = secure ? '__Host-webcast-install' : 'webcast-install';
  const bind = (value: string, seconds: number) =>
    `${cookie}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

  function refuse(response: ServerResponse, { status, title, hint }: Refusal): void {
    showPage(response, status, {
      title,
      lines: [hint],
      ways: [{ kind: 'link', label: 'Start again', address: parts.installUrl }],
    });
  }

  /** Why the way back does not fit a way out of this browser's, or undefined when it does, this once. */
  async function judge(state: string, binding: string): Promise<Refusal | undefined> {
    const returned = states.read(state, binding);
    switch (returned.kind) {
      case 'foreign':
        return elsewhere;
      case 'expired':
        return tooLate;
      case 'ours':
        return (await parts.claim(`slack install ${returned.nonce}`, parts.clock.now())) ? undefined : used;
      default: {
        const never: never = returned;
        return never;
      }
    }
  }

  async function install(code: string): Promise<Granted | Refusal> {
    try {
      const granted = await oauth.exchange(code);
      await workspaces.add(granted);
      return granted;
    } catch (error) {
      if (!(error instanceof BotError)) throw error;
      log.warn({ err: error }, 'An installation failed');
      return explain(error);
    }
  }

  return {
    async begin(_request, response) {
      const binding = parts.newId();
      response
        .writeHead(302, {
          location: oauth.authorizeUrl(states.issue(binding)),
          'set-cookie': bind(binding, stateLifetime / 1000),
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        })
        .end();
    },

    async finish(request, response) {
      const query = new URL(request.url ?? '/', 'http://front').searchParams;
      const refusal = await judge(query.get('state') ?? '', readCookie(request.headers.cookie, cookie));
      if (refusal) return refuse(response, refusal);
      response.setHeader('set-cookie', bind('', 0));
      if (query.has('error')) return refuse(response, query.get('error') === 'access_denied' ? denied : failed);
      const code = query.get('code');
      if (!code) return refuse(response, failed);
      const outcome = await install(code);
      if ('status' in outcome) return refuse(response, outcome);
      showPage(response, 200, {
        title: `Webcast is installed in ${outcome.name}`,
        lines: [
          'In Slack, invite it to the channels where it should post: /invite @Webcast',
          'Then type /webcast help in any of them to see what it can do. Private answers work everywhere.',
        ],
        ways: [{ kind: 'link', label: 'Open it in Slack', address: outcome.address }],
      });
    },
  };
}

const elsewhere: Refusal = {
  status: 400,
  title: 'This installation was not begun in this browser',
  hint: 'Start again here, and keep cookies switched on until it is done. Nothing was installed.',
};
const tooLate: Refusal = {
  status: 400,
  title: 'This installation took too long',
  hint: 'There are ten minutes from the start until Slack sends you back. Nothing was installed.',
};
const used: Refusal = {
  status: 400,
  title: 'This link was used before',
  hint: 'It works once. If Webcast answers /webcast help in Slack, there is nothing left to do.',
};
const denied: Refusal = {
  status: 403,
  title: 'Webcast was not let in',
  hint: 'The installation was cancelled in Slack, and nothing was installed.',
};
const failed: Refusal = {
  status: 400,
  title: 'Slack did not go through with the installation',
  hint: 'Nothing was installed. An owner of the workspace may have to approve the app first.',
};

function explain(error: BotError): Refusal {
  const code = slackCode(error);
  switch (code) {
    case undefined:
      return { status: 503, title: error.message, hint: `${error.hint} Nothing was installed.` };
    case 'invalid_code':
    case 'code_already_used':
      return {
        status: 400,
        title: 'Slack does not take this code',
        hint: 'A code works once, within ten minutes. Nothing was installed.',
      };
    case 'invalid_client_id':
    case 'bad_client_secret':
    case 'bad_redirect_uri':
    case 'oauth_authorization_url_mismatch':
      return {
        status: 502,
        title: "The bot's settings do not fit its Slack app",
        hint: `Whoever runs the bot has to check SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and PUBLIC_URL (${code}).`,
      };
    default:
      return { ...failed, hint: `Slack answered ${code}. Nothing was installed.` };
  }
}

/** The value of a cookie in a request's Cookie header; empty when it is not there. */
function readCookie(header: string | undefined, name: string): string {
  const found = (header ?? '').split(';').find((pair) => pair.trim().startsWith(`${name}=`));
  return found?.trim().slice(name.length + 1) ?? '';
}
