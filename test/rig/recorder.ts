import { BotError } from '../../src/core/errors.js';
import type { MessageRef, Platform, Profile } from '../../src/core/ports.js';
import { type PrivateNode, type PrivateView, plain } from '../../src/core/view.js';
import type { Zone } from '../../src/core/webcast.js';

/** One thing that a platform was asked to show. */
export interface Shown {
  readonly how: 'post' | 'thread' | 'update' | 'whisper' | 'tell';
  /** Where it was shown; whispers go to whoever asked. */
  readonly channel?: string;
  /** Who was told. */
  readonly person?: string;
  readonly message: string | undefined;
  readonly view: PrivateView;
}

export interface Recorder extends Platform {
  /** What it lets the bot call beside one person; tests may change it. */
  calls: NonNullable<Platform['calls']>;
  readonly shown: Shown[];
  /** Makes posts fail as in a channel without the bot. */
  closeChannel(): void;
  /** Deletes a message, as a person does: it can no longer be edited. */
  remove(message: string): void;
  /** Says what is known of somebody; of all others it is what was said at the beginning. */
  meet(person: string, profile: Partial<Profile>): void;
  /** Lets somebody be told nothing in private. */
  shutOut(person: string): void;
  /** Makes the next posts fail, one with each of these. */
  failNext(...errors: readonly unknown[]): void;
}

/** A platform that shows nothing and writes down everything; it refuses edits of messages that it never posted. */
export function createRecorder(name = 'terminal', profile: Partial<Profile> = {}): Recorder {
  const shown: Shown[] = [];
  let posted = 0;
  let closed = false;
  const deleted = new Set<string>();
  const faults: unknown[] = [];
  const met = new Map<string, Partial<Profile>>();
  const shut = new Set<string>();
  return {
    name,
    calls: ['group', 'everyone'],
    shown,
    closeChannel() {
      closed = true;
    },
    remove(message) {
      deleted.add(message);
    },
    meet(person, one) {
      met.set(person, one);
    },
    shutOut(person) {
      shut.add(person);
    },
    failNext(...errors) {
      faults.push(...errors);
    },
    async start() {},
    async stop() {},
    async post(place, view, thread): Promise<MessageRef> {
      if (faults.length > 0) throw faults.shift();
      if (closed) throw new BotError('cannot_post', 'I cannot post in this channel.', 'Type /invite @Webcast.');
      posted += 1;
      const message = String(posted);
      shown.push({ how: thread ? 'thread' : 'post', channel: place.channel, message, view });
      return { tenant: place.tenant, channel: place.channel, message };
    },
    async tell(tenant, person, view) {
      if (shut.has(person)) throw new BotError('cannot_post', 'They take no messages of mine.', '');
      posted += 1;
      const message = String(posted);
      shown.push({ how: 'tell', person, message, view });
      return { tenant, channel: person, message };
    },
    async update({ message, channel }, view) {
      if (deleted.has(message) || !shown.some((one) => one.how !== 'update' && one.message === message)) {
        throw new BotError('not_found', 'That message was never posted.', '');
      }
      shown.push({ how: 'update', channel, message, view });
    },
    async whisper(_whom, view) {
      shown.push({ how: 'whisper', message: undefined, view });
    },
    async profile(_tenant, person) {
      const one = met.get(person) ?? profile;
      return { name: 'Ann', email: 'Ann@Example.test', zone: 'Europe/Berlin' as Zone, ...one };
    },
    async groupsOf() {
      return [];
    },
  };
}

/** All words of a view as a reader gets them, one node a line; secrets show as such. */
export const wordsOf = (view: PrivateView): string => view.nodes.map(wordsOfNode).join('\n');

function wordsOfNode(node: PrivateNode): string {
  switch (node.kind) {
    case 'title':
      return node.text;
    case 'text':
      return plain(node.text);
    case 'facts':
      return node.facts.map(({ label, value }) => `${label}: ${plain(value)}`).join('\n');
    case 'lamps':
      return node.lamps.map(({ label, state, text }) => `${label} (${state}): ${text}`).join('\n');
    case 'time':
      return `${node.label}: ${new Date(node.at).toISOString()}`;
    case 'list':
      return node.items.map((item) => `- ${plain(item)}`).join('\n');
    case 'table':
      return [node.columns, ...node.rows].map((row) => row.join(' | ')).join('\n');
    case 'code':
      return `${node.label ?? ''}\n${node.code}`;
    case 'image':
      return node.alt;
    case 'chart':
      return node.title;
    case 'links':
      return node.links.map(({ label, url }) => `${label}: ${url}`).join('\n');
    case 'buttons':
      return node.buttons
        .map((button) => `[${button.label}] ${'line' in button ? button.line : button.url}`)
        .join('\n');
    case 'pick':
      return `${node.label}: ${node.choices.map((choice) => choice.value).join(', ')} (${node.line})`;
    case 'progress':
      return node.steps.map((step) => `${step.state}: ${step.text}`).join('\n');
    case 'divider':
      return '';
    case 'secret':
      return `${node.label}: ${node.value}`;
    case 'door':
      return `${node.label}: ${node.address}`;
    case 'file':
      return `${node.name} (${node.type})\n${node.text}`;
    default: {
      const never: never = node;
      return never;
    }
  }
}
