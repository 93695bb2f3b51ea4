import { isObject, type JsonObject, objectAt, stringAt } from '../json.js';
import { optionsOf } from './blocks/objects.js';
import { type ElementState, findChannel, findUser, type Platform, type Workspace } from './platform.js';
import { kindOf, type Located } from './state.js';

export interface FileEntry {
  name: string;
  size: number;
  mimetype?: string;
}

/** What a test hands to an element: text, an option's value or label, a name or id, lists of these, or null. */
export type Entry = string | number | boolean | null | JsonObject | FileEntry | readonly (string | FileEntry)[];

/** Turns what a person enters into the state of the element; throws for what the client would not let happen. */
export function enterValue(
  platform: Platform,
  workspace: Workspace,
  { element, blockId, actionId }: Located,
  entry: Entry,
  offered: JsonObject[] | undefined,
  userId: string,
): ElementState {
  const type = stringAt(element, 'type') ?? '';
  const kind = kindOf(element);
  const place = `${blockId}/${actionId}`;
  if (kind === undefined) throw new Error(`${place}: nothing can be entered into a ${type}`);
  const zone = element.timezone === undefined ? {} : { timezone: element.timezone };
  const state = (value: unknown): ElementState => ({ type, [kind.key]: value, ...zone });
  if (entry === null) return state(kind.many ? [] : null);
  const list = kind.many ? (Array.isArray(entry) ? entry : [entry]) : [];
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'datepicker':
    case 'timepicker':
      return state(entry === '' ? null : String(entry));
    case 'datetimepicker':
      if (!Number.isInteger(entry)) throw new Error(`${place}: a datetimepicker holds whole seconds`);
      return state(entry);
    case 'rich_text_input':
      return state(isObject(entry) ? entry : richText(String(entry)));
    case 'static_select':
    case 'radio_buttons':
      return state(pickOption(optionsOf(element), entry, place));
    case 'external_select':
      return state(pickOption(demandOffered(offered, place), entry, place));
    case 'checkboxes':
    case 'multi_static_select':
      return state(list.map((item) => pickOption(optionsOf(element), item, place)));
    case 'multi_external_select':
      return state(list.map((item) => pickOption(demandOffered(offered, place), item, place)));
    case 'users_select':
      return state(userIdOf(workspace, entry, place));
    case 'multi_users_select':
      return state(list.map((item) => userIdOf(workspace, item, place)));
    case 'channels_select':
      return state(channelIdOf(workspace, entry, place, ['public']));
    case 'multi_channels_select':
      return state(list.map((item) => channelIdOf(workspace, item, place, ['public'])));
    case 'conversations_select':
      return state(channelIdOf(workspace, entry, place, allowedKinds(element)));
    case 'multi_conversations_select':
      return state(list.map((item) => channelIdOf(workspace, item, place, allowedKinds(element))));
    case 'file_input':
      return state(list.map((item) => fileObject(platform, workspace, item, userId, place)));
    default:
      throw new Error(`${place}: the double does not know how to fill a ${type}`);
  }
}

function demandOffered(offered: JsonObject[] | undefined, place: string): JsonObject[] {
  if (offered === undefined) throw new Error(`${place}: type something first, nothing was offered yet`);
  return offered;
}

/** Finds an option by value or by the label a person reads. */
export function pickOption(options: JsonObject[], wanted: unknown, place: string): JsonObject {
  const found = options.find((option) => option.value === wanted || objectAt(option, 'text')?.text === wanted);
  if (found !== undefined) return found;
  const labels = options.map((option) => objectAt(option, 'text')?.text).join(', ');
  throw new Error(`${place}: no option ${String(wanted)} among: ${labels}`);
}

function userIdOf(workspace: Workspace, wanted: unknown, place: string): string {
  const user = typeof wanted === 'string' ? findUser(workspace, wanted) : undefined;
  if (user === undefined) throw new Error(`${place}: no user ${String(wanted)}`);
  return user.id;
}

function channelIdOf(workspace: Workspace, wanted: unknown, place: string, kinds: string[]): string {
  const channel = typeof wanted === 'string' ? findChannel(workspace, wanted) : undefined;
  if (channel === undefined || channel.archived) throw new Error(`${place}: no conversation ${String(wanted)}`);
  if (!kinds.includes(channel.kind)) throw new Error(`${place}: ${channel.name} is ${channel.kind}, offered: ${kinds}`);
  return channel.id;
}

function allowedKinds(element: JsonObject): string[] {
  const include = objectAt(element, 'filter')?.include;
  return Array.isArray(include) ? include.map(String) : ['public', 'private', 'im'];
}

function richText(text: string): JsonObject {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}

function fileObject(
  platform: Platform,
  workspace: Workspace,
  item: unknown,
  userId: string,
  place: string,
): JsonObject {
  if (!isObject(item) || typeof item.name !== 'string' || typeof item.size !== 'number') {
    throw new Error(`${place}: a file needs a name and a size`);
  }
  const id = platform.ids.next('F');
  const seconds = Math.floor(platform.clock.now() / 1000);
  const type = item.name.split('.').at(-1)?.toLowerCase() ?? '';
  const base = `https://files.slack.com/files-pri/${workspace.teamId}-${id}`;
  return {
    id,
    created: seconds,
    timestamp: seconds,
    name: item.name,
    title: item.name,
    mimetype: typeof item.mimetype === 'string' ? item.mimetype : 'application/octet-stream',
    filetype: type,
    pretty_type: type.toUpperCase(),
    user: userId,
    user_team: workspace.teamId,
    editable: false,
    size: item.size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${base}/${item.name}`,
    url_private_download: `${base}/download/${item.name}`,
    permalink: `https://${workspace.domain}.slack.com/files/${userId}/${id}/${item.name}`,
    channels: [],
    groups: [],
    ims: [],
    file_access: 'visible',
  };
}
