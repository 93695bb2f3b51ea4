import { describeSilent, type Scene } from './client/activities.js';
import { type DeliveryOptions, deliver } from './client/delivery.js';
import { meetingEvent, membershipEvent, type TeamEvent, teamEvent } from './client/installation.js';
import { createUser, type TeamsUser } from './client/user.js';
import { describeEnvironment } from './environment.js';
import type { Conversation, Delivery, Person, Platform, Tenant } from './platform.js';

export interface TeamsTenant {
  readonly id: string;
  readonly serviceUrl: string;
  /** The driver of somebody, by name or by the first of their names. */
  user(name: string): TeamsUser;
  /** The state of a group chat or channel by name; tests may set `installed`, `blocked` and `gone`. */
  conversation(name: string): Conversation;
  /** The state of somebody's chat with the bot. */
  chatOf(name: string): Conversation;
  /** A team changes: the state follows the event and the bot is told. */
  changes(channel: string, event: TeamEvent, options?: DeliveryOptions & { name?: string }): Promise<Delivery>;
  /** Somebody joins or leaves a group chat or the team of a channel, and the bot is told. */
  joins(name: string, place: string, options?: DeliveryOptions): Promise<Delivery>;
  leaves(name: string, place: string, options?: DeliveryOptions): Promise<Delivery>;
  /** A meeting begins or ends in a group chat, and the bot is told. */
  meets(place: string, what: 'Start' | 'End', title: string, options?: DeliveryOptions): Promise<Delivery>;
  /** The environment variables that point a built program here. */
  environment(): Record<string, string>;
}

/** Makes the driver of one tenant. */
export function createTenant(platform: Platform, tenant: Tenant): TeamsTenant {
  function personCalled(name: string): Person {
    const found = tenant.people.find((one) => one.name === name || one.name.split(' ')[0] === name);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  }

  function placeCalled(name: string): Conversation {
    const found = tenant.conversations.find((one) => one.kind !== 'personal' && one.name === name);
    if (found === undefined) throw new Error(`no place is called ${name}`);
    return found;
  }

  const [owner] = tenant.people;
  if (owner === undefined) throw new Error('a tenant needs people');
  const sceneIn = (conversation: Conversation): Scene => ({ platform, tenant, person: owner, conversation });

  function move(name: string, place: string, change: 'Added' | 'Removed', options: DeliveryOptions): Promise<Delivery> {
    const person = personCalled(name);
    const conversation = placeCalled(place);
    for (const one of conversation.team?.channels ?? [conversation]) {
      if (change === 'Added') one.members.add(person.id);
      else one.members.delete(person.id);
    }
    const activity = membershipEvent(sceneIn(conversation), change, [describeSilent(person)]);
    return deliver(platform, tenant.id, activity, options);
  }

  return {
    id: tenant.id,
    serviceUrl: tenant.serviceUrl,
    user: (name) => createUser(platform, tenant, personCalled(name)),
    conversation: placeCalled,
    chatOf(name) {
      const person = personCalled(name);
      const found = tenant.conversations.find((one) => one.kind === 'personal' && one.members.has(person.id));
      if (found === undefined) throw new Error(`${name} has no chat with the bot`);
      return found;
    },
    changes(channel, event, { name, ...options } = {}) {
      const conversation = placeCalled(channel);
      applyChange(conversation, event, name);
      return deliver(platform, tenant.id, teamEvent(sceneIn(conversation), event), options);
    },
    joins: (name, place, options = {}) => move(name, place, 'Added', options),
    leaves: (name, place, options = {}) => move(name, place, 'Removed', options),
    meets: (place, what, title, options = {}) =>
      deliver(platform, tenant.id, meetingEvent(sceneIn(placeCalled(place)), what, title), options),
    environment: () => describeEnvironment(platform, tenant),
  };
}

function applyChange(conversation: Conversation, event: TeamEvent, name: string | undefined): void {
  const all = conversation.team?.channels ?? [];
  switch (event) {
    case 'channelCreated':
      return;
    case 'channelRenamed':
      conversation.name = name ?? conversation.name;
      return;
    case 'teamRenamed':
      if (conversation.team !== undefined) conversation.team.name = name ?? conversation.team.name;
      return;
    case 'channelDeleted':
    case 'channelRestored':
      conversation.gone = event === 'channelDeleted';
      return;
    case 'teamDeleted':
      for (const one of all) one.gone = true;
      return;
    case 'teamArchived':
    case 'teamUnarchived':
      for (const one of all) one.blocked = event === 'teamArchived' ? 'writes' : 'no';
      return;
    default: {
      const never: never = event;
      throw new Error(`unknown event ${String(never)}`);
    }
  }
}
