import { isObject, type JsonObject, objectAt, objectsAt, stringAt } from '../../json.js';
import { storeMessage } from '../connector/activities.js';
import { FILE_CONSENT, openUpload } from '../drive.js';
import type { Conversation, Delivery, Dialog, Person, Platform, StoredMessage, Tenant } from '../platform.js';
import { invokeActivity, messageActivity, personal, type Scene } from './activities.js';
import { applyChoices, applyResults, applyTask } from './answers.js';
import { type DeliveryOptions, deliver } from './delivery.js';
import { type Entry, wordEntry } from './fill.js';
import { type InstallOptions, installs, uninstalls } from './installation.js';
import { type PressOptions, press } from './press.js';
import { type CardSurface, cardsFor, findAction, findInput, readScreen } from './screen.js';
import { type MentionStyle, wordMessage } from './wording.js';

interface SayOptions extends DeliveryOptions {
  /** `personal`, or the name of a group chat or channel; personal unless told. */
  in?: string;
  /** Answers in the thread of this message. */
  thread?: StoredMessage;
  /** Sends it as an agent slash command does: only the bot sees it. */
  targeted?: boolean;
  mention?: MentionStyle;
}

/** A person at their client: acts only on what is on the screen and sends what the client would send. */
export interface TeamsUser {
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  /** Writes to the bot; outside the personal chat the text must mention it, as `@Webcast …`. */
  says(text: string, options?: SayOptions): Promise<Delivery>;
  /** Writes a message that the bot is not told of. */
  writes(text: string, place: string): StoredMessage;
  /** Edits the own message behind a delivery. */
  edits(delivery: Delivery, text: string, options?: DeliveryOptions): Promise<Delivery>;
  /** Deletes the own message behind a delivery. */
  deletes(delivery: Delivery, options?: DeliveryOptions): Promise<Delivery>;
  reacts(message: StoredMessage, reaction: string, options?: DeliveryOptions): Promise<Delivery>;
  /** What the person sees in a place: the messages for all and those targeted at them. */
  sees(place: string): StoredMessage[];
  /** The newest message of the bot that the person sees in a place. */
  lastCard(place: string): StoredMessage;
  /** The card as this person sees it. */
  card(surface: CardSurface): JsonObject;
  /** The words on the card as this person sees it. */
  reads(surface: CardSurface): string[];
  /** The buttons on the card as this person sees it. */
  buttons(surface: CardSurface): string[];
  /** Enters values by input id or label. */
  fills(surface: CardSurface, values: Record<string, Entry>): void;
  /** What the fields hold, as the client shows them. */
  holds(surface: CardSurface): Record<string, string>;
  /** Types into a choice set that looks its choices up. */
  types(surface: CardSurface, target: string, query: string, options?: DeliveryOptions): Promise<JsonObject[]>;
  /** Presses a button by title, verb or id. */
  presses(surface: CardSurface, target: string, options?: PressOptions): Promise<Delivery | undefined>;
  /** Presses the one Action.Submit of a dialog, or the named one. */
  submits(dialog: Dialog, target?: string, options?: PressOptions): Promise<Delivery>;
  closes(dialog: Dialog): void;
  /** Says whether the offered file is wanted: by the card of the last offer in the personal chat unless told. */
  decides(wanted: 'accept' | 'decline', options?: DeliveryOptions, offer?: StoredMessage): Promise<Delivery>;
  /** Opens a message again: cards with a refresh ask the bot; undefined when they do not. */
  opens(message: StoredMessage, options?: DeliveryOptions): Promise<Delivery | undefined>;
  /** Picks an action command of the message extension. */
  composes(commandId: string, options?: SayOptions): Promise<Delivery>;
  /** Types into a search command of the message extension; undefined is the first run. */
  searches(commandId: string, parameters?: Record<string, string>, options?: SayOptions): Promise<Delivery>;
  /** Pastes a link into the compose box. */
  pastes(url: string, options?: SayOptions): Promise<Delivery>;
  /** Sends an invoke of any name. */
  invokes(name: string, value: unknown, options?: SayOptions): Promise<Delivery>;
  /** Installs the app: personally, in a group chat, or in the team of a channel. */
  installs(place: string, options?: InstallOptions): Promise<Delivery[]>;
  uninstalls(place: string, options?: InstallOptions): Promise<Delivery[]>;
}

const offerIn = ({ activity }: StoredMessage): JsonObject | undefined =>
  objectsAt(activity, 'attachments').find(({ contentType }) => contentType === FILE_CONSENT);

/** Makes the driver of one person. */
export function createUser(platform: Platform, tenant: Tenant, person: Person): TeamsUser {
  function placeCalled(name: string): Conversation {
    const found = tenant.conversations.find(
      (one) =>
        one.members.has(person.id) &&
        (name === 'personal' ? one.kind === 'personal' : one.name === name && one.kind !== 'personal'),
    );
    if (found === undefined) throw new Error(`${person.name} is in no place called ${name}`);
    return found;
  }

  const sceneIn = (name: string, thread?: StoredMessage): Scene => {
    const conversation = placeCalled(name);
    return { platform, tenant, person, conversation, threadRoot: thread?.threadRoot };
  };

  const sceneOf = (surface: CardSurface): Scene => {
    const source = surface.kind === 'dialog' ? surface.source : surface;
    return { platform, tenant, person, conversation: surface.conversation, threadRoot: source?.threadRoot };
  };

  function demandVisible(surface: CardSurface): void {
    if (surface.kind === 'dialog') {
      if (surface.personId !== person.id) throw new Error(`${person.name} does not see somebody else's dialog`);
      if (!surface.open) throw new Error('the dialog is closed');
      return;
    }
    if (surface.deleted) throw new Error('the message is gone');
    if ((surface.targetedFor ?? person.id) !== person.id) throw new Error(`${person.name} does not see this message`);
    if (!surface.conversation.members.has(person.id)) throw new Error(`${person.name} is not in this conversation`);
  }

  const screenOf = (surface: CardSurface) => {
    demandVisible(surface);
    return readScreen(surface, person.id);
  };

  function ownMessage({ activity }: Delivery): StoredMessage {
    const id = stringAt(activity, 'id');
    const found = tenant.conversations.flatMap(({ messages }) => messages).find((one) => one.id === id);
    if (found?.author !== person.id) throw new Error(`${person.name} did not write that`);
    return found;
  }

  async function say(typed: string, options: SayOptions): Promise<Delivery> {
    const scene = sceneIn(options.in ?? 'personal', options.thread);
    const { conversation } = scene;
    const { mentionsBot, ...wording } = wordMessage(platform, tenant, conversation, typed, options.mention ?? 'plain');
    const targeted = options.targeted === true;
    if (targeted && conversation.kind === 'personal')
      throw new Error('there are no targeted messages in a personal chat');
    if (conversation.kind !== 'personal' && !mentionsBot && !targeted)
      throw new Error('the bot is not told: mention it');
    const message = storeMessage(
      platform,
      conversation,
      {},
      {
        author: person.id,
        threadRoot: scene.threadRoot,
        targetedFor: targeted ? person.id : undefined,
      },
    );
    const activity = messageActivity({ ...scene, threadRoot: message.threadRoot }, message.id, wording);
    if (targeted) activity.recipient = { ...objectAt(activity, 'recipient'), isTargeted: true };
    message.activity = activity;
    message.text = wording.text;
    return deliver(platform, tenant.id, activity, options);
  }

  const compose = (name: string, value: JsonObject, options: SayOptions) => {
    const scene = sceneIn(options.in ?? 'personal', options.thread);
    return { scene, activity: invokeActivity(scene, name, value, 'compose') };
  };

  const user: TeamsUser = {
    id: person.id,
    aadObjectId: person.aadObjectId,
    name: person.name,
    says: (text, options = {}) => say(text, options),
    writes(text, place) {
      const authorship = { author: person.id, threadRoot: undefined, targetedFor: undefined };
      return storeMessage(platform, placeCalled(place), { type: 'message', text }, authorship);
    },
    async edits(delivery, text, options = {}) {
      const message = ownMessage(delivery);
      const wording = wordMessage(platform, tenant, message.conversation, text, 'plain');
      const activity = {
        ...messageActivity(sceneOf(message), message.id, wording),
        type: 'messageUpdate',
        channelData: { ...objectAt(message.activity, 'channelData'), eventType: 'editMessage' },
      };
      message.text = wording.text;
      message.edited = true;
      return deliver(platform, tenant.id, activity, options);
    },
    async deletes(delivery, options = {}) {
      const message = ownMessage(delivery);
      message.deleted = true;
      const activity = {
        ...personal(sceneOf(message), 'messageDelete', message.id),
        textFormat: 'plain',
        channelData: { ...objectAt(message.activity, 'channelData'), eventType: 'softDeleteMessage' },
      };
      return deliver(platform, tenant.id, activity, options);
    },
    async reacts(message, reaction, options = {}) {
      demandVisible(message);
      const activity = {
        ...personal(sceneOf(message), 'messageReaction', `f:${platform.ids.guid('reaction')}`),
        reactionsAdded: [{ type: reaction }],
        replyToId: message.id,
      };
      return deliver(platform, tenant.id, activity, options);
    },
    sees: (place) =>
      placeCalled(place).messages.filter((one) => !one.deleted && (one.targetedFor ?? person.id) === person.id),
    lastCard(place) {
      const found = user.sees(place).findLast(({ author, cards }) => author === 'bot' && cards.length > 0);
      if (found === undefined) throw new Error(`${person.name} sees no card in ${place}`);
      return found;
    },
    card(surface) {
      demandVisible(surface);
      const [card] = cardsFor(surface, person.id);
      if (card === undefined) throw new Error('there is no card');
      return card;
    },
    reads: (surface) => screenOf(surface).texts,
    buttons: (surface) => screenOf(surface).actions.flatMap(({ action }) => stringAt(action, 'title') ?? []),
    fills(surface, values) {
      const screen = screenOf(surface);
      const entered = surface.entered.get(person.id) ?? new Map<string, string>();
      for (const [target, entry] of Object.entries(values)) {
        const shown = findInput(screen, target);
        entered.set(shown.id, wordEntry(shown, entry, surface.offered.get(`${person.id} ${shown.id}`) ?? []));
      }
      surface.entered.set(person.id, entered);
    },
    holds(surface) {
      const entered = surface.entered.get(person.id);
      const texts = screenOf(surface).inputs.map(({ id, input }): [string, string] => [
        id,
        entered?.get(id) ?? String(input.value ?? ''),
      ]);
      return Object.fromEntries(texts);
    },
    async types(surface, target, query, options = {}) {
      const { input, id } = findInput(screenOf(surface), target);
      const lookup = objectAt(input, 'choices.data');
      if (lookup === undefined) throw new Error(`${target} does not look its choices up`);
      const top = typeof lookup.count === 'number' ? lookup.count : 15;
      const value = { queryText: query, queryOptions: { skip: 0, top }, dataset: lookup.dataset };
      const scene = sceneOf(surface);
      const source = surface.kind === 'dialog' ? surface.source : surface;
      const activity = invokeActivity(scene, 'application/search', value, source);
      const delivery = await deliver(platform, tenant.id, activity, options);
      applyChoices(scene, delivery);
      surface.offered.set(`${person.id} ${id}`, delivery.results);
      return delivery.results;
    },
    async presses(surface, target, options = {}) {
      const screen = screenOf(surface);
      return press(sceneOf(surface), surface, screen, findAction(screen, target), options);
    },
    async submits(dialog, target, options = {}) {
      const screen = screenOf(dialog);
      const submitting = screen.actions.filter(({ action }) => action.type === 'Action.Submit');
      const [only] = submitting;
      if (target === undefined && (only === undefined || submitting.length > 1)) {
        throw new Error(`name one of the buttons: ${user.buttons(dialog).join(', ')}`);
      }
      const chosen = target === undefined ? only : findAction(screen, target);
      const delivery = chosen === undefined ? undefined : await press(sceneOf(dialog), dialog, screen, chosen, options);
      if (delivery === undefined) throw new Error(`${target ?? 'the button'} submits nothing`);
      return delivery;
    },
    closes(dialog) {
      demandVisible(dialog);
      dialog.open = false;
    },
    async decides(action, options = {}, offer = user.sees('personal').findLast((one) => offerIn(one) !== undefined)) {
      const attachment = offer && offerIn(offer);
      if (!offer || !attachment) throw new Error(`${person.name} sees no offer of a file`);
      demandVisible(offer);
      const content = objectAt(attachment, 'content') ?? {};
      const value = {
        type: 'fileUpload',
        action,
        context: content[`${action}Context`],
        ...(action === 'accept' && { uploadInfo: openUpload(platform, person.id, attachment) }),
      };
      const activity = invokeActivity(sceneOf(offer), 'fileConsent/invoke', value, offer);
      return deliver(platform, tenant.id, activity, options);
    },
    async opens(message, options = {}) {
      const refresh = objectAt(user.card(message), 'refresh');
      const action = objectAt(refresh ?? {}, 'action');
      if (refresh === undefined || action === undefined) return undefined;
      if (Array.isArray(refresh.userIds) && !refresh.userIds.includes(person.id)) return undefined;
      return press(
        sceneOf(message),
        message,
        readScreen(message, person.id),
        { action, cards: [] },
        { ...options, automatic: true },
      );
    },
    async composes(commandId, options = {}) {
      const value = { commandId, commandContext: 'compose', context: { theme: 'default' } };
      const { scene, activity } = compose('composeExtension/fetchTask', value, options);
      const delivery = await deliver(platform, tenant.id, activity, options);
      applyTask(scene, delivery, { source: undefined, commandId, dialog: undefined }, false);
      return delivery;
    },
    async searches(commandId, parameters, options = {}) {
      const entries = Object.entries(parameters ?? { initialRun: 'true' });
      const value = {
        commandId,
        parameters: entries.map(([name, text]) => ({ name, value: text })),
        queryOptions: { skip: 0, count: 25 },
      };
      const { scene, activity } = compose('composeExtension/query', value, options);
      const delivery = await deliver(platform, tenant.id, activity, options);
      applyResults(scene, delivery);
      return delivery;
    },
    async pastes(url, options = {}) {
      const { scene, activity } = compose('composeExtension/queryLink', { url }, options);
      const delivery = await deliver(platform, tenant.id, activity, options);
      applyResults(scene, delivery);
      return delivery;
    },
    async invokes(name, value, options = {}) {
      const { activity } = compose(name, isObject(value) ? value : {}, options);
      const delivery = await deliver(platform, tenant.id, { ...activity, value }, options);
      return delivery;
    },
    installs: (place, options = {}) => installs(sceneIn(place), options),
    uninstalls: (place, options = {}) => uninstalls(sceneIn(place), options),
  };
  return user;
}
