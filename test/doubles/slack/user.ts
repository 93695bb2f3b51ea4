import { copyJson, type JsonObject, objectAt, objectsAt, stringAt } from '../json.js';
import { applyCommandAnswer, applyOptions, applySubmissionAnswer, demandEmptyAnswer } from './answers.js';
import { type DeliveryOptions, deliver } from './delivery.js';
import { type Entry, enterValue, pickOption } from './entries.js';
import { storeMessage } from './messages.js';
import {
  blockActions,
  blockSuggestion,
  commandForm,
  describeAction,
  globalShortcut,
  labelOf,
  messageShortcut,
  type Surface,
  viewClosed,
  viewSubmission,
} from './payloads.js';
import {
  type Channel,
  type Delivery,
  type Dialog,
  type ElementState,
  type FormState,
  findChannel,
  findUser,
  openDirect,
  type Platform,
  type StoredMessage,
  type StoredView,
  type User,
  type Workspace,
} from './platform.js';
import { findFormProblems } from './problems.js';
import { blocksOf } from './reading.js';
import { carryState, kindOf, type Located, locateElements } from './state.js';
import { endView, homeOf, stackOf } from './views.js';

export interface RunOptions extends DeliveryOptions {
  /** Channel name or id, or `dm` for the conversation with the app; the first channel unless told. */
  in?: string;
  /** Turns @name and #name into mentions, as apps with should_escape get them. */
  escape?: boolean;
}

export interface ClickOptions extends DeliveryOptions {
  /** What the person answers to a confirmation dialog; yes unless told. */
  confirm?: boolean;
}

/** A person at their client: acts only on what is on the screen and sends what the client would send. */
export interface SlackUser {
  readonly id: string;
  readonly name: string;
  /** Types a slash command, such as `/webcast create`. */
  runs(line: string, options?: RunOptions): Promise<Delivery>;
  /** Writes a message in a channel; the app is not told. */
  says(channel: string, text: string): StoredMessage;
  shortcut(callbackId: string): Promise<Delivery>;
  messageShortcut(message: StoredMessage, callbackId: string): Promise<Delivery>;
  /** The modal on top, if one is open. */
  modal(): StoredView | undefined;
  home(): StoredView | undefined;
  /** What the person sees in a channel: the conversation and their own ephemerals. */
  sees(channel: string): StoredMessage[];
  /** Enters values by block_id or label; elements that dispatch actions deliver them. */
  fills(surface: Surface, values: Record<string, Entry>, options?: DeliveryOptions): Promise<Delivery[]>;
  submits(view: StoredView, options?: DeliveryOptions): Promise<Delivery>;
  /** Closes the modal on top, or the whole stack; view_closed is sent only where the view asked for it. */
  closes(view: StoredView, options?: { all?: boolean }): Promise<Delivery[]>;
  /** Clicks a button by action_id, `block_id/action_id` or label; undefined when a dialog was cancelled. */
  clicks(surface: Surface, target: string, options?: ClickOptions): Promise<Delivery | undefined>;
  /** Chooses in a select, overflow menu, picker, radio or checkbox group; undefined when nothing is sent. */
  chooses(surface: Surface, target: string, entry: Entry, options?: ClickOptions): Promise<Delivery | undefined>;
  /** Looks at an element: its url, value, placeholder and so on. */
  inspects(surface: Surface, target: string): JsonObject;
  /** Types into an external select and gets the options the app offers. */
  types(surface: Surface, target: string, query: string): Promise<JsonObject[]>;
}

/** Makes the driver of one person. */
export function createUser(platform: Platform, workspace: Workspace, user: User): SlackUser {
  function demandVisible(surface: Surface): void {
    if (surface.kind === 'view') {
      if (surface.userId !== user.id) throw new Error(`${user.name} does not see the view of ${surface.userId}`);
      if (!surface.open) throw new Error(`the view is not open any more: ${surface.ended}`);
      if (surface.type === 'modal' && stackOf(workspace, user.id).at(-1) !== surface) {
        throw new Error('another view lies on top of this one');
      }
      return;
    }
    if (surface.deleted) throw new Error('the message is gone');
    if (surface.ephemeralFor !== undefined && surface.ephemeralFor !== user.id) {
      throw new Error(`${user.name} does not see an ephemeral message for ${surface.ephemeralFor}`);
    }
    if (workspace.channels.get(surface.channel)?.members.has(user.id) !== true) {
      throw new Error(`${user.name} is not in ${surface.channel}`);
    }
  }

  function locate(surface: Surface, target: string): Located {
    demandVisible(surface);
    const all = [
      ...locateElements(blocksOf(surface)),
      ...(surface.kind === 'message' ? surface.attachments : []).flatMap((entry) =>
        locateElements(objectsAt(entry, 'blocks')),
      ),
    ];
    const exact = all.filter(({ blockId, actionId }) => [actionId, `${blockId}/${actionId}`].includes(target));
    const found = exact.length > 0 ? exact : all.filter((one) => one.blockId === target || labelOf(one) === target);
    const [first] = found;
    if (first !== undefined && found.length === 1) return first;
    const shown = all.map((one) => `${one.blockId}/${one.actionId} (${labelOf(one) ?? ''})`).join(', ');
    throw new Error(`${found.length === 0 ? 'nothing' : 'more than one element'} called ${target} among: ${shown}`);
  }

  function stateOf(surface: Surface): FormState {
    const channelId = surface.kind === 'view' ? surface.channelId : surface.channel;
    const state = carryState(blocksOf(surface), surface.states.get(user.id), channelId);
    surface.states.set(user.id, state);
    return state;
  }

  function enter(surface: Surface, located: Located, entry: Entry): ElementState {
    const state = stateOf(surface);
    const offered = surface.offered.get(`${user.id} ${located.blockId} ${located.actionId}`);
    const entered = enterValue(platform, workspace, located, entry, offered, user.id);
    state[located.blockId] = { ...state[located.blockId], [located.actionId]: entered };
    return entered;
  }

  function askConfirmation(element: JsonObject, accepted: boolean): Dialog | undefined {
    const confirm = objectAt(element, 'confirm');
    if (confirm === undefined) return undefined;
    const textAt = (key: string, fallback: string) => stringAt(objectAt(confirm, key) ?? {}, 'text') ?? fallback;
    const dialog: Dialog = {
      title: textAt('title', 'Are you sure?'),
      text: textAt('text', ''),
      confirm: textAt('confirm', 'Yes'),
      deny: textAt('deny', 'Cancel'),
      accepted,
    };
    platform.dialogs.push(dialog);
    return dialog;
  }

  async function act(
    surface: Surface,
    located: Located,
    choose: () => ElementState | undefined,
    options: ClickOptions,
  ) {
    const dialog = askConfirmation(located.element, options.confirm !== false);
    if (dialog?.accepted === false) return undefined;
    const state = choose();
    const action = describeAction(platform, located, state);
    const payload = blockActions(platform, workspace, user, surface, action, stateOf(surface));
    const delivery = await deliver(platform, workspace, 'block_actions', payload, options);
    if (dialog !== undefined) delivery.dialog = dialog;
    demandEmptyAnswer(platform, delivery);
    return delivery;
  }

  function dispatches({ block }: Located): boolean {
    return block.type !== 'input' || block.dispatch_action === true;
  }

  function channelFor(wanted: string | undefined): Channel {
    if (wanted === 'dm') return openDirect(platform, workspace, user.id);
    const channel =
      wanted === undefined
        ? [...workspace.channels.values()].find((one) => one.kind !== 'im' && one.members.has(user.id))
        : findChannel(workspace, wanted);
    if (channel === undefined || !channel.members.has(user.id)) {
      throw new Error(`${user.name} is in no channel ${wanted ?? ''}`);
    }
    return channel;
  }

  return {
    id: user.id,
    name: user.name,
    async runs(line, options = {}) {
      const [, command, text = ''] = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(line.trim()) ?? [];
      if (command === undefined) throw new Error(`not a slash command: ${line}`);
      const channel = channelFor(options.in);
      const written = options.escape === true ? escapeMentions(workspace, text) : text;
      const form = commandForm(platform, workspace, user, channel.id, command, written);
      const delivery = await deliver(platform, workspace, 'command', form, options);
      applyCommandAnswer(platform, workspace, delivery, { userId: user.id, channelId: channel.id });
      return delivery;
    },
    says(channelName, text) {
      const content = { text, blocks: undefined, attachments: undefined, metadata: undefined };
      return storeMessage(platform, workspace, channelFor(channelName), content, { user: user.id, via: 'person' });
    },
    async shortcut(callbackId) {
      const payload = globalShortcut(platform, workspace, user, callbackId);
      const delivery = await deliver(platform, workspace, 'shortcut', payload);
      demandEmptyAnswer(platform, delivery);
      return delivery;
    },
    async messageShortcut(message, callbackId) {
      demandVisible(message);
      const payload = messageShortcut(platform, workspace, user, message, callbackId);
      const delivery = await deliver(platform, workspace, 'message_action', payload);
      demandEmptyAnswer(platform, delivery);
      return delivery;
    },
    modal: () => stackOf(workspace, user.id).at(-1),
    home: () => homeOf(workspace, user.id),
    sees: (channelName) =>
      channelFor(channelName).messages.filter(
        (message) => !message.deleted && (message.ephemeralFor ?? user.id) === user.id,
      ),
    async fills(surface, values, options = {}) {
      const deliveries: Delivery[] = [];
      for (const [target, entry] of Object.entries(values)) {
        const located = locate(surface, target);
        if (!dispatches(located)) {
          enter(surface, located, entry);
          continue;
        }
        const delivery = await act(surface, located, () => enter(surface, located, entry), options);
        if (delivery !== undefined) deliveries.push(delivery);
      }
      return deliveries;
    },
    async submits(view, options = {}) {
      demandVisible(view);
      if (view.body.submit === null) throw new Error('this view has no submit button');
      const blocks = blocksOf(view);
      const problems = findFormProblems(blocks, stateOf(view));
      if (Object.keys(problems).length > 0) throw new Error(`the client refuses: ${JSON.stringify(problems)}`);
      view.errors = {};
      const payload = viewSubmission(platform, workspace, user, view, locateElements(blocks));
      const delivery = await deliver(platform, workspace, 'view_submission', payload, options);
      applySubmissionAnswer(platform, workspace, view, delivery);
      return delivery;
    },
    async closes(view, options = {}) {
      demandVisible(view);
      const closing = options.all === true || view.body.clear_on_close === true ? stackOf(workspace, user.id) : [view];
      const deliveries: Delivery[] = [];
      for (const one of [...closing].reverse()) {
        endView(platform, one, 'closed');
        if (one.body.notify_on_close !== true) continue;
        const payload = viewClosed(workspace, user, one, closing.length > 1);
        const delivery = await deliver(platform, workspace, 'view_closed', payload);
        demandEmptyAnswer(platform, delivery);
        deliveries.push(delivery);
      }
      return deliveries;
    },
    async clicks(surface, target, options = {}) {
      const located = locate(surface, target);
      if (located.element.type !== 'button')
        throw new Error(`${target} is a ${String(located.element.type)}, not a button`);
      return act(surface, located, () => undefined, options);
    },
    async chooses(surface, target, entry, options = {}) {
      const located = locate(surface, target);
      if (located.element.type === 'overflow') {
        const option = pickOption(objectsAt(located.element, 'options'), entry, target);
        return act(surface, located, () => ({ type: 'overflow', selected_option: option }), options);
      }
      if (kindOf(located.element) === undefined) throw new Error(`nothing can be chosen in ${target}`);
      if (dispatches(located)) return act(surface, located, () => enter(surface, located, entry), options);
      enter(surface, located, entry);
      return undefined;
    },
    inspects: (surface, target) => copyJson(locate(surface, target).element),
    async types(surface, target, query) {
      const located = locate(surface, target);
      const type = stringAt(located.element, 'type') ?? '';
      if (!['external_select', 'multi_external_select'].includes(type)) throw new Error(`${target} is a ${type}`);
      const least = Number(located.element.min_query_length ?? 3);
      if (query.length < least) throw new Error(`${target} asks the app from ${least} characters on`);
      const payload = blockSuggestion(workspace, user, surface, located, query);
      const delivery = await deliver(platform, workspace, 'block_suggestion', payload);
      const options = applyOptions(platform, delivery);
      surface.offered.set(`${user.id} ${located.blockId} ${located.actionId}`, options);
      return options;
    },
  };
}

/** Writes mentions of known people and channels as Slack escapes them. */
function escapeMentions(workspace: Workspace, text: string): string {
  return text.replaceAll(/([@#])([\w.-]+)/g, (whole, sign: string, name: string) => {
    const found = sign === '@' ? findUser(workspace, name) : findChannel(workspace, name);
    return found === undefined ? whole : `<${sign}${found.id}|${name}>`;
  });
}
