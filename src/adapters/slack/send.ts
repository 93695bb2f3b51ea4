import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import type { Allowances, Clock, MessageRef, Place, Platform, Whom } from '../../core/ports.js';
import { type FileNode, filesOf, type PrivateView, say, type View } from '../../core/view.js';
import type { Api } from './api.js';
import { isPictureRefused } from './errors.js';
import type { UploadFile } from './files.js';
import { memoize } from './memoize.js';
import type { Pictures } from './pictures.js';
import { type Message, render } from './render.js';

const postedAnswer = z.object({ channel: z.string(), ts: z.string() });
const openedAnswer = z.object({ channel: z.object({ id: z.string() }) });

// Slack would add previews of links and turn @names into mentions.
const quiet = { unfurl_links: false, unfurl_media: false, link_names: false };

/**
 * A message as it travels in a form, written once for all channels that get the same view. The client copies blocks that
 * are still objects, field by field, for a debug line that nobody reads.
 */
interface Written {
  readonly text: string;
  readonly blocks: string;
}

const write = ({ text, blocks }: Message): Written => ({ text, blocks: JSON.stringify(blocks) });
const written = memoize((view: PrivateView) => write(render(view)));

/**
 * Slack takes about one message a second in a channel, several hundred a minute in a workspace (600 are supposed), and 50
 * edits a minute (tier 3). Answers to people have a response_url and are hardly ever posts, so that four posts at once and
 * fifteen a minute are left to them, and half of the edits. What Slack takes beyond a second's worth at once is not told.
 */
const allowances: Allowances = {
  post: { channel: { perMinute: 30, burst: 1 }, tenant: { perMinute: 585, burst: 7 } },
  update: { channel: { perMinute: 20, burst: 4 }, tenant: { perMinute: 24, burst: 6 } },
};

export interface SendParts {
  readonly api: Api;
  readonly uploadFile: UploadFile;
  readonly pictures: Pictures;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long a post or an edit may wait for a rate limit, in milliseconds; as long as a person would unless told. */
  readonly patience?: number;
}

/** How long (ms) to wait before each try of a message with a picture that Slack has just been given. */
const pauses = [0, 500, 1000, 2000];

/** Posts, edits and whispers in Slack. */
export function createSend({
  api,
  uploadFile,
  pictures,
  clock,
  signal,
  patience,
}: SendParts): Pick<Platform, 'post' | 'update' | 'whisper' | 'tell' | 'allowances'> {
  async function post(place: Place, view: View, thread?: MessageRef): Promise<MessageRef> {
    try {
      return await withPictures(place.tenant, view, (message) =>
        postMessage(place.tenant, place.channel, message, thread?.message),
      );
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

  /** Draws and sends; a picture that Slack does not show within a few seconds gives way to the line of bars. */
  async function withPictures<T>(
    tenant: string,
    view: PrivateView,
    send: (message: Written) => Promise<T>,
  ): Promise<T> {
    const found = await pictures.find(tenant, view);
    if (found.size === 0) return send(written(view));
    const message = write(render(view, found));
    for (const pause of pauses) {
      if (pause > 0) await clock.wait(pause, signal);
      try {
        return await send(message);
      } catch (error) {
        if (!isPictureRefused(error)) throw error;
      }
    }
    pictures.forget(tenant, found);
    return send(written(view));
  }

  async function postMessage(tenant: string, channel: string, message: Written, thread?: string): Promise<MessageRef> {
    const asked = { method: 'chat.postMessage', repeatable: false, tenant, key: channel, patience };
    const under = thread === undefined ? {} : { thread_ts: thread };
    const answer = await api.send(asked, (client) =>
      client.apiCall('chat.postMessage', { channel, ...message, ...quiet, ...under }),
    );
    const posted = postedAnswer.parse(answer);
    return { tenant, channel: posted.channel, message: posted.ts };
  }

  async function update(ref: MessageRef, view: View): Promise<void> {
    const { tenant, channel, message: ts } = ref;
    const asked = { method: 'chat.update', repeatable: true, tenant, key: channel, patience };
    await withPictures(tenant, view, (message) =>
      api.send(asked, (client) => client.apiCall('chat.update', { channel, ts, ...message, link_names: false })),
    );
  }

  async function whisper(whom: Whom, view: PrivateView): Promise<void> {
    await whisperView(whom, view);
    const { place, person } = whom;
    await handOver(place.tenant, person.id, filesOf(view), (sorry) => whisperView(whom, sorry));
  }

  /** In a direct chat a plain message; elsewhere what only the person sees, by the first way that is open. */
  async function whisperView(whom: Whom, view: PrivateView): Promise<void> {
    const { place, person, wayBack } = whom;
    const { tenant, channel } = place;
    const directly = (to: string) => withPictures(tenant, view, (message) => postMessage(tenant, to, message));
    const here = () => withPictures(tenant, view, (message) => postEphemeral(place, person.id, message));
    if (place.direct && (await attempt(() => directly(channel)))) return;
    // Nothing at a response_url says whose pictures may be shown there.
    const pictured = !place.direct && view.nodes.some(({ kind }) => kind === 'chart');
    if (pictured && (await attempt(here))) return;
    if (wayBack !== undefined && (await api.respond(wayBack, ephemeral(render(view))))) return;
    if (!place.direct && !pictured && (await attempt(here))) return;
    await directly(await openDirect(tenant, person.id));
  }

  async function postEphemeral({ tenant, channel }: Place, user: string, message: Written): Promise<void> {
    const asked = { method: 'chat.postEphemeral', repeatable: true, tenant, key: channel };
    await api.send(asked, (client) =>
      client.apiCall('chat.postEphemeral', { channel, user, ...message, link_names: false }),
    );
  }

  async function openDirect(tenant: string, person: string): Promise<string> {
    const asked = { method: 'conversations.open', repeatable: true, tenant, key: person };
    return openedAnswer.parse(await api.send(asked, (client) => client.conversations.open({ users: person }))).channel
      .id;
  }

  async function tell(tenant: string, person: string, view: PrivateView): Promise<MessageRef> {
    const direct = await openDirect(tenant, person);
    const posted = await withPictures(tenant, view, (message) => postMessage(tenant, direct, message));
    await handOver(tenant, person, filesOf(view), async (sorry) => {
      await postMessage(tenant, direct, written(sorry));
    });
    return posted;
  }

  /** Brings files into the direct chat with a person; the message they belong to has gone before, so what fails is said. */
  async function handOver(
    tenant: string,
    person: string,
    files: readonly FileNode[],
    apologize: (sorry: View) => Promise<void>,
  ): Promise<void> {
    for (const { name, text } of files) {
      try {
        // Slack takes no file without a byte.
        const bytes = new TextEncoder().encode(text === '' ? '\n' : text);
        await uploadFile(tenant, { name, bytes }, await openDirect(tenant, person));
      } catch (error) {
        if (!(error instanceof BotError) || error.code === 'bug') throw error;
        await apologize(say(`${name} could not be sent.`, `${error.message} ${error.hint}`));
      }
    }
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
