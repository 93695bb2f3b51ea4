import { type JsonObject, objectAt } from '../../json.js';
import { botIdOf, type Conversation, type Delivery } from '../platform.js';
import { clientInfo, describeConversation, describeSilent, envelope, personal, type Scene } from './activities.js';
import { type DeliveryOptions, deliver } from './delivery.js';

export interface InstallOptions extends DeliveryOptions {
  /** Which event comes first; installationUpdate unless told. */
  first?: 'installationUpdate' | 'conversationUpdate';
  /** Only one of the two comes. */
  only?: 'installationUpdate' | 'conversationUpdate';
  /** The app was there and is brought up to date, or replaced by a newer one. */
  upgrade?: boolean;
}

/** The conversations that share an installation: all channels of a team, else the one. */
function sharing({ conversation }: Scene): Conversation[] {
  return conversation.team?.channels ?? [conversation];
}

function describePlace(scene: Scene): JsonObject {
  const { tenant, conversation } = scene;
  const { team } = conversation;
  const described = team === undefined ? {} : { team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId } };
  return { tenant: { id: tenant.id }, ...described };
}

function background(scene: Scene, type: string): JsonObject {
  const { platform, person, conversation } = scene;
  const described = describeConversation(scene);
  return {
    ...envelope(scene, type, platform.ids.guid(type)),
    from: describeSilent(person),
    conversation: conversation.team === undefined ? described : { ...described, name: conversation.name },
  };
}

function installationUpdate(scene: Scene, action: string): JsonObject {
  const { person, conversation } = scene;
  const channel = conversation.team === undefined ? {} : { channel: { id: conversation.id } };
  return {
    ...background(scene, 'installationUpdate'),
    locale: person.locale,
    entities: [clientInfo(person)],
    channelData: {
      ...describePlace(scene),
      ...channel,
      source: { name: 'message' },
      settings: { selectedChannel: { id: conversation.id } },
    },
    action,
  };
}

function conversationUpdate(scene: Scene, change: 'Added' | 'Removed'): JsonObject {
  const { platform, person, conversation } = scene;
  const bot = { id: botIdOf(platform) };
  const inTeam = conversation.team !== undefined;
  const people = conversation.kind === 'personal' && change === 'Added' ? [describeSilent(person), bot] : [bot];
  const event = inTeam
    ? { eventType: `teamMember${change}`, settings: { selectedChannel: { id: conversation.id } } }
    : {};
  return {
    ...background(scene, 'conversationUpdate'),
    [`members${change}`]: people,
    channelData: { ...describePlace(scene), ...event },
  };
}

async function deliverBoth(
  scene: Scene,
  installation: JsonObject,
  membership: JsonObject,
  { first, only, ...options }: InstallOptions,
): Promise<Delivery[]> {
  const both = first === 'conversationUpdate' ? [membership, installation] : [installation, membership];
  const sent = both.filter(({ type }) => only === undefined || type === only);
  const deliveries: Delivery[] = [];
  for (const activity of sent) deliveries.push(await deliver(scene.platform, scene.tenant.id, activity, options));
  return deliveries;
}

/** Installs the app where the person is and tells the bot by both kinds of event. */
export function installs(scene: Scene, options: InstallOptions): Promise<Delivery[]> {
  for (const conversation of sharing(scene)) conversation.installed = true;
  const action = options.upgrade === true ? 'add-upgrade' : 'add';
  return deliverBoth(scene, installationUpdate(scene, action), conversationUpdate(scene, 'Added'), options);
}

/** Takes the app away and tells the bot by both kinds of event. */
export function uninstalls(scene: Scene, options: InstallOptions): Promise<Delivery[]> {
  for (const conversation of sharing(scene)) conversation.installed = false;
  const action = options.upgrade === true ? 'remove-upgrade' : 'remove';
  return deliverBoth(scene, installationUpdate(scene, action), conversationUpdate(scene, 'Removed'), options);
}

export type TeamEvent =
  | 'channelCreated'
  | 'channelDeleted'
  | 'channelRenamed'
  | 'channelRestored'
  | 'teamArchived'
  | 'teamDeleted'
  | 'teamRenamed'
  | 'teamUnarchived';

/** The event a team sends when it or one of its channels changes. */
export function teamEvent(scene: Scene, eventType: TeamEvent): JsonObject {
  const { platform, person, conversation } = scene;
  const { team } = conversation;
  if (team === undefined) throw new Error(`${conversation.name} is in no team`);
  const inTeam = { ...scene, conversation: { ...conversation, id: team.id } };
  const activity = envelope(inTeam, 'conversationUpdate', platform.ids.guid(eventType));
  const channel = eventType.startsWith('channel') ? { channel: { id: conversation.id, name: conversation.name } } : {};
  return {
    ...activity,
    from: describeSilent(person),
    channelData: { tenant: objectAt(describePlace(scene), 'tenant'), team: { id: team.id }, ...channel, eventType },
  };
}

/** The event of people joining or leaving a team or a chat. */
export function membershipEvent(scene: Scene, change: 'Added' | 'Removed', people: JsonObject[]): JsonObject {
  return { ...conversationUpdate(scene, change), [`members${change}`]: people };
}

/** The event of a meeting that begins or ends in a group chat; only apps with the right to meetings get it. */
export function meetingEvent(scene: Scene, what: 'Start' | 'End', title: string): JsonObject {
  const { platform, tenant } = scene;
  const id = Buffer.from(`0##${scene.conversation.id}#0`).toString('base64');
  const { entities: _, ...activity } = personal(scene, 'event', `f:${platform.ids.guid('meeting')}`);
  return {
    ...activity,
    name: `application/vnd.microsoft.meeting${what}`,
    channelData: { tenant: { id: tenant.id }, source: null, meeting: { id } },
    value: {
      Id: id,
      MeetingType: 'Scheduled',
      Title: title,
      [`${what}Time`]: new Date(platform.clock.now()).toISOString(),
      JoinUrl: 'https://teams.microsoft.com/l/meetup-join/synthetic',
    },
  };
}
