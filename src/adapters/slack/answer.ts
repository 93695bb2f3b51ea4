import type { App } from '@slack/bolt';
import { BotError } from '../../core/errors.js';
import type { Log, NewId } from '../../core/ports.js';
import type { Api } from './api.js';
import { drawNotice } from './form.js';
import { escapeText } from './mrkdwn.js';

type Body = Readonly<Record<string, unknown>>;

/** A delivery from Slack, by HTTP or by socket, and the one way to answer it. */
export interface Delivery {
  readonly body: Body;
  readonly retryNum: number | undefined;
  readonly retryReason: string | undefined;
  /** Sends the acknowledgement: an object travels as JSON, undefined as an empty answer. */
  reply(answer: object | undefined): Promise<void>;
}

/** Hands deliveries to bolt and sees to it that each is answered, in words where Slack can show them. */
export type Conduct = (app: App, delivery: Delivery) => Promise<void>;

const unknown = 'This app knows nothing of that. Type /webcast help to see what there is.';

export function createConduct(parts: { readonly api: Api; readonly log: Log; readonly newId: NewId }): Conduct {
  const { api, log } = parts;

  return async (app, delivery) => {
    const { body, retryNum, retryReason } = delivery;
    let answered = false;

    async function ack(answer?: unknown): Promise<void> {
      if (answered) {
        log.warn({ type: body.type }, 'A Slack request was acknowledged twice');
        return;
      }
      answered = true;
      await delivery.reply(typeof answer === 'object' && answer !== null ? answer : undefined);
    }

    async function tell(sentence: string): Promise<void> {
      if (!answered) {
        const words = inWords(body, sentence);
        await ack(words);
        if (words !== undefined) return;
      }
      // What a press answers is not shown, so the words follow by its response_url.
      if (typeof body.response_url !== 'string') return;
      await api.respond(body.response_url, { ...privately(sentence), replace_original: false });
    }

    // Bolt acknowledges an event before anybody has heard it; whoever sent it may count on its effect once it is answered.
    const event = { heard: false };
    const hear = async () => {
      event.heard = true;
    };
    const retry = { ...(retryNum !== undefined && { retryNum }), ...(retryReason !== undefined && { retryReason }) };
    try {
      await app.processEvent({ body, ack: body.type === 'event_callback' ? hear : ack, ...retry });
      if (event.heard) await ack();
    } catch (error) {
      await tell(explain(error, body));
      return;
    }
    if (answered) return;
    log.warn({ type: body.type, command: body.command }, 'A Slack request fits nothing that this app listens to');
    await tell(unknown);
  };

  function explain(error: unknown, body: Body): string {
    if (error instanceof BotError && error.code !== 'bug') {
      log.info({ err: error, type: body.type }, 'A Slack request was answered with an error');
      return `${error.message} ${error.hint}`.trim();
    }
    const reference = parts.newId().slice(0, 8);
    log.error({ err: error, type: body.type, reference }, 'A Slack request failed for a reason that is ours');
    return `Something went wrong on our side. Tell whoever runs the bot this reference: ${reference}.`;
  }
}

/** A sentence as the acknowledgement of this kind of request carries it; undefined where none is shown. */
function inWords(body: Body, sentence: string): object | undefined {
  if (typeof body.command === 'string') return privately(sentence);
  switch (body.type) {
    case 'view_submission':
      return { response_action: 'update', view: drawNotice('Webcast', sentence) };
    case 'block_suggestion':
      return { options: [] };
    default:
      return undefined;
  }
}

const privately = (sentence: string): object => ({ response_type: 'ephemeral', text: escapeText(sentence) });
