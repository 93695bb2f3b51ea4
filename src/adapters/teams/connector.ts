import { z } from 'zod';
import type { Backoff } from '../../core/backoff.js';
import type { Clock } from '../../core/ports.js';
import type { Adapter } from './adapter.js';
import { ConnectorError, isPassing, translate } from './errors.js';
import type { Transport } from './transport.js';

/** A message as it goes onto the wire. */
export interface OutgoingActivity {
  readonly type: 'message';
  readonly [property: string]: unknown;
}

/** Adds who sends where: Teams' connector refuses messages that say otherwise than their address. */
export function complete(message: OutgoingActivity, from: Address & { readonly bot: string }): OutgoingActivity {
  return {
    ...message,
    channelId: 'msteams',
    serviceUrl: from.serviceUrl,
    from: { id: from.bot },
    conversation: { id: from.conversation },
  };
}

/** Where a message goes: the connector, and the conversation with its thread. */
export interface Address {
  readonly serviceUrl: string;
  readonly conversation: string;
}

/** Teams' verbs, each one request and one more at most; all raise BotError. */
export interface Connector {
  /** Sends a message and gives its id; targeted, only its recipient sees it. */
  send(to: Address, activity: OutgoingActivity, targeted?: boolean): Promise<string>;
  /** Edits a message; an edit never names a recipient. */
  edit(to: Address, id: string, activity: OutgoingActivity, targeted?: boolean): Promise<void>;
  /** Makes a conversation: a thread in a channel with its first message, or a chat with one person. */
  open(serviceUrl: string, wanted: object): Promise<{ readonly conversation: string; readonly message: string }>;
  member(to: Address, person: string): Promise<Member>;
}

const identified = z.object({ id: z.string().min(1) });
const opened = z.object({ id: z.string().min(1), activityId: z.string().nullish() });
const words = z.string().nullish();
const member = z.looseObject({
  id: z.string().nullish(),
  aadObjectId: words,
  name: words,
  email: words,
  userPrincipalName: words,
  userRole: words,
  tenantId: words,
});
/** A person as a conversation's roster shows them. */
export type Member = z.infer<typeof member>;

export interface ConnectorParts {
  readonly adapter: Adapter;
  readonly transport: Transport;
  readonly backoff: Backoff;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long a request may wait for a rate limit, in milliseconds; as long as a person would unless told. */
  readonly patience?: number;
}

/** Stands for what the overlay sends in its place. */
const laid = { isGroup: false, bot: { id: '', name: '' }, channelData: {} };

/** Longest wait (ms) before something that does no harm twice is tried once more. */
const pause = 500;

export function createConnector(parts: ConnectorParts): Connector {
  const { adapter, transport, backoff, clock, signal, patience } = parts;

  /** A request whose repetition does no harm is made once more when it failed in passing; a post never is. */
  async function call<T>(key: string, repeatable: boolean, attempt: () => Promise<T>): Promise<T> {
    try {
      return await backoff.run(key, attempt, patience);
    } catch (error) {
      const again = repeatable && error instanceof ConnectorError && isPassing(error);
      if (!again) throw translate(error, repeatable);
    }
    try {
      await clock.wait(pause, signal);
      return await backoff.run(key, attempt, patience);
    } catch (error) {
      throw translate(error, repeatable);
    }
  }

  return {
    send: ({ serviceUrl, conversation }, activity, targeted = false) =>
      call(`send ${conversation}`, false, async () => {
        const { conversations } = await adapter.client(serviceUrl);
        const answer = await transport.over({ body: activity, targeted }, () =>
          conversations.sendToConversation(conversation, { type: activity.type }),
        );
        return identified.parse(answer).id;
      }),

    edit: ({ serviceUrl, conversation }, id, activity, targeted = false) =>
      call(`edit ${conversation}`, true, async () => {
        const { conversations } = await adapter.client(serviceUrl);
        await transport.over({ body: activity, targeted }, () =>
          conversations.updateActivity(conversation, id, { type: activity.type }),
        );
      }),

    open: (serviceUrl, wanted) =>
      call(`open ${serviceUrl}`, false, async () => {
        const { conversations } = await adapter.client(serviceUrl);
        const answer = await transport.over({ body: wanted }, () => conversations.createConversation(laid));
        const { id, activityId } = opened.parse(answer);
        return { conversation: id, message: activityId ?? '' };
      }),

    member: ({ serviceUrl, conversation }, person) =>
      call(`member ${conversation}`, true, async () => {
        const { conversations } = await adapter.client(serviceUrl);
        return member.parse(await conversations.getConversationMember(conversation, person));
      }),
  };
}
