import type { Context, Reply } from './command.js';
import { BotError } from './errors.js';
import type { LiveRoom } from './live.js';
import type { Log, MessageRef, Platform, Store, Whom } from './ports.js';
import { say, type View } from './view.js';
import type { EntryId, Instant } from './webcast.js';

export interface DeliveryParts {
  readonly store: Store;
  readonly log: Log;
  readonly live: LiveRoom;
  now(): Instant;
}

/** Brings the replies of one run to where they belong, by one platform. */
export interface Delivery {
  readonly progress: Context['progress'];
  deliver(reply: Reply): Promise<void>;
  /** Tells the person that the run failed, in the progress message when there is one. */
  fail(told: BotError): Promise<void>;
}

/** Begins the delivery of one run; a place that cannot be posted to is answered privately, with the words to type. */
export function createDelivery(parts: DeliveryParts, platform: Platform, whom: Whom): Delivery {
  const { place } = whom;
  let progressed: MessageRef | undefined;
  let cannotPost: BotError | undefined;

  /** What is being done goes on when it cannot be shown: its outcome is told in the end. */
  async function progress(view: View): Promise<void> {
    if (cannotPost) return;
    try {
      await showProgress(view);
    } catch (error) {
      parts.log.warn({ err: error }, 'How far a command has come could not be shown');
    }
  }

  async function showProgress(view: View): Promise<void> {
    if (progressed) return platform.update(progressed, view);
    const posted = await tryPost(view);
    if (posted instanceof BotError) cannotPost = posted;
    else progressed = posted;
  }

  async function deliver(reply: Reply): Promise<void> {
    switch (reply.to) {
      case 'me':
        return platform.whisper(whom, reply.view);
      case 'channel':
        await announce(reply.view);
        return;
      case 'announcement':
        return announceBroadcast(reply.webcast, reply.view);
      case 'card':
        return showCard(reply.webcast, reply.view, true);
      case 'cards':
        return showCard(reply.webcast, reply.view, false);
      default: {
        const never: never = reply;
        return never;
      }
    }
  }

  /** Shows the view in the channel and gives the message, or undefined when only the person could be told. */
  async function announce(view: View): Promise<MessageRef | undefined> {
    if (progressed) {
      const message = progressed;
      progressed = undefined;
      await platform.update(message, view);
      return message;
    }
    const posted = await tryPost(view);
    if (!(posted instanceof BotError)) return posted;
    await platform.whisper(whom, withNote(view, posted));
    return undefined;
  }

  async function announceBroadcast(webcast: EntryId, view: View): Promise<void> {
    const message = await announce(view);
    if (!message) return;
    // Where no card stands yet, the message becomes it.
    if (await findCard(webcast)) await parts.store.saveAnnouncement(platform.name, webcast, message, parts.now());
    else await parts.store.saveCard(platform.name, webcast, message, parts.now(), true);
  }

  async function findCard(webcast: EntryId): Promise<MessageRef | undefined> {
    const cards = await parts.store.cards(webcast);
    const isHere = ({ tenant, channel }: MessageRef) => tenant === place.tenant && channel === place.channel;
    return cards.find(({ platform: name, ref }) => name === platform.name && isHere(ref))?.ref;
  }

  /** Shows the card of this channel now; those of other channels follow when the webcast was looked at. */
  async function showCard(webcast: EntryId, view: View, post: boolean): Promise<void> {
    const own = await findCard(webcast);
    const stands = own !== undefined && (await editCard(webcast, own, view));
    if (post && !stands) {
      const posted = await tryPost(view);
      if (posted instanceof BotError) await platform.whisper(whom, withNote(view, posted));
      else await parts.store.saveCard(platform.name, webcast, posted, parts.now());
    }
    await parts.live.changed(webcast);
  }

  /** Edits a card; false when somebody deleted the message, so that it has to be posted again. */
  async function editCard(webcast: EntryId, ref: MessageRef, view: View): Promise<boolean> {
    try {
      await platform.update(ref, view);
    } catch (error) {
      parts.log.warn({ err: error, webcast, platform: platform.name }, 'A card could not be edited');
      return !(error instanceof BotError && error.code === 'not_found');
    }
    return true;
  }

  async function tryPost(view: View): Promise<MessageRef | BotError> {
    try {
      return await platform.post(place, view);
    } catch (error) {
      if (error instanceof BotError && error.code === 'cannot_post') return error;
      throw error;
    }
  }

  async function fail(told: BotError): Promise<void> {
    const view = say(told.message, told.hint);
    if (progressed) await platform.update(progressed, view);
    else await platform.whisper(whom, view);
  }

  return { progress, deliver, fail };
}

function withNote(view: View, error: BotError): View {
  return { summary: view.summary, nodes: [...view.nodes, { kind: 'text', text: `${error.message} ${error.hint}` }] };
}
