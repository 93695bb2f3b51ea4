import type { Context, Reply } from './command.js';
import { BotError } from './errors.js';
import type { Log, MessageRef, Platform, Store, Whom } from './ports.js';
import { say, type View } from './view.js';
import type { EntryId, Instant } from './webcast.js';

export interface DeliveryParts {
  readonly store: Store;
  readonly log: Log;
  now(): Instant;
  platform(name: string): Platform | undefined;
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
        return announce(reply.view);
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

  async function announce(view: View): Promise<void> {
    if (progressed) {
      const message = progressed;
      progressed = undefined;
      return platform.update(message, view);
    }
    const posted = await tryPost(view);
    if (posted instanceof BotError) await platform.whisper(whom, withNote(view, posted));
  }

  async function showCard(webcast: EntryId, view: View, here: boolean): Promise<void> {
    let stands = false;
    for (const { platform: name, ref } of await parts.store.cards(webcast)) {
      const edited = await editCard(webcast, name, ref, view);
      if (name === platform.name && ref.channel === place.channel && ref.tenant === place.tenant) stands = edited;
    }
    if (!here || stands) return;
    const posted = await tryPost(view);
    if (posted instanceof BotError) await platform.whisper(whom, withNote(view, posted));
    else await parts.store.saveCard(platform.name, webcast, posted, parts.now());
  }

  /** Edits one card; false when somebody deleted the message, so that it has to be posted again. */
  async function editCard(webcast: EntryId, name: string, ref: MessageRef, view: View): Promise<boolean> {
    try {
      await parts.platform(name)?.update(ref, view);
    } catch (error) {
      parts.log.warn({ err: error, webcast, platform: name }, 'A card could not be edited');
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
