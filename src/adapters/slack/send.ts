import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import type { Allowances, MessageRef, Place, Platform, Whom } from '../../core/ports.js';
import type { PrivateView, View } from '../../core/view.js';
import type { Api } from './api.js';
import { memoize } from './memoize.js';
import { type Message, render } from './render.js';

const postedAnswer = z.object({ channel: z.string(), ts: z.string() });
const openedAnswer = z.object({ channel: z.object({ id: z.string() }) });

// Slack would add previews of links and turn @names into mentions.
const quiet = { unfurl_links: false, unfurl_media: false, link_names: false };

/**
 * A message as it travels in a form, written once for all channels that get the same view. The client copies blocks that
 * are still objects, field by field, for a debug line that nobody reads.
 */
const written = memoize((view: PrivateView) => {
  const { text, blocks } = render(view);
  return { text, blocks: JSON.stringify(blocks) };
});

/**
 * Slack takes about one message a second in a channel, several hundred a minute in a workspace (600 are supposed), and 50
 * edits a minute (tier 3). Answers to people have a response_url and are hardly ever posts, so that four posts at once and
 * fifteen a minute are left to them, and half of the edits. What Slack takes beyond a second's worth at once is not told.
 */
const allowances: Allowances = {
  post: { channel: { perMinute: 30, burst: 1 }, tenant: { perMinute: 585, burst: 6 } },
  update: { channel: { perMinute: 20, burst: 4 }, tenant: { perMinute: 24, burst: 6 } },
};

/** Posts, edits and whispers in Slack. */
export function createSend(api: Api): Pick<Platform, 'post' | 'update' | 'whisper' | 'tell' | 'allowances'> {
  async function post(place: Place, view: View, thread?: MessageRef): Promise<MessageRef> {
    try {
      return await postMessage(place.tenant, place.channel, view, thread?.message);
    } catch (error) {
      if (!place.direct || !cannotPost(error)) throw error;
      throw new BotError(
        'cannot_post',
        'Webcast cannot post between two people.',
        'Use a channel, or write to Webcast itself.',
        error,
      );
    }
  }

  async function postMessage(tenant: string, channel: string, view: PrivateView, thread?: string): Promise<MessageRef> {
    const asked = { method: 'chat.postMessage', repeatable: false, tenant, key: channel };
    const under = thread === undefined ? {} : { thread_ts: thread };
    const answer = await api.send(asked, (client) =>
      client.apiCall('chat.postMessage', { channel, ...written(view), ...quiet, ...under }),
    );
    const posted = postedAnswer.parse(answer);
    return { tenant, channel: posted.channel, message: posted.ts };
  }

  async function update(ref: MessageRef, view: View): Promise<void> {
    const { tenant, channel, message: ts } = ref;
    const asked = { method: 'chat.update', repeatable: true, tenant, key: channel };
    await api.send(asked, (client) =>
      client.apiCall('chat.update', { channel, ts, ...written(view), link_names: false }),
    );
  }

  /** In a direct chat a plain message; elsewhere what only the person sees, by the first way that is open. */
  async function whisper(whom: Whom, view: PrivateView): Promise<void> {
    const { place, person, wayBack } = whom;
    if (place.direct && (await attempt(() => postMessage(place.tenant, place.channel, view)))) return;
    if (wayBack !== undefined && (await api.respond(wayBack, ephemeral(render(view))))) return;
    if (!place.direct && (await attempt(() => postEphemeral(place, person.id, view)))) return;
    await postMessage(place.tenant, await openDirect(place.tenant, person.id), view);
  }

  async function postEphemeral({ tenant, channel }: Place, user: string, view: PrivateView): Promise<void> {
    const asked = { method: 'chat.postEphemeral', repeatable: true, tenant, key: channel };
    await api.send(asked, (client) =>
      client.apiCall('chat.postEphemeral', { channel, user, ...written(view), link_names: false }),
    );
  }

  async function openDirect(tenant: string, person: string): Promise<string> {
    const asked = { method: 'conversations.open', repeatable: true, tenant, key: person };
    return openedAnswer.parse(await api.send(asked, (client) => client.conversations.open({ users: person }))).channel
      .id;
  }

  async function tell(tenant: string, person: string, view: PrivateView): Promise<void> {
    await postMessage(tenant, await openDirect(tenant, person), view);
  }

  return { post, update, whisper, tell, allowances };
}

/** A message that only the person who asked sees, as a response_url and the answer to a slash command take it. */
function ephemeral(message: Message): object {
  return { response_type: 'ephemeral', replace_original: false, ...message };
}

/** Whether it could be posted there; a place that cannot be posted to is no error here, since there are other ways. */
async function attempt(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (cannotPost(error)) return false;
    throw error;
  }
}

const cannotPost = (error: unknown): boolean => error instanceof BotError && error.code === 'cannot_post';
