import type { ServerResponse } from 'node:http';
import { BotError } from '../core/errors.js';
import type { Log } from '../core/ports.js';
import type { Errand, Ticket } from '../core/tickets.js';
import type { FrontRequest, Route } from './front.js';
import { type Page, showPage } from './page.js';
import { type PlayerPage, showPlayer } from './player.js';
import type { NotGood, Tickets } from './tickets.js';

/** What a press on a one-time link's button comes to: a page of ours, or the way to another one that holds a session. */
export type Opening =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'player'; readonly player: PlayerPage }
  | { readonly kind: 'elsewhere'; readonly url: string };

export interface GoParts {
  readonly tickets: Tickets;
  /** Does the errand: mints the session and says where it leads; raises BotError. */
  open(ticket: Ticket): Promise<Opening>;
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
    if (found.kind === 'good') showPage(response, 200, doorOf(found.ticket.errand));
    else refuse(response, found);
  }

  async function press(request: FrontRequest, response: ServerResponse): Promise<void> {
    try {
      const outcome = await tickets.redeem(tokenOf(request), open);
      if (outcome.kind !== 'done') return refuse(response, outcome);
      const { result } = outcome;
      if (result.kind === 'page') return showPage(response, 200, result.page);
      if (result.kind === 'player') return showPlayer(response, result.player);
      const headers = { location: result.url, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
      response.writeHead(303, headers).end();
    } catch (error) {
      if (!(error instanceof BotError)) throw error;
      log.warn({ err: error, requestId: request.requestId }, 'A one-time link could not be opened; it is good again');
      showPage(response, 503, { title: error.message, lines: [error.hint, 'The link is still good.'], ways: [again] });
    }
  }

  return [
    { method: 'GET', path, handle: show },
    { method: 'POST', path, handle: press },
  ];
}

const again = { kind: 'press', label: 'Try again' } as const;

const tokenOf = ({ url }: FrontRequest): string => (url ?? '').replace(/^\/go\//, '').replace(/\?.*$/s, '');

const asked: Readonly<Record<Errand['kind'], string>> = {
  studio: 'studio',
  moderator: 'moderate',
  preview: 'preview',
};

function doorOf(errand: Errand): Page {
  const once = 'This link is for you alone and works once.';
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
