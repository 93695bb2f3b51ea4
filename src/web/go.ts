import type { ServerResponse } from 'node:http';
import { BotError, type ErrorCode } from '../core/errors.js';
import type { Log } from '../core/ports.js';
import type { Errand, Ticket } from '../core/tickets.js';
import type { FrontRequest, Route } from './front.js';
import { type Page, showPage } from './page.js';
import { type PlayerPage, showPlayer } from './player.js';
import type { NotGood, Tickets } from './tickets.js';

export interface GoParts {
  readonly tickets: Tickets;
  /** Does the errand: mints the session and makes the page that leads on; raises BotError. */
  open(ticket: Ticket): Promise<Page | PlayerPage>;
  readonly log: Log;
}

/**
 * The addresses of one-time links. Chat clients fetch links to preview them, so GET and HEAD only say what the button
 * does; the button posts, and only that mints and uses up.
 */
export function createGoRoutes({ tickets, open, log }: GoParts): Route[] {
  const path = '/go/';

  async function show(request: FrontRequest, response: ServerResponse): Promise<void> {
    const found = await tickets.look(tokenOf(request));
    if (found.kind === 'good') showPage(response, 200, doorOf(found.ticket));
    else refuse(response, found);
  }

  async function press(request: FrontRequest, response: ServerResponse): Promise<void> {
    try {
      const outcome = await tickets.redeem(tokenOf(request), open);
      if (outcome.kind !== 'done') return refuse(response, outcome);
      const { result } = outcome;
      return 'ks' in result ? showPlayer(response, result) : showPage(response, 200, result);
    } catch (error) {
      if (!(error instanceof BotError)) throw error;
      log.warn({ err: error, requestId: request.requestId }, 'A one-time link could not be opened; it is good again');
      const [status, lines, ways] = passing.has(error.code)
        ? [503, [error.hint, 'The link is still good.'], [again]]
        : [403, [error.hint], []];
      showPage(response, status, { title: error.message, lines, ways });
    }
  }

  return [
    { method: 'GET', path, handle: show },
    { method: 'POST', path, handle: press },
  ];
}

/** What may be over a moment later, so that pressing again is worth it. */
const passing: ReadonlySet<ErrorCode> = new Set(['busy', 'unavailable', 'outcome_unknown']);

const again = { kind: 'press', label: 'Try again' } as const;

const tokenOf = ({ url }: FrontRequest): string => (url ?? '').replace(/^\/go\//, '').replace(/\?.*$/s, '');

const asked: Readonly<Record<Errand['kind'], string>> = {
  studio: 'studio',
  moderator: 'moderate',
  preview: 'preview',
};

function doorOf({ errand, expires }: Ticket): Page {
  const until = `${new Date(expires).toISOString().slice(11, 16)} UTC`;
  const once = `You will be signed in as ${errand.user}. This link is for you alone, works once, and until ${until}.`;
  switch (errand.kind) {
    case 'studio':
      return {
        title: `Studio of ${errand.name}`,
        lines: [`The button signs you in to Kaltura's webcasting studio. ${once}`],
        ways: [{ kind: 'press', label: 'Open the studio' }],
      };
    case 'moderator':
      return {
        title: `Moderator view of ${errand.name}`,
        lines: [`The button signs you in to the moderator view, where questions are answered. ${once}`],
        ways: [{ kind: 'press', label: 'Open the moderator view' }],
      };
    case 'preview':
      return {
        title: `Preview of ${errand.name}`,
        lines: [`The button plays what the encoder sends, also before viewers get it. ${once}`],
        ways: [{ kind: 'press', label: 'Watch the preview' }],
      };
    default: {
      const never: never = errand;
      return never;
    }
  }
}

function refuse(response: ServerResponse, found: NotGood): void {
  switch (found.kind) {
    case 'unknown':
      showPage(response, 404, {
        title: 'There is no such link',
        lines: ['It may have been cut off when it was copied. Ask for a new one where you got it.'],
        ways: [],
      });
      return;
    case 'used':
    case 'expired':
      showPage(response, 410, {
        title: found.kind === 'used' ? 'This link was used' : 'This link has expired',
        lines: [`For a new one, type /webcast ${asked[found.ticket.errand.kind]} in your chat.`],
        ways: [],
      });
      return;
    default: {
      const never: never = found;
      throw never;
    }
  }
}
