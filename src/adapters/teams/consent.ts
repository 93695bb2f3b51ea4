import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import type { Clock, FileOffer, FileOffers, Log } from '../../core/ports.js';
import { say } from '../../core/view.js';
import type { Turn } from './activity.js';
import type { InvokeAnswer } from './adapter.js';
import { attach, card, textBlock } from './card.js';
import { type Connector, complete, type OutgoingActivity } from './connector.js';
import { exchange } from './exchange.js';
import type { AllowHost } from './hosts.js';
import { escapeText, literal } from './markdown.js';
import { bytesOf } from './offer.js';
import type { Proceed } from './proceed.js';

/** Answers what a person decides about an offered file. */
export type AnswerConsent = (value: unknown, turn: Turn) => Promise<InvokeAnswer>;

export interface ConsentParts {
  readonly offers: FileOffers;
  readonly connector: Connector;
  readonly proceed: Proceed;
  /** Says where bytes may be sent to. */
  readonly allowUpload: AllowHost;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the upload may take, in milliseconds. */
  readonly timeout: number;
}

const uploadInfo = z.object({
  contentUrl: z.string(),
  name: z.string(),
  uploadUrl: z.string(),
  uniqueId: z.string(),
  fileType: z.string(),
});
type UploadInfo = z.infer<typeof uploadInfo>;

const context = z.object({ v: z.literal(1), file: z.string().min(1).max(100) });
const consent = z.discriminatedUnion('action', [
  z.object({ type: z.literal('fileUpload'), action: z.literal('accept'), context, uploadInfo }),
  z.object({ type: z.literal('fileUpload'), action: z.literal('decline'), context }),
]);

const infoCard = 'application/vnd.microsoft.teams.card.file.info';

export function createAnswerConsent(parts: ConsentParts): AnswerConsent {
  const { offers, connector, proceed, clock, log } = parts;

  /** Sends the bytes into the person's OneDrive, and then shows the file. */
  async function deliver(offer: FileOffer, to: UploadInfo, turn: Turn): Promise<void> {
    await upload(offer.text, to.uploadUrl);
    await offers.delete(offer.id);
    const { contentUrl, name, uniqueId, fileType } = to;
    const attachment = { contentType: infoCard, contentUrl, name, content: { uniqueId, fileType } };
    await connector.send(turn, complete({ type: 'message', attachments: [attachment] }, turn));
    await close(turn, `${offer.name} was saved in your OneDrive.`);
  }

  /** The address is a secret of its own for this one file, so nothing of the bot's goes along. */
  async function upload(text: string, url: string): Promise<void> {
    if (!parts.allowUpload(url)) {
      const host = URL.canParse(url) ? new URL(url).host : 'no host';
      throw new BotError(
        'refused',
        `Teams wants the file at an address that Webcast does not know (${host}).`,
        'Whoever runs the bot can allow it with TEAMS_SERVICE_HOSTS.',
      );
    }
    const bytes = bytesOf(text);
    const headers = {
      'content-type': 'application/octet-stream',
      'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
    };
    try {
      const { status } = await exchange(url, { method: 'PUT', headers, body: bytes }, parts.timeout);
      if (status === 200 || status === 201) return;
      throw new Error(`The upload was answered with HTTP ${status}.`);
    } catch (error) {
      throw new BotError('unavailable', 'OneDrive does not take the file now.', 'Try again in a minute.', error);
    }
  }

  /** Takes the question away, so that nobody answers it again; the file is where it belongs even if that fails. */
  async function close(turn: Turn, words: string): Promise<void> {
    if (turn.pressed === undefined) return;
    try {
      await connector.edit(turn, turn.pressed, complete(sentence(words), turn));
    } catch (error) {
      log.warn({ err: error, conversation: turn.place.channel }, 'An answered offer of a file could not be closed');
    }
  }

  return async (value, turn) => {
    const answer = consent.safeParse(value).data;
    const { tenant } = turn.place;
    const offer = answer && (await offers.find(answer.context.file, tenant, turn.person.id, clock.now()));
    if (!answer || !offer) {
      log.info({ conversation: turn.place.channel }, 'An answer to an offer of a file that is gone');
      void proceed.tell(turn, say('That file is no longer kept.', 'Type the command again to get a new one.'));
      return { status: 200 };
    }
    // Teams waits ten seconds, which a large file may need for itself.
    void decide(answer, offer, turn).catch((error: unknown) =>
      proceed.tell(turn, say(`${offer.name} could not be saved.`, proceed.explain(error))),
    );
    return { status: 200 };
  };

  async function decide(answer: z.infer<typeof consent>, offer: FileOffer, turn: Turn): Promise<void> {
    if (answer.action === 'accept') return deliver(offer, answer.uploadInfo, turn);
    await offers.delete(offer.id);
    await close(turn, `${offer.name} was not saved. Type the command again to get a new one.`);
  }
}

const sentence = (words: string): OutgoingActivity => ({
  type: 'message',
  summary: literal(words),
  attachments: [attach(card([textBlock(escapeText(words))]))],
});
